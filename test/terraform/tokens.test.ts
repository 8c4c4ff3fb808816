/** What keeps the plan of `cloudflare_account_token` and of `cloudflare_api_token` empty. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { destroy, terraform } from './provider.ts'

const GROUPS = `/accounts/${ACCOUNT}/tokens/permission_groups`
const ZONE = '22b1de5f1c0e4b3ea97bb1e963b06a43'
const account = `com.cloudflare.api.account.${ACCOUNT}`
const zones = 'com.cloudflare.api.account.zone'

/** As `jsonencode` writes them, keys in the order of the configuration where it is a text. */
const RESOURCES = [
  `{"${account}":{"${zones}.*":"*"}}`,
  `{"${zones}.${ZONE}":"*","${account}":"*"}`,
  `{"${account}":"*","${zones}.${ZONE}":"*"}`,
]

type Tokens = [resource: string, path: string]
const BOTH: Tokens[] = [
  ['cloudflare_account_token', `/accounts/${ACCOUNT}/tokens`],
  ['cloudflare_api_token', '/user/tokens'],
]

for (const [resource, path] of BOTH) {
  test(`${resource}: policies come back in the order and in the words in which they were sent`, async (t) => {
    const provider = await terraform(t)
    const { apply } = provider
    const groupOf = async (name: string, scope: string) => {
      const { result } = await apply(`GET ${GROUPS}?name=${encodeURIComponent(name)}&scope=${scope}`)
      assert.deepEqual(
        result.map((group: { name: string; scopes: string[] }) => [group.name, group.scopes]),
        [[name, [scope]]],
      )
      return result[0].id as string
    }
    const dnsRead = await groupOf('DNS Read', zones)
    const zoneRead = await groupOf('Zone Read', zones)
    const settings = await groupOf('Account Settings Read', 'com.cloudflare.api.account')
    const groups = [
      [zoneRead, dnsRead],
      [dnsRead, zoneRead],
      [settings, dnsRead],
    ]
    const policies = RESOURCES.map((resources, at) => {
      const named = groups[at]?.map((id) => `{"id":"${id}"}`).join(',')
      return `{"effect":"${at === 1 ? 'deny' : 'allow'}","permission_groups":[${named}],"resources":${resources}}`
    })
    const made = await apply(`POST ${path}`, `{"name":"terraformed","policies":[${policies.join(',')}]}`)
    const { id, value, status, policies: shown, ...rest } = made.result
    assert.ok(typeof value === 'string' && value.length >= 40)
    assert.equal(status, 'active')
    const kept = (text: string) => [...text.matchAll(/"resources":(\{.*?\}+)(?=,|\})/g)].map(([, found]) => found)
    assert.deepEqual(kept(made.text), RESOURCES)
    for (const field of ['condition', 'expires_on', 'not_before']) assert.equal(rest[field] ?? null, null, field)

    const read = await apply(`GET ${path}/${id}`)
    assert.deepEqual(read.result, { id, status, policies: shown, ...rest })
    assert.equal('value' in read.result, false)
    assert.deepEqual(kept(read.text), RESOURCES)
    for (const [at, policy] of read.result.policies.entries()) {
      assert.match(policy.id, /^[0-9a-f]{32}$/)
      assert.equal(policy.effect, at === 1 ? 'deny' : 'allow')
      assert.deepEqual(
        policy.permission_groups.map((group: { id: string }) => group.id),
        groups[at],
      )
    }
    await destroy(provider, `${path}/${id}`)
  })

  test(`${resource}: a condition and times come back exactly, and go when they are taken out`, async (t) => {
    const { apply } = await terraform(t)
    const rows: object[] = [
      { condition: { request_ip: { in: ['192.0.2.0/24', '2001:db8::/32'] } } },
      { condition: { request_ip: { not_in: ['198.51.100.0/24'] } } },
      { condition: { request_ip: { in: ['192.0.2.0/24'], not_in: ['192.0.2.1/32'] } } },
      { expires_on: '2027-06-30T12:00:00Z' },
      { not_before: '2026-01-01T00:00:00Z', expires_on: '2027-06-30T12:00:00Z' },
    ]
    const body = { name: 'terraformed', policies: [] }
    for (const asked of rows) {
      await t.test(JSON.stringify(asked), async () => {
        const { id, value: _, ...made } = (await apply(`POST ${path}`, { ...body, ...asked })).result
        for (const [field, sent] of Object.entries(asked)) assert.deepEqual(made[field], sent)
        const read = (await apply(`GET ${path}/${id}`)).result
        assert.deepEqual(read, { id, ...made })
        // The whole object again: what was set before is null, and what never was is not there.
        const nothing = Object.fromEntries(Object.keys(asked).map((field) => [field, null]))
        for (const removal of [nothing, {}]) {
          await apply(`PUT ${path}/${id}`, { ...body, ...asked })
          await apply(`PUT ${path}/${id}`, { ...body, ...removal })
          const left = (await apply(`GET ${path}/${id}`)).result
          for (const field of ['condition', 'expires_on', 'not_before']) assert.equal(left[field] ?? null, null, field)
        }
      })
    }
  })

  test(`${resource}: a time with an offset is the same instant, and one that is over is told as expired`, async (t) => {
    const { apply } = await terraform(t)
    const expires_on = '2027-06-30T14:00:00+02:00'
    const made = (await apply(`POST ${path}`, { name: 'later', policies: [], expires_on })).result
    assert.equal(Date.parse(made.expires_on), Date.parse(expires_on))
    const over = { name: 'over', policies: [], expires_on: '2026-01-01T00:00:00Z' }
    const { id } = (await apply(`POST ${path}`, over)).result
    assert.equal((await apply(`GET ${path}/${id}`)).result.status, 'expired')
  })
}
