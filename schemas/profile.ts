/** Who is behind an account or an organization. CONTRACT.md §8.4. */
import { type Static, Type } from 'typebox'
import { omittable } from './fields.ts'

/** The business profile of an account or organization. The live service takes a part of it (CONTRACT.md §9.2). */
export const Profile = Type.Object(
  {
    business_name: omittable(Type.String()),
    business_email: omittable(Type.String()),
    business_phone: omittable(Type.String()),
    business_address: omittable(Type.String()),
    external_metadata: omittable(Type.String({ description: 'An opaque string of the owner’s own.' })),
  },
  { title: 'Profile' },
)
export type Profile = Static<typeof Profile>
