/** Which organizations somebody gets to see, where credentials must exist. */
import { organizationMembers } from '../../schemas/organization-members.ts'
import { type OrganizationRow, organizations } from '../../schemas/organizations.ts'
import type { UserRow } from '../../schemas/users.ts'
import { derived } from '../state/derived.ts'
import type { Filter } from '../state/parts.ts'
import { hierarchy } from './hierarchy.ts'
import { organizationsOf } from './organization-members.ts'

/** A filter that organizations pass that a user is a member of, and those below them. */
export const organizationsSeenBy = derived(
  [organizations, organizationMembers],
  (user: UserRow, world): Filter<OrganizationRow> => {
    const { store } = world
    const own = new Set(organizationsOf(user.id, world))
    const all = store.table(organizations).all()
    const seen = new Set(all.flatMap(({ id }) => (hierarchy(id, world).some((above) => own.has(above.id)) ? [id] : [])))
    // What is remembered by this name is of these rows, and no others.
    const versions = [store.version(organizations), store.version(organizationMembers)]
    return { name: JSON.stringify(['seen', user.id, ...versions]), holds: ({ id }) => seen.has(id) }
  },
)

/** What those see who are nobody. */
export const NO_ORGANIZATION: Filter<OrganizationRow> = { name: 'none', holds: () => false, ids: [] }
