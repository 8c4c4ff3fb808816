/** When a token was last used. */
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import type { World } from '../state/world.ts'

/**
 * Notes that a token was used: its `last_used_on` becomes the time of the world, in whole seconds. Nothing is done for
 * a token that its own request deleted.
 * @param token as it was when the request came: what was used in this second already need not be looked up again
 */
export function noteUse({ id, last_used_on: before }: TokenRow, world: World): void {
  const last_used_on = world.clock.seconds()
  if (before === last_used_on) return
  const table = world.store.table(tokens)
  const row = table.get(id)
  if (row && row.last_used_on !== last_used_on) table.put({ ...row, last_used_on })
}
