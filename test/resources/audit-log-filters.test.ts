/** Audit logs: each filter against a plain look at every entry, and what is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditLogRow, auditLogs, FILTERS, productCategories } from '../../schemas/audit-logs.ts'
import { column } from '../../server/state/order.ts'
import { ACCOUNT, failureOf, type Simulator, simulator } from '../simulator.ts'

/** A day on which the documented entries, which are of 2024, are still kept. */
const KEPT = { clock: '2026-03-01T00:00:00Z' }

const PATH = `/accounts/${ACCOUNT}/logs/audit`
const ALL = 'since=2020-01-01&before=2030-01-01&limit=1000'

const rowsOf = ({ worlds }: Simulator) => worlds.next().store.table(auditLogs, ACCOUNT).all()
const sorted = (entries: AuditLogRow[]) => entries.map(({ id }) => id).sort()

/** `name=a&name=b` */
const repeat = (name: string, values: readonly unknown[]) =>
  values.map((value) => `${name}=${encodeURIComponent(String(value))}`).join('&')

test('there are 22 filters with a partner, and product_category', () => {
  assert.equal(Object.keys(FILTERS).length, 22)
})

test('filters by one value and by several, and turned round', async (t) => {
  const made = await simulator(t, KEPT)
  const rows = rowsOf(made)
  for (const [name, { path }] of Object.entries(FILTERS)) {
    const read = column(path)
    const present = [...new Set(rows.flatMap((row) => read(row) ?? []))]
    const [first, last] = [present[0], present.at(-1)]
    assert.notEqual(first, undefined, `no entry has a ${path}`)
    for (const values of [[first], [first, last]]) {
      for (const ending of ['', '.not']) {
        const query = repeat(`${name}${ending}`, values)
        await t.test(query, async () => {
          const expected = rows.filter((row) => values.some((value) => value === read(row)) === (ending === ''))
          const { status, body } = await made.call(`GET ${PATH}?${ALL}&${query}`)
          assert.equal(status, 200)
          assert.deepEqual(sorted(body.result), sorted(expected))
        })
      }
    }
  }
})

test('a value that nothing has finds nothing, and turned round everything', async (t) => {
  const made = await simulator(t, KEPT)
  const all = rowsOf(made).length
  const VALUES: Record<string, string> = {
    action_result: 'failure',
    action_type: 'delete',
    actor_context: 'origin_ca_key',
    actor_email: 'nobody@example.com',
    actor_type: 'cloudflare_admin',
    raw_status_code: '999',
    resource_scope: 'memberships',
  }
  for (const [name, { path }] of Object.entries(FILTERS)) {
    const value = VALUES[name] ?? 'nothing'
    const some = rowsOf(made).filter((row) => String(column(path)(row)) === value).length
    const { body } = await made.call(`GET ${PATH}?${ALL}&${name}=${value}`)
    assert.equal(body.result.length, some, name)
    const { body: others } = await made.call(`GET ${PATH}?${ALL}&${name}.not=${value}`)
    assert.equal(others.result.length, all - some, name)
  }
})

test('joins filters, all of which must hold', async (t) => {
  const made = await simulator(t, KEPT)
  const rows = rowsOf(made)
  const queries: [query: string, holds: (row: AuditLogRow) => unknown][] = [
    ['action_type=create&actor_type=user', ({ action, actor }) => action.type === 'create' && actor?.type === 'user'],
    ['action_type=create&action_type=update&action_type.not=update', ({ action }) => action.type === 'create'],
    [
      'raw_method=PUT&raw_status_code.not=200&zone_name.not=example.com',
      ({ raw, zone }) => raw?.method === 'PUT' && raw.status_code !== 200 && zone?.name !== 'example.com',
    ],
    ['id=f174be97-19b1-40d6-954d-70cd5fbd52db', ({ id }) => id === 'f174be9719b140d6954d70cd5fbd52db'],
    ['id=F174BE9719B140D6954D70CD5FBD52DB', ({ id }) => id === 'f174be9719b140d6954d70cd5fbd52db'],
    ['audit_log_id.not=f174be97-19b1-40d6-954d-70cd5fbd52db', ({ id }) => id !== 'f174be9719b140d6954d70cd5fbd52db'],
    ['action_type[]=create', ({ action }) => action.type === 'create'],
    ['action_type[not]=create', ({ action }) => action.type !== 'create'],
    ['action_type.not[]=create&action_type.not[]=update', ({ action }) => !/create|update/.test(action.type)],
    ['actor_context=api', () => false],
    ['actor_type=delegated_service', () => false],
    ['color=red', () => true],
  ]
  for (const [query, holds] of queries) {
    await t.test(query, async () => {
      const { status, body } = await made.call(`GET ${PATH}?${ALL}&${query}`)
      assert.equal(status, 200)
      assert.deepEqual(sorted(body.result), sorted(rows.filter(holds)))
    })
  }
})

