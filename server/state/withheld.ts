/** Secrets are not handed out with the rows that they belong to, and are put back where rows come in without them. */
import { SECRET } from '../../schemas/fields.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import type { Store } from './store.ts'
import type { Row } from './table.ts'

/** By collection, the columns that nobody is shown: those that schemas mark as secret. */
const SECRETS = new Map(
  [...CATALOGUE, ...TABLES].map(({ name, row }) => [
    name,
    Object.entries(row.properties as Record<string, Record<string, unknown>>).flatMap(([column, schema]) =>
      schema[SECRET] === true ? [column] : [],
    ),
  ]),
)

/** The secret columns of a collection. */
export function secretsOf(collection: string): readonly string[] {
  return SECRETS.get(collection) ?? []
}

/** A row without its secrets; the same row where it has none. */
export function withoutSecrets(row: Row, secrets: readonly string[]): Row {
  if (!secrets.some((name) => name in row)) return row
  return Object.fromEntries(Object.entries(row).filter(([name]) => !secrets.includes(name))) as Row
}

/** How rows are told to be the same: the id, and whose they are. */
type Known = Row & Readonly<Record<string, unknown>>

/**
 * Collections in which rows have the secrets again that the server still knows of them. A row of which nothing is known
 * stays as it is: a token that no value opens, until it is rolled.
 * @param tables as they were read, checked or not; they are not changed
 * @param stores where to look, the first one first
 */
export function withSecrets(
  tables: Readonly<Record<string, unknown>>,
  stores: readonly Store[],
): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...tables }
  for (const key of [...CATALOGUE, ...TABLES]) {
    const rows = tables[key.name]
    const secrets = secretsOf(key.name)
    if (secrets.length === 0 || !Array.isArray(rows)) continue
    filled[key.name] = rows.map((row: Known | null) => {
      const missing = isRow(row) ? secrets.filter((name) => row[name] === undefined) : []
      if (!isRow(row) || missing.length === 0) return row
      const known = stores.map((store) => store.table(key).get(row.id) as Known | undefined)
      const same = known.find((other) => other && (!key.owner || other[key.owner] === row[key.owner]))
      const found = missing.flatMap((name) => (same?.[name] === undefined ? [] : [[name, same[name]]]))
      return found.length === 0 ? row : { ...row, ...Object.fromEntries(found) }
    })
  }
  return filled
}

function isRow(row: unknown): row is Known {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string'
}
