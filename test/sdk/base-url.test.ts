/** Every way in which a client may be pointed at the simulator, and every way in which it may send nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL, KEY, TOKEN } from '../simulator.ts'
import { clientOf, collect, listening } from './clients.ts'

const account_id = ACCOUNT

test('the base URL may have the prefix, a slash at its end, or neither', async (t) => {
  const cf = await listening(t)
  assert.equal(cf.baseURL, `${cf.url}/client/v4`)
  for (const baseURL of [cf.url, `${cf.url}/`, cf.baseURL, `${cf.baseURL}/`]) {
    const { accounts } = clientOf(cf, { baseURL })
    assert.equal((await accounts.get({ account_id })).name, 'Demo Account', baseURL)
    assert.equal((await collect(accounts.members.list({ account_id }))).length, 65, baseURL)
    const { id } = await accounts.tokens.create({ account_id, name: 'x', policies: [] })
    assert.deepEqual(await accounts.tokens.delete(id as string, { account_id }), { id }, baseURL)
  }
})

test('plain concatenation of a base URL and a path is understood, too', async (t) => {
  const cf = await listening(t)
  const headers = { authorization: `Bearer ${TOKEN}` }
  for (const url of [`${cf.baseURL}//accounts`, `${cf.url}//accounts`, `${cf.baseURL}/accounts/`]) {
    const answer = await fetch(url, { headers })
    assert.equal(answer.status, 200, url)
    assert.equal(((await answer.json()) as { result: unknown[] }).result.length, 12)
  }
})

test('every kind of credential is taken, one good one among bad ones is enough', async (t) => {
  const cf = await listening(t)
  for (const credentials of [
    { apiToken: TOKEN },
    { apiToken: null, apiEmail: EMAIL, apiKey: KEY },
    { apiToken: TOKEN, apiEmail: EMAIL, apiKey: KEY },
    { apiToken: 'bad', apiEmail: EMAIL, apiKey: KEY },
    { apiToken: TOKEN, apiEmail: EMAIL, apiKey: 'bad' },
    {
      apiToken: null,
      userServiceKey: 'v1.0-144c9defac04969c7bfad8ef-631a41d003a32d25fe878081ef365c49503f7fada600da935e2',
    },
  ]) {
    const { accounts } = clientOf(cf, credentials)
    assert.equal((await accounts.get({ account_id })).id, account_id, JSON.stringify(credentials))
  }
})

test('a body that is declared and not sent is no body', async (t) => {
  const client = clientOf(await listening(t))
  const options = { headers: { 'content-type': 'application/json' } }
  const { id } = await client.accounts.tokens.create({ account_id, name: 'x', policies: [] })
  const member = '962e59e12a20904e5cae232c24f06a9b'
  for (const path of [`/tokens/${id}`, `/members/${member}`, '/subscriptions/506e3185e9c882d175a2d0cb0093d9f2', '']) {
    const answer = await client.delete(`/accounts/${account_id}${path}`, options).asResponse()
    assert.equal(answer.status, 200, path)
  }
  const answer = await client.get('/accounts', options).asResponse()
  assert.equal(answer.status, 200)
})

test('the body that PHP sends with a DELETE is left unread', async (t) => {
  const client = clientOf(await listening(t))
  const path = `/accounts/${account_id}/tokens/ed17574386854bf78a67040be0a770b0`
  assert.equal((await client.delete(path, { body: [] }).asResponse()).status, 200)
})
