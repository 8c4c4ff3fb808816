/** Simulators in one process share nothing; each begins anew when it is reset, and is gone when it is closed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fauxflare } from '../../server/index.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const { APIConnectionError } = sdk

const account_id = ACCOUNT

test('two simulators share neither rows nor ids nor a reset', async (t) => {
  const [left, right] = [await listening(t), await listening(t)]
  assert.notEqual(left.port, right.port)
  const [a, b] = [clientOf(left).accounts, clientOf(right).accounts]
  const names = async (api: typeof a) => (await collect(api.list({ name: 'only' }))).map(({ name }) => name)

  const first = await a.create({ name: 'only left' })
  assert.deepEqual([await names(a), await names(b)], [['only left'], []])
  // The same seed draws the same first id, however much the other one has drawn.
  const second = await b.create({ name: 'only right' })
  assert.equal(second.id, first.id)
  assert.deepEqual([await names(a), await names(b)], [['only left'], ['only right']])
  await a.delete({ account_id })
  assert.equal((await b.get({ account_id })).id, account_id)

  left.reset()
  assert.deepEqual([await names(a), await names(b)], [[], ['only right']])
  assert.equal((await a.get({ account_id })).id, account_id)
  await left.close()
  assert.ok((await refused(a.get({ account_id }))) instanceof APIConnectionError)
  assert.equal((await b.get({ account_id })).id, account_id)
})

test('a reset brings everything back, again and again', async (t) => {
  const cf = await listening(t)
  const { accounts } = clientOf(cf)
  const everything = async () => ({
    accounts: await collect(accounts.list({ per_page: 50 })),
    members: await collect(accounts.members.list({ account_id, per_page: 50 })),
    tokens: await collect(accounts.tokens.list({ account_id, per_page: 50 })),
    subscriptions: await collect(accounts.subscriptions.get({ account_id })),
  })
  const before = await everything()
  const ids = new Set<string | undefined>()
  for (let round = 0; round < 3; round += 1) {
    ids.add((await accounts.tokens.create({ account_id, name: 'x', policies: [] })).id)
    await accounts.members.delete('4536bcfad5faccb111b47003c79917fa', { account_id })
    await accounts.delete({ account_id })
    cf.reset()
    assert.deepEqual(await everything(), before)
  }
  assert.equal(ids.size, 1)
})

test('`await using` closes the simulator at the end of the block', async () => {
  let url = ''
  {
    await using cf = await fauxflare()
    url = cf.url
    assert.equal((await clientOf(cf).accounts.get({ account_id })).id, account_id)
  }
  await assert.rejects(fetch(url), ({ cause }: Error) => (cause as { code: string }).code === 'ECONNREFUSED')
})

test('closing twice does no harm, and does not wait for idle connections', async (t) => {
  const cf = await listening(t)
  await fetch(`${cf.baseURL}/accounts`, { headers: { authorization: `Bearer ${TOKEN}`, connection: 'keep-alive' } })
  await cf.close()
  await cf.close()
})

test('stateless, every request begins with the fixtures', async (t) => {
  const { accounts } = clientOf(await listening(t, { stateless: true }))
  for (let times = 0; times < 3; times += 1) {
    assert.deepEqual(await accounts.delete({ account_id: 'account_id' }), { id: account_id })
    assert.equal((await accounts.get({ account_id })).name, 'Demo Account')
    await accounts.members.delete('4536bcfad5faccb111b47003c79917fa', { account_id })
    await accounts.members.create({ account_id, email: 'user@example.com', roles: [] })
    assert.equal((await accounts.tokens.verify({ account_id })).status, 'active')
  }
})
