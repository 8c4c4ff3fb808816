/** When a token was last used. */
import { tokens } from '../../schemas/tokens.ts'
import type { World } from '../state/world.ts'

/**
 * Notes that a token was used: its `last_used_on` becomes the time of the world, in whole seconds. Nothing is done for
 * a token that its own request deleted.
 */
export function noteUse(token_id: string, world: World): void {
  const table = world.store.table(tokens)
  const row = table.get(token_id)
  const last_used_on = world.clock.seconds()
  if (row && row.last_used_on !== last_used_on) table.put({ ...row, last_used_on })
}
