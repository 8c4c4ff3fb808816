/** How profiles change: piece by piece. CONTRACT.md §9.2. */
import type { Profile } from '../../schemas/profile.ts'

/** What is shown of somebody who has never said anything. */
export const EMPTY_PROFILE: Profile = {
  business_name: '',
  business_email: '',
  business_phone: '',
  business_address: '',
  external_metadata: '',
}

/** A profile with what was sent put in. Fields that are left out or empty stay as they are. */
export function changedProfile(before: Profile | undefined, sent: Partial<Profile>): Profile {
  const given = Object.entries(sent).filter(([, value]) => value !== '')
  return { ...EMPTY_PROFILE, ...before, ...Object.fromEntries(given) }
}
