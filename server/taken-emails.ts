/** Which e-mail addresses somebody in a world has. */
import { members } from '../schemas/members.ts'
import { organizationMembers } from '../schemas/organization-members.ts'
import type { TableKey } from '../schemas/table.ts'
import { users } from '../schemas/users.ts'
import { column } from './state/order.ts'
import type { Store } from './state/store.ts'

/** So many rows are looked at in one go. */
const PIECE = 5000

/** Where addresses stand: whoever is invited need not have signed in yet. */
const COLUMNS: readonly [TableKey<{ id: string }>, string][] = [
  [users, 'email'],
  [members, 'user.email'],
  [organizationMembers, 'user.email'],
]

/**
 * Collects them, in lower case, a piece at a time: an index of a million people takes seconds to make, in which nobody
 * else gets their turn.
 */
export function* takenEmails(store: Store): Generator<void, ReadonlySet<string>> {
  const taken = new Set<string>()
  // What is written meanwhile would move what is still to come.
  const now = store.frozen()
  for (const [key, path] of COLUMNS) {
    const rows = now.table(key)
    const read = column(`${path}:lower`)
    for (let at = 0; at < rows.total(); at += PIECE) {
      for (const row of rows.slice(at, PIECE)) taken.add(String(read(row)))
      yield
    }
  }
  return taken
}
