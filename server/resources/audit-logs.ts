/** Audit logs of accounts. */
import { type AuditLogRow, auditLogs, FILTERS, operations, productCategories } from '../../schemas/audit-logs.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { column } from '../state/order.ts'
import type { World } from '../state/world.ts'

type Test = (entry: AuditLogRow) => boolean

export default resource('Audit Logs', operations, (world) => ({
  list({ params, query }) {
    const since = readTime('since', query.since)
    const before = readTime('before', query.before)
    const tests = [...filterTests(query, world), during(since, before)]
    return (
      world.store
        .table(auditLogs, params.account_id)
        .orderBy('action.time', query.direction)
        // Rounded to seconds the range comes from the index; `during` is exact.
        .between(toSecond(since), `${toSecond(before)}~`)
        .filter((entry) => tests.every((test) => test(entry)))
        .map((entry) => entry)
    )
  },
}))

/** Times are compared as texts with four digits for the year: what an offset pushes beyond them is brought back. */
const FIRST = Date.parse('0000-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59Z')

/** A day in UTC, or an RFC 3339 time. A leap second passes for one, but names no moment. */
function readTime(name: string, text: string): number {
  const moment = Date.parse(text.toUpperCase().replace(' ', 'T'))
  if (!Number.isNaN(moment)) return Math.min(Math.max(moment, FIRST), LAST)
  const message = `${name} variable must be a date or an RFC 3339 time`
  throw fail('BAD_PARAMETERS', {}, { chain: [{ code: 11000, message }] })
}

function toSecond(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19)
}

function during(since: number, before: number): Test {
  return ({ action }) => {
    const moment = Date.parse(action.time)
    return moment >= since && moment < before
  }
}

/** One test for each filter that is there: its values are alternatives, and `.not` turns it round. */
function filterTests(query: Record<string, unknown>, world: World): Test[] {
  const products = expand(query.product_category as string[] | undefined, world)
  const asked = { ...query }
  if (products) asked.resource_product = [...((query.resource_product as string[] | undefined) ?? []), ...products]
  return Object.entries(FILTERS).flatMap(([name, { path }]) => {
    const read = column(path)
    const isId = path === 'id'
    return ['', '.not'].flatMap((ending): Test[] => {
      const values = asked[`${name}${ending}`] as (string | number)[] | undefined
      if (!values) return []
      const wanted = new Set(values.map((value) => (isId ? bare(String(value)) : value)))
      const isWanted = ending === ''
      return [(entry) => wanted.has(read(entry) as string) === isWanted]
    })
  })
}

/** Ids are stored without hyphens and may be asked for with them (CONTRACT.md, trap 12). */
function bare(id: string): string {
  return id.replaceAll('-', '').toLowerCase()
}

/** The products that categories stand for; undefined when no category was asked for. */
function expand(categories: readonly string[] | undefined, world: World): string[] | undefined {
  return categories?.flatMap((category) => {
    const found = world.store.table(productCategories).get(category.toLowerCase())
    if (found) return found.products.map(({ value }) => value)
    const message = `product_category variable must be a known category, "${category}" is not`
    throw fail('BAD_PARAMETERS', {}, { chain: [{ code: 11000, message }] })
  })
}
