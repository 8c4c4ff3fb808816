/** The organizations above an account, and the accounts below an organization. */
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { type Organization, type OrganizationRow, operations } from '../../schemas/organizations.ts'
import { resource } from '../resource.ts'
import { hierarchy } from '../rules/hierarchy.ts'
import { listed } from '../state/listed.ts'
import type { World } from '../state/world.ts'

/** The ways in which a text filter may look at a name, by the ending of its parameter. */
const MATCHES: Record<string, (text: string, wanted: string) => boolean> = {
  '': (text, wanted) => text === wanted,
  '.startsWith': (text, wanted) => text.startsWith(wanted),
  '.endsWith': (text, wanted) => text.endsWith(wanted),
  '.contains': (text, wanted) => text.includes(wanted),
}

export default resource('Organizations', operations, (world) => ({
  listOfAccount({ params }) {
    const account = world.store.table(accounts).get(params.account_id)
    return listed(hierarchy(account?.parent_org_id, world).map((row) => presentOrganization(row, world)))
  },

  listAccounts: ({ params, query }) =>
    world.store
      .table(accounts)
      .where({ parent_org_id: params.organization_id })
      .filter(textFilters(query))
      .orderBy(query.order_by === undefined ? 'id' : 'name', query.order_by && query.direction)
      .map(({ id, name, type, settings, created_on }) => ({ id, name, type, settings, created_on })),
}))

function textFilters(query: Record<string, unknown>): (row: AccountRow) => boolean {
  const tests = Object.entries(MATCHES).flatMap(([ending, matches]) =>
    ['name', 'account_pubname'].flatMap((field) => {
      const wanted = query[`${field}${ending}`]
      if (typeof wanted !== 'string') return []
      return (row: AccountRow) => {
        const text = field === 'name' ? row.name : (row.public_name ?? row.name)
        return matches(text.toLowerCase(), wanted.toLowerCase())
      }
    }),
  )
  return (row) => tests.every((test) => test(row))
}

function presentOrganization(row: OrganizationRow, world: World): Organization {
  const chain = hierarchy(row.id, world)
  const parent = chain.at(-2)
  return {
    id: row.id,
    name: row.name,
    create_time: row.create_time,
    meta: {
      hierarchy_tags: chain.map(({ id }) => id),
      ...(row.managed_by !== undefined && { managed_by: row.managed_by }),
      ...(row.tenant_flags && { tenant_flags: row.tenant_flags }),
    },
    ...(parent && { parent: { id: parent.id, name: parent.name } }),
    ...(row.profile && { profile: row.profile }),
  }
}
