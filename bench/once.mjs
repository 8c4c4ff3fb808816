/**
 * What several cases need, and is made when the first of them asks.
 * @template Made
 * @param {() => Promise<Made>} make
 * @returns {() => Promise<Made>}
 */
export function once(make) {
  /** @type {Promise<Made> | undefined} */
  let made
  return () => {
    made ??= make()
    return made
  }
}
