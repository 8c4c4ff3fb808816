/** How deeply JSON may be nested that is walked through: what comes from clients can be deeper than the stack. */

/** Levels of arrays and objects. */
export const DEEPEST = 100

/**
 * Whether a value is nested more deeply than {@link DEEPEST}.
 * @param depth how many levels it lies below what is looked at
 * @example isTooDeep({ a: [1] }) // false
 */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === DEEPEST || Object.values(value).some((item) => isTooDeep(item, depth + 1))
}
