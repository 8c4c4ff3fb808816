/** Filters that look for texts, or for parts of them. */

/**
 * A test that holds for the rows with this text in their name, in any case.
 * @returns undefined when nothing is looked for
 */
export function nameHas(part: string | undefined): ((row: { name: string }) => boolean) | undefined {
  if (part === undefined) return undefined
  const wanted = part.toLowerCase()
  return ({ name }) => name.toLowerCase().includes(wanted)
}

/** How filters of the organizations API look at a text, by the ending of their parameter. */
const MATCHES: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
  '': (text, wanted) => text === wanted,
  '.startsWith': (text, wanted) => text.startsWith(wanted),
  '.endsWith': (text, wanted) => text.endsWith(wanted),
  '.contains': (text, wanted) => text.includes(wanted),
}

/** A text of a row that can be filtered by. */
export interface FilteredText<Row> {
  read(row: Row): string
  /** Whether the filter for the whole text looks at case. None of the others ever does. */
  isExact?: true
}

/**
 * A test that holds for the rows that a query of the organizations API asks for.
 * @param fields the texts, by the name of the parameter for the whole text
 * @returns undefined when the query asks for none of them
 * @example textFilters({ 'name.contains': 'demo' }, { name: { read: (row) => row.name } })
 */
export function textFilters<Row>(
  query: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, FilteredText<Row>>>,
): ((row: Row) => boolean) | undefined {
  const tests = Object.entries(fields).flatMap(([name, { read, isExact }]) =>
    Object.entries(MATCHES).flatMap(([ending, matches]) => {
      const wanted = query[name + ending]
      if (typeof wanted !== 'string') return []
      if (isExact && ending === '') return [(row: Row) => read(row) === wanted]
      const lower = wanted.toLowerCase()
      return [(row: Row) => matches(read(row).toLowerCase(), lower)]
    }),
  )
  return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row))
}
