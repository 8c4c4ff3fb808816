/** Oddities of the live service: each only where it is named, in the server's worlds and in sandboxes. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Config } from '../../schemas/config.ts'
import { QUIRK_NAMES, type QuirkName } from '../../schemas/quirks.ts'
import { AUTOMATION_TOKEN, as } from '../acting.ts'
import { putToken } from '../rules/permission-table.ts'
import { ACCOUNT, EMAIL, failureOf, type Simulator, simulator, TOKEN, UNKNOWN } from '../simulator.ts'

const BY_KEY = as(EMAIL)
const SCHEME = [405, 10405, 'Method not allowed for this authentication scheme']
const MEMBERS = `/accounts/${ACCOUNT}/members`
const ROLES = ['3536bcfad5faccb999b47003c79917fb']

const tokenWith = (permission_groups: { id: string }[]) => ({
  name: 'two',
  policies: [ACCOUNT, 'a67e14daa5f8dceeb91fe5449ba496ef'].map((id) => ({
    effect: 'allow',
    permission_groups,
    resources: { [`com.cloudflare.api.account.${id}`]: '*' },
  })),
})

/** What each quirk is seen by: false without it, true with it. */
const SEEN: Record<QuirkName, (made: Simulator) => Promise<boolean>> = {
  async 'accounts-page-ignored'({ call }) {
    const page = (headers: Record<string, string>, at: number) =>
      call(`GET /accounts?per_page=1&page=${at}`, { headers })
    const own = { authorization: `Bearer ${TOKEN}` }
    assert.notEqual((await page(own, 1)).body.result[0]?.id, (await page(own, 2)).body.result[0]?.id)
    return (await page(AUTOMATION_TOKEN, 1)).text === (await page(AUTOMATION_TOKEN, 2)).text
  },

  async 'members-empty-result'({ call }) {
    const { status, text } = await call(`GET ${MEMBERS}/${UNKNOWN}`)
    assert.equal(status, 404)
    assert.match((await call(`GET /accounts/${ACCOUNT}/roles/${UNKNOWN}`)).text, /^\{"result":null,"success":false/)
    return text.startsWith('{"result":[],"success":false,"errors":[{"code":1003')
  },

  async 'members-need-key'({ call }) {
    const [member] = (await call(`GET ${MEMBERS}`)).body.result
    const change = { body: { roles: member.roles.map(({ id }: { id: string }) => ({ id })) } }
    const answers = [
      await call(`PUT ${MEMBERS}/${member.id}`, change),
      await call(`DELETE ${MEMBERS}/${member.id}`),
      await call('PUT /memberships/4f5f0c14a2a41d5063dd301b2f829f04', { body: { status: 'accepted' } }),
      await call('DELETE /memberships/4f5f0c14a2a41d5063dd301b2f829f04'),
    ]
    const isRefused = answers.map(({ status }) => status === 405)
    assert.equal(new Set(isRefused).size, 1)
    if (isRefused[0]) for (const answer of answers) assert.deepEqual(failureOf(answer), SCHEME)
    if (isRefused[0]) assert.equal((await call(`DELETE ${MEMBERS}/${member.id}`, { headers: BY_KEY })).status, 200)
    return isRefused[0] ?? false
  },

  async 'members-no-direct'({ call }) {
    const add = (status: string) =>
      call(`POST ${MEMBERS}`, { body: { email: `${status}@example.com`, status, roles: ROLES } })
    assert.equal((await add('pending')).status, 200)
    const direct = await add('accepted')
    if (direct.status === 200) return false
    const words = 'Invalid request: automatic verification of new members is not allowed'
    assert.deepEqual(failureOf(direct), [400, 1001, words])
    return true
  },

  async 'members-created-without-roles'({ call }) {
    const { body } = await call(`POST ${MEMBERS}`, { body: { email: 'a@example.com', roles: ROLES } })
    const { body: read } = await call(`GET ${MEMBERS}/${body.result.id}`)
    assert.equal(read.result.roles.length, 1)
    return !('roles' in body.result)
  },

  async 'tokens-reordered'({ call }) {
    const groups = (await call(`GET /accounts/${ACCOUNT}/tokens/permission_groups`)).body.result
      .slice(0, 2)
      .map(({ id }: { id: string }) => ({ id }))
    const sent = tokenWith(groups)
    const { body } = await call(`POST /accounts/${ACCOUNT}/tokens`, { body: sent })
    const { body: read } = await call(`GET /accounts/${ACCOUNT}/tokens/${body.result.id}`)
    assert.deepEqual(read.result.policies, body.result.policies)
    const order = (policies: { resources: object; permission_groups: { id: string }[] }[]) =>
      policies.map(({ resources, permission_groups }) => [
        Object.keys(resources)[0],
        permission_groups.map(({ id }) => id),
      ])
    const turned = order(sent.policies)
      .reverse()
      .map(([resource, ids]) => [resource, [...(ids as string[])].reverse()])
    const isTurned = JSON.stringify(order(body.result.policies)) === JSON.stringify(turned)
    if (!isTurned) assert.deepEqual(order(body.result.policies), order(sent.policies))
    return isTurned
  },

  async 'token-rights-by-zone'({ call, worlds }) {
    const own = { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' }
    const { value } = putToken(worlds.of(), ACCOUNT, [['allow', ['Account API Tokens Write'], own]])
    const make = (resources: Record<string, string>) => {
      // Zone Read, and Account Settings Read.
      const permission_groups = [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }, { id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }]
      const body = { name: 'one', policies: [{ effect: 'allow', resources, permission_groups }] }
      return call(`POST /accounts/${ACCOUNT}/tokens`, { headers: { authorization: `Bearer ${value}` }, body })
    }
    const words = 'Failed common permission check against resources. (Permission group: "Zone Read")'
    const particular = await make({ 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43': '*' })
    assert.deepEqual(failureOf(particular), [400, 1001, words])
    const wide = [await make(own), await make({ 'com.cloudflare.api.account.zone.*': '*' })]
    const isRefused = wide.map(({ status }) => status === 400)
    assert.equal(new Set(isRefused).size, 1)
    return !isRefused[0]
  },

  async 'gateway-short-errors'({ call }) {
    const { status, body } = await call(`GET /accounts/${UNKNOWN}/logs/audit?since=2026-01-01&before=2026-02-01`)
    assert.equal(status, 403)
    assert.deepEqual(body.errors, [{ code: 10000, message: 'Authentication error' }])
    assert.ok('messages' in (await call(`GET /accounts/${UNKNOWN}/roles`)).body)
    return Object.keys(body).join() === 'success,errors'
  },

  async 'organizations-settle'({ call, worlds }) {
    const { body } = await call('POST /organizations', { body: { name: 'Acme Group' } })
    const read = () => call(`GET /organizations/${body.result.id}`)
    const first = await read()
    worlds.of().clock.advance('PT2S')
    assert.equal((await read()).status, 200)
    if (first.status === 200) return false
    assert.deepEqual(failureOf(first), [403, 10000, 'Authentication error'])
    return true
  },
}

/** What a quirk can be seen with, beside its name. */
const OPTIONS: Partial<Record<QuirkName, Partial<Config>>> = { 'token-rights-by-zone': { auth: 'enforce' } }

for (const quirk of QUIRK_NAMES) {
  test(`${quirk} is there when it is named, and else not, whichever others are`, async (t) => {
    const asked = OPTIONS[quirk]
    assert.equal(await SEEN[quirk](await simulator(t, asked)), false)
    assert.equal(await SEEN[quirk](await simulator(t, { ...asked, quirks: quirk })), true)
    const others = QUIRK_NAMES.filter((name) => name !== quirk)
    assert.equal(await SEEN[quirk](await simulator(t, { ...asked, quirks: others.join() })), false)
  })
}

test('the token of an account sees itself again on every page, where credentials must exist', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce', quirks: 'accounts-page-ignored' })
  for (const page of [1, 2, 99]) {
    const { body } = await call(`GET /accounts?page=${page}`, { headers: AUTOMATION_TOKEN })
    assert.deepEqual(
      body.result.map(({ id }: { id: string }) => id),
      [ACCOUNT],
    )
    assert.equal(body.result_info.total_pages, 1)
  }
})

test('an organization of a time to come has settled: its clock was set back', async (t) => {
  const { call, worlds } = await simulator(t, { quirks: 'organizations-settle' })
  const { id } = (await call('POST /organizations', { body: { name: 'Acme Group' } })).body.result
  worlds.of().clock.advance('-P1D')
  assert.equal((await call(`GET /organizations/${id}`)).status, 200)
})

/** Asks for a member that there is not, in a world. */
async function asked({ app }: Simulator, name: string): Promise<string> {
  const url = `/sandboxes/${name}/client/v4${MEMBERS}/${UNKNOWN}`
  return (await app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })).body.slice(0, 13)
}

