/**
 * `wrangler whoami`, request by request (clients.md §5): which kind of token it is, whose, and the accounts that are in
 * both of two lists, read until their `result_info` says that there are no more.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ACCOUNT, EMAIL, failureOf, KEY, type Simulator, simulator, TOKEN } from './simulator.ts'

/** The token "account automation" of the documented account. */
const AUTOMATION = 'rcUI75i7n_ztWqU8fPhvD48v-uDzHJ2As0hKaD6Z'

/** The permission group "Account Settings Read". */
const SETTINGS_READ = 'c1fde68c7bcc44588cbb6ddbc16d6480'

interface Told {
  kind: 'user token' | 'account token' | 'key'
  email?: string
  accounts: string[]
}

/** The code of a refusal; none for a success. */
const codeOf = (body: { errors: { code: number }[] }) => body.errors[0]?.code

async function pages<Row>({ call }: Simulator, path: string, headers: Record<string, string>): Promise<Row[] | number> {
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    const { status, body } = await call(`GET ${path}?page=${page}`, { headers })
    if (status !== 200) return codeOf(body) ?? 0
    rows.push(...body.result)
    const { result_info: info } = body
    assert.equal(info.page, page)
    if (info.page * info.per_page >= info.total_count) return rows
  }
}

async function whoami(t: TestContext, headers: Record<string, string>): Promise<Told> {
  return tell(await simulator(t, { auth: 'enforce' }), headers)
}

async function tell(cf: Simulator, headers: Record<string, string>): Promise<Told> {
  const told: Told = { kind: 'key', accounts: [] }
  if (headers.authorization) {
    const verified = await cf.call('GET /user/tokens/verify', { headers })
    told.kind = verified.status === 200 ? 'user token' : 'account token'
    if (verified.status !== 200) assert.equal(codeOf(verified.body), 1000)
    const user = await cf.call('GET /user', { headers })
    if (user.status === 200) told.email = user.body.result.email
    else assert.equal(codeOf(user.body), 9109)
  }
  const accounts = await pages<{ id: string }>(cf, '/accounts', headers)
  assert.ok(typeof accounts !== 'number', `refused with ${accounts}`)
  const memberships = await pages<{ account: { id: string } }>(cf, '/memberships', headers)
  if (typeof memberships === 'number') assert.ok([9106, 10000].includes(memberships), `refused with ${memberships}`)
  const own = typeof memberships === 'number' ? undefined : memberships.map(({ account }) => account.id)
  told.accounts = accounts.map(({ id }) => id).filter((id) => own === undefined || own.includes(id))
  return told
}

test('with the token of a user it tells the address, and the accounts of the user', async (t) => {
  const { kind, email, accounts } = await whoami(t, { authorization: `Bearer ${TOKEN}` })
  assert.deepEqual([kind, email], ['user token', EMAIL])
  assert.ok(accounts.includes(ACCOUNT) && accounts.length > 1)
})

test('with the token of an account it tells that account, and no other', async (t) => {
  const told = await whoami(t, { authorization: `Bearer ${AUTOMATION}` })
  assert.deepEqual(told, { kind: 'account token', accounts: [ACCOUNT] })
})

test('with key and address it tells the same accounts as with the token of the user', async (t) => {
  const { accounts } = await whoami(t, { 'x-auth-email': EMAIL, 'x-auth-key': KEY })
  assert.deepEqual(accounts, (await whoami(t, { authorization: `Bearer ${TOKEN}` })).accounts)
})

test('with the token of a user that may not see memberships it tells the accounts of the token', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const policy = {
    effect: 'allow',
    permission_groups: [{ id: SETTINGS_READ }],
    resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
  }
  const made = await cf.call('POST /user/tokens', { body: { name: 'deploy', policies: [policy] } })
  const headers = { authorization: `Bearer ${made.body.result.value}` }
  assert.deepEqual(await tell(cf, headers), { kind: 'user token', accounts: [ACCOUNT] })
  const refused = await cf.call('GET /memberships', { headers })
  assert.deepEqual(failureOf(refused), [403, 10000, 'Authentication error'])
})
