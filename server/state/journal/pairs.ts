/** Names and values in turn, as Node gives the headers of a request as they were received. */

/**
 * The object that pairs stand for; a name that is there twice has a list.
 * @example fieldsOf(['host', 'localhost', 'vary', 'a', 'vary', 'b']) // { host: 'localhost', vary: ['a', 'b'] }
 */
export function fieldsOf(pairs: readonly string[]): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>()
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const name = pairs[at] as string
    const value = pairs[at + 1] as string
    const before = fields.get(name)
    fields.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(fields)
}
