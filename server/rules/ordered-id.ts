/** The ids of organizations, which tell when they were made. */
import type { World } from '../state/world.ts'

/**
 * An id as organizations have: 32 hexadecimal characters, a UUID of version 7 without its hyphens (ERRORS.md §7.8).
 * @example orderedId(world) // '019c4f65e7607d8c9f6f6b58aa3aff50'
 */
export function orderedId({ ids, clock }: Pick<World, 'ids' | 'clock'>): string {
  return ids.uuid(clock.now(), '')
}
