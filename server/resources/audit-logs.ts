/** Audit logs of accounts. */
import type { Static } from 'typebox'
import { type AuditLogRow, auditLogs, FILTERS, operations, productCategories } from '../../schemas/audit-logs.ts'
import { resource } from '../resource.ts'
import { askedEntries } from '../rules/audit-filters.ts'
import { historyOf } from '../rules/audit-history.ts'
import { inSeconds, refused } from '../rules/audit-range.ts'
import { remembered } from '../state/remembered.ts'
import type { World } from '../state/world.ts'

/** The filters are made of a table: their names are not among its types. */
type Query = Static<typeof operations.list.query> & { resource_product?: string[] }

const show = remembered((entry: AuditLogRow) => inSeconds(entry))

export default resource('Audit Logs', operations, (world) => {
  const of = (account_id: string) => world.store.table(auditLogs, account_id)

  return {
    list: ({ params, query, caller }) =>
      askedEntries(of(params.account_id), { query: withProducts(query, world), caller }, FILTERS, world).map(show),

    history: ({ params, query }) => {
      const id = world.resolve(auditLogs, params.id)
      const logs = { log: of(params.account_id), everywhere: world.store.table(auditLogs) }
      return historyOf({ ...logs, id, query }, { show, world })
    },

    categories: () =>
      world.store
        .table(productCategories)
        .orderBy('id')
        .map(({ id, label, products }) => ({ value: id, label, products })),
  }
})

/** A query with the products that its categories stand for among those that it names. */
function withProducts(query: Query, world: World): Query {
  const { product_category: categories, resource_product: named = [] } = query
  if (categories === undefined) return query
  const meant = categories.flatMap((category) => {
    const found = world.store.table(productCategories).get(category.toLowerCase())
    if (found) return found.products.map(({ value }) => value)
    throw refused(`product_category variable must be a known category, "${category}" is not`)
  })
  return { ...query, resource_product: [...named, ...meant] }
}
