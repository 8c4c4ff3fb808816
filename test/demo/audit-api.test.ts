/** The audit log of a made-up account, asked for by API. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { auditRows } from '../../fixtures/demo/audit-logs.ts'
import { described } from '../../fixtures/demo/audit-tokens.ts'
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import { simulator } from '../simulator.ts'
import { groundOf, planOf, storyOf } from './small-story.ts'

/** A simulator with one account in it, and the log of its last year. */
async function loaded(t: TestContext) {
  const made = await simulator(t, { fixtures: 'empty', contract: 'fail', clock: '2026-11-01T00:00:00Z' })
  const story = storyOf(3, { members: 30, age: 700 })
  const log = auditRows(story, planOf(365, 31), groundOf(3))
  const { store } = made.worlds.of()
  const rows = {
    accounts: [story.account],
    zones: story.zones.map((zone) => ({ ...zone, account_id: story.account.id })),
    users: story.stays.map(({ user }) => user),
    members: story.stays.flatMap(({ row }) => row ?? []),
    tokens: story.tokens.flatMap(({ row, deleted }) => (deleted ? [] : [row])),
    subscriptions: story.subscriptions.map(({ row }) => row),
    audit_logs: log,
  }
  for (const [name, list] of Object.entries(rows)) store.addAll(name, list)
  return { ...made, story, log }
}

test('every common filter finds something, and only what it asks for', async (t) => {
  const { call, story, log } = await loaded(t)
  const zone = story.zones[0]
  const email = log.find(({ actor }) => actor?.email)?.actor?.email
  const filters: [query: string, isMeant: (row: AuditLogRow) => boolean][] = [
    ['', () => true],
    [`actor_email=${email}`, ({ actor }) => actor?.email === email],
    [`zone_id=${zone?.id}`, (row) => row.zone?.id === zone?.id],
    [`zone_name=${zone?.name}`, (row) => row.zone?.name === zone?.name],
    ['action_result=failure', ({ action }) => action.result === 'failure'],
    ['raw_method=DELETE', ({ raw }) => raw?.method === 'DELETE'],
    ['product_category=dns', ({ resource }) => resource?.product === 'dns_records'],
    ['actor_type.not=user', ({ actor }) => actor?.type !== 'user'],
    ...['create', 'update', 'delete', 'view'].map((type): (typeof filters)[number] => [
      `action_type=${type}`,
      ({ action }) => action.type === type,
    ]),
    ...['user', 'account', 'system', 'cloudflare_admin'].map((type): (typeof filters)[number] => [
      `actor_type=${type}`,
      ({ actor }) => actor?.type === type,
    ]),
    ...['dash', 'api_key', 'api_token', 'oauth', 'origin_ca_key'].map((context): (typeof filters)[number] => [
      `actor_context=${context}`,
      ({ actor }) => actor?.context === context,
    ]),
    ...['accounts', 'zones', 'user', 'memberships'].map((scope): (typeof filters)[number] => [
      `resource_scope=${scope}`,
      ({ resource }) => resource?.scope?.type === scope,
    ]),
    ...['members', 'tokens', 'subscriptions', 'accounts', 'dns_records', 'cache', 'zone_settings', 'user'].map(
      (product): (typeof filters)[number] => [
        `resource_product=${product}`,
        ({ resource }) => resource?.product === product,
      ],
    ),
  ]
  for (const [query, isMeant] of filters) {
    const path = `GET /accounts/${story.account.id}/logs/audit?since=2025-11-01&before=2026-11-01&limit=1000&${query}`
    const { status, body } = await call(path)
    assert.equal(status, 200, query)
    const expected = log.filter(isMeant)
    assert.ok(expected.length > 0, `nothing for ${query}`)
    assert.deepEqual(
      body.result.map(({ id }: AuditLogRow) => id),
      expected.map(({ id }) => id).reverse(),
      query,
    )
  }
})

test('a token that is made by API leaves an entry like those of the generated tokens', async (t) => {
  const { call, story, log, worlds } = await loaded(t)
  const told = log.find(({ action }) => action.description === 'Create Token')
  const row = story.tokens.find(({ row }) => row.id === told?.resource?.id)?.row
  assert.ok(told && row)
  const reply = await call(`POST /accounts/${story.account.id}/tokens`, { body: described(row) })
  assert.equal(reply.status, 200, reply.text)
  const made = worlds
    .of()
    .store.table<AuditLogRow>({ name: 'audit_logs' } as never)
    .orderBy('action.time', 'desc')
    .first()
  const { id, ...request } = reply.body.result
  /** What an entry has that tells the two apart. */
  const plain = ({ id: _, action, actor, raw, resource, ...rest }: AuditLogRow, tokenId: string) => ({
    ...rest,
    action: { ...action, time: action.time.length },
    actor: Object.keys({ ...actor, token_id: '', token_name: '' }).sort(),
    raw: { ...raw, cf_ray_id: raw?.cf_ray_id?.length, user_agent: typeof raw?.user_agent },
    resource: JSON.parse(JSON.stringify(resource).replaceAll(tokenId, 'token')),
  })
  assert.ok(made && request)
  assert.deepEqual(plain(told, row.id), plain(made, id))
})