async function sandbox({ app }: Simulator, name: string, payload: object) {
  const { statusCode, body } = await app.inject({ method: 'PUT', url: `/_fauxflare/sandboxes/${name}`, payload })
  return { status: statusCode, body: JSON.parse(body) }
}

test('a sandbox has the quirks of the server, or its own', async (t: TestContext) => {
  const made = await simulator(t, { quirks: 'members-empty-result' })
  const own = await sandbox(made, 'own', { quirks: ' tokens-reordered,members-need-key, tokens-reordered' })
  assert.equal(own.body.options.quirks, 'tokens-reordered,members-need-key')
  await sandbox(made, 'none', { quirks: '' })
  assert.equal(await asked(made, 'as-the-server'), '{"result":[],')
  assert.equal(await asked(made, 'own'), '{"result":nul')
  assert.equal(await asked(made, 'none'), '{"result":nul')
})

test('a quirk that there is not is refused for a sandbox too, with the near name', async (t) => {
  const made = await simulator(t)
  const { status, body } = await sandbox(made, 'own', { quirks: 'tokens-reorderd' })
  assert.equal(status, 400)
  assert.match(body.detail, /there is no quirk "tokens-reorderd"\. Did you mean "tokens-reordered"\?/)
  assert.equal(body.errors[0].pointer, '/quirks')
})
