/** How deeply JSON may be nested that is walked through: what comes from clients can be deeper than the stack. */

/** Levels of arrays and objects. */
export const DEEPEST = 100

/**
 * Whether a value is nested more deeply than {@link DEEPEST}.
 * @example isTooDeep({ a: [1] }) // false
 */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer)
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === DEEPEST) return true
    level = level.flatMap((container) => Object.values(container)).filter(isContainer)
  }
  return false
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null