test('a product category stands for its products', async (t) => {
  const made = await simulator(t, KEPT)
  const rows = rowsOf(made)
  const inProducts = (products: string[]) => rows.filter(({ resource }) => products.includes(resource?.product ?? ''))
  const categories = made.worlds.next().store.table(productCategories).all()
  for (const { id, products } of categories) {
    await t.test(id, async () => {
      const expected = inProducts(products.map(({ value }) => value))
      for (const spelling of [id, id.toUpperCase()]) {
        const { body } = await made.call(`GET ${PATH}?${ALL}&product_category=${spelling}`)
        assert.deepEqual(sorted(body.result), sorted(expected))
      }
    })
  }
  const queries: [title: string, query: string, products: string[]][] = [
    ['two categories', 'product_category=billing&product_category=zones', ['subscriptions', 'zones', 'zone_settings']],
    ['joined with a product', 'product_category=billing&resource_product=members', ['subscriptions', 'members']],
    [
      'without one of its products',
      'product_category=account&resource_product.not=members',
      ['accounts', 'tokens', 'user'],
    ],
  ]
  for (const [title, query, products] of queries) {
    await t.test(title, async () => {
      const { body } = await made.call(`GET ${PATH}?${ALL}&${query}`)
      assert.deepEqual(sorted(body.result), sorted(inProducts(products)))
    })
  }
})

test('refuses queries that do not fit', async (t) => {
  const { call } = await simulator(t, KEPT)
  const range = 'since=2024-01-01&before=2027-01-01'
  const time = (name: string) => `${name} variable must be a date or an RFC 3339 time`
  const limit = 'limit variable must be a number between 1 and 1000'
  const oneOf = (name: string) => `${name} variable must be equal to one of the allowed values`
  const rows: [title: string, query: string, message: string][] = [
    ['no range', '', 'since variable is required'],
    ['no start', 'before=2027-01-01', 'since variable is required'],
    ['no end', 'since=2024-01-01', 'before variable is required'],
    ['an empty start', 'since=&before=2027-01-01', time('since')],
    ['a start in words', 'since=yesterday&before=2027-01-01', time('since')],
    ['a start that is a number', 'since=1700000000&before=2027-01-01', time('since')],
    ['a month that there is not', 'since=2024-13-01&before=2027-01-01', time('since')],
    ['a day that there is not', 'since=2024-02-30&before=2027-01-01', time('since')],
    ['a start without an offset, which is no moment', 'since=2024-01-01T00:00:00&before=2027-01-01', time('since')],
    ['an end that is half a day', 'since=2024-01-01&before=2027-01', time('before')],
    ['a limit of nothing', `${range}&limit=0`, limit],
    ['a negative limit', `${range}&limit=-5`, limit],
    ['a limit beyond a thousand', `${range}&limit=1001`, limit],
    ['a limit in words', `${range}&limit=ten`, limit],
    ['a direction that there is not', `${range}&direction=up`, oneOf('direction')],
    ['a result that there is not', `${range}&action_result=maybe`, oneOf('action_result')],
    ['a type that there is not', `${range}&action_type.not=maybe`, oneOf('action_type.not')],
    ['one good type and a bad one', `${range}&action_type=create&action_type=maybe`, oneOf('action_type')],
    ['a scope that there is not', `${range}&resource_scope=maybe`, oneOf('resource_scope')],
    ['a status that is no number', `${range}&raw_status_code=ok`, 'raw_status_code variable must be integer'],
    ['an address that is none', `${range}&actor_email=alice`, 'actor_email variable must match format "email"'],
    [
      'a category that there is not',
      `${range}&product_category=billing&product_category=Gold`,
      'product_category variable must be a known category, "Gold" is not',
    ],
  ]
  for (const [title, query, message] of rows) {
    await t.test(title, async () => {
      const answer = await call(`GET ${PATH}?${query}`)
      assert.deepEqual(failureOf(answer), [400, 6008, 'Invalid request parameters'])
      assert.deepEqual(answer.body.errors[0].error_chain, [{ code: 11000, message }])
    })
  }
})
