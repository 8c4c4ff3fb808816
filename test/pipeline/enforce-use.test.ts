/** `--auth enforce`: a token knows when it was last used. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokens } from '../../schemas/tokens.ts'
import { ACCOUNT, failureOf } from '../simulator.ts'
import { bearer, enforcing, PAIR } from './enforcing.ts'

const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'

test('a token shows when it was last used, in whole seconds', async (t) => {
  const { call, accountToken, worlds } = await enforcing(t)
  const { id, value } = await accountToken()
  const path = `/accounts/${ACCOUNT}/tokens/${id}`
  const shown = async () => (await call(`GET ${path}`, { headers: PAIR })).body.result
  const before = await shown()
  assert.equal('last_used_on' in before, false)
  for (const by of ['PT1.5S', 'P1D']) {
    worlds.of().clock.advance(by)
    assert.equal((await call(`GET /accounts/${ACCOUNT}`, { headers: bearer(value) })).status, 200)
    assert.deepEqual(await shown(), { ...before, last_used_on: `${worlds.of().clock.iso().slice(0, 19)}Z` })
  }
  const listed = (await call(`GET /accounts/${ACCOUNT}/tokens?per_page=50`, { headers: PAIR })).body.result
  assert.equal(listed.find((token: { id: string }) => token.id === id)?.last_used_on, '2026-11-22T10:00:01Z')
})

test('changing and rolling a token keep when it was last used', async (t) => {
  const { call, userToken, rowOf } = await enforcing(t)
  const { id, value } = await userToken()
  await call('GET /accounts', { headers: bearer(value) })
  assert.equal(rowOf(id)?.last_used_on, '2026-11-21T10:00:00Z')
  const path = `/user/tokens/${id}`
  assert.equal((await call(`PUT ${path}`, { headers: PAIR, body: { name: 'two', policies: [] } })).status, 200)
  assert.equal((await call(`PUT ${path}/value`, { headers: PAIR, body: {} })).status, 200)
  assert.deepEqual([rowOf(id)?.name, rowOf(id)?.last_used_on], ['two', '2026-11-21T10:00:00Z'])
})

test('a request that is refused is no use, whyever it is', async (t) => {
  const { call, accountToken, rowOf, worlds } = await enforcing(t)
  const headers = bearer((await accountToken()).value)
  const condition = { request_ip: { in: ['192.0.2.0/24'] } }
  const away = await accountToken({ condition })
  const before = JSON.stringify(worlds.of().store.table(tokens).all())
  const denied = await call(`GET /accounts/${MEDIA}`, { headers })
  const unread = await call(`GET /accounts/${ACCOUNT}/members/x`, { headers })
  const elsewhere = await call('GET /accounts', { headers: bearer(away.value) })
  const userOnly = await call('GET /user', { headers })
  for (const reply of [denied, unread, elsewhere, userOnly]) assert.ok(failureOf(reply)[0] >= 400)
  assert.equal(JSON.stringify(worlds.of().store.table(tokens).all()), before)
  assert.equal(rowOf(away.id)?.last_used_on, undefined)
})

test('a token that deletes itself is gone', async (t) => {
  const { call, worlds, rowOf } = await enforcing(t)
  const policies = [
    {
      effect: 'allow',
      resources: { 'com.cloudflare.api.user.7c5dae5552338874e5053f2534d2767a': '*' },
      // API Tokens Write
      permission_groups: [{ id: '686d18d5ac6c441c867cbf6771e58a0a' }],
    },
  ]
  const made = await call('POST /user/tokens', { headers: PAIR, body: { name: 'one', policies } })
  const { id, value } = made.body.result
  const reply = await call(`DELETE /user/tokens/${id}`, { headers: bearer(value) })
  assert.equal(reply.status, 200, reply.text)
  assert.equal(rowOf(id), undefined)
  assert.equal(worlds.of().journal.all().at(-1)?.response?.status, 200)
})

test('where every credential is taken, and on an example server, nothing is noted', async (t) => {
  for (const options of [{ auth: 'any' }, { stateless: true }] as const) {
    const { call, worlds } = await enforcing(t, options)
    const rows = () => JSON.stringify(worlds.of().store.table(tokens).all())
    const before = rows()
    assert.equal((await call('GET /accounts')).status, 200)
    assert.equal(rows(), before)
  }
})
