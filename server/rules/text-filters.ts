/** Filters that look for texts, or for parts of them. */
import type { Filter } from '../state/parts.ts'

/**
 * A filter that the rows with this text in their name pass, in any case.
 * @returns undefined when nothing is looked for
 */
export function nameHas(part: string | undefined): Filter<{ name: string }> | undefined {
  if (part === undefined) return undefined
  const wanted = part.toLowerCase()
  return { name: `name has ${wanted}`, holds: ({ name }) => name.toLowerCase().includes(wanted) }
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
 * A filter that the rows pass that a query of the organizations API asks for.
 * @param fields the texts, by the name of the parameter for the whole text
 * @returns undefined when the query asks for none of them
 * @example textFilters({ 'name.contains': 'demo' }, { name: { read: (row) => row.name } })
 */
export function textFilters<Row>(
  query: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, FilteredText<Row>>>,
): Filter<Row> | undefined {
  const names: string[] = []
  const tests = Object.entries(fields).flatMap(([name, { read, isExact }]) =>
    Object.entries(MATCHES).flatMap(([ending, matches]) => {
      const wanted = query[name + ending]
      if (typeof wanted !== 'string') return []
      names.push(name + ending, wanted)
      if (isExact && ending === '') return [(row: Row) => read(row) === wanted]
      const lower = wanted.toLowerCase()
      return [(row: Row) => matches(read(row).toLowerCase(), lower)]
    }),
  )
  if (tests.length === 0) return undefined
  return { name: JSON.stringify(names), holds: (row) => tests.every((test) => test(row)) }
}
