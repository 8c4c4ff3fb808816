/** From when and until when tokens and invitations are good, by the clock of the world. */
import type { World } from '../state/world.ts'

/** Whether the time of something is over. What says no end lasts. */
export function hasExpired({ expires_on }: { expires_on?: string }, { clock }: Pick<World, 'clock'>): boolean {
  return expires_on !== undefined && Date.parse(expires_on) <= clock.now()
}

/** Whether the time of something has not come. What says no beginning is good from the start. */
export function isEarly({ not_before }: { not_before?: string }, { clock }: Pick<World, 'clock'>): boolean {
  return not_before !== undefined && Date.parse(not_before) > clock.now()
}
