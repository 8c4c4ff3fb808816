/** How policies keep their ids when they are replaced. */

/**
 * The id that a policy was sent with, when there was a policy of that id, and no other has claimed it yet.
 * @param left the ids that may still be kept; the one returned is taken out
 */
export function keptId(sent: unknown, left: Set<string>): string | undefined {
  return typeof sent === 'string' && left.delete(sent) ? sent : undefined
}
