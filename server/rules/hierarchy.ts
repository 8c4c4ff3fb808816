/** The chain of organizations above an account or an organization. */
import { type OrganizationRow, organizations } from '../../schemas/organizations.ts'
import type { World } from '../state/world.ts'

/** The organizations from the root down to this one; none for an id that names none. */
export function hierarchy(id: string | undefined, world: World): OrganizationRow[] {
  const table = world.store.table(organizations)
  const chain: OrganizationRow[] = []
  for (let row = id === undefined ? undefined : table.get(id); row; ) {
    chain.unshift(row)
    const { parent_id } = row
    // A snapshot may hold a circle; it ends where it closes.
    const above = parent_id === undefined ? undefined : table.get(parent_id)
    row = above && !chain.includes(above) ? above : undefined
  }
  return chain
}
