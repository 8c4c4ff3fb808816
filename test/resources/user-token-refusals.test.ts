/** The tokens of the user who asks: everything that is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokens } from '../../schemas/tokens.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { failureOf, simulator, UNKNOWN } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
/** It belongs to the documented account. */
const OF_ACCOUNT = 'ed17574386854bf78a67040be0a770b0'
const ALICE = as('alice@example.com')
const POLICY = {
  effect: 'allow',
  resources: { 'com.cloudflare.api.account.zone.*': '*' },
  permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
}

test('refuses what does not fit', async (t) => {
  const { call } = await simulator(t)
  const before = await call('GET /user/tokens')
  const rows: [title: string, fields: object, code: number, message: string][] = [
    ['no name', { name: undefined }, 400, 'name must have a length between 1 and 120'],
    ['an empty name', { name: '' }, 400, 'name must have a length between 1 and 120'],
    ['no policies', { policies: undefined }, 1001, 'Invalid request body: /policies is required'],
    [
      'a group without an id',
      { policies: [{ ...POLICY, permission_groups: [{}] }] },
      400,
      'These rules must pass for permission_groups: id must be present',
    ],
    [
      'a group that there is not',
      { policies: [{ ...POLICY, permission_groups: [{ id: UNKNOWN }] }] },
      1001,
      `Invalid permission group id: ${UNKNOWN}`,
    ],
    [
      'a policy with an id',
      { policies: [{ ...POLICY, id: UNKNOWN }] },
      1001,
      'Reusing existing policies is not supported by token creation',
    ],
    [
      'a fraction',
      { not_before: '2030-01-01T00:00:00.5Z' },
      400,
      'not_before must be in the form YYYY-MM-DDTHH:MM:SSZ',
    ],
  ]
  for (const [title, fields, code, message] of rows) {
    await t.test(title, async () => {
      const answer = await call('POST /user/tokens', { body: { name: 'a', policies: [], ...fields } })
      assert.deepEqual(failureOf(answer), [400, code, message])
    })
  }
  await t.test('an id that cannot be one', async () => {
    const path = '/client/v4/user/tokens/short'
    const message = `Could not route to ${path}, perhaps your object identifier is invalid?`
    assert.deepEqual(failureOf(await call('GET /user/tokens/short')), [400, 7003, message])
  })
  await t.test('another method', async () => {
    const answer = await call(`POST /user/tokens/${OF_ACCOUNT}/value`, { body: {} })
    assert.deepEqual(failureOf(answer).slice(0, 2), [405, 7001])
  })
  assert.deepEqual((await call('GET /user/tokens')).body, before.body)
})

test('a user has at most fifty tokens', async (t) => {
  const { call, worlds } = await simulator(t)
  const own = () => worlds.next().store.table(tokens, USER).total()
  const body = { name: 'a', policies: [] }
  while (own() < 50) assert.equal((await call('POST /user/tokens', { body })).status, 200)
  assert.deepEqual(failureOf(await call('POST /user/tokens', { body })), [400, 1001, 'Token quota exceeded'])
  assert.equal(own(), 50)
  assert.equal((await call('POST /user/tokens', { body, headers: ALICE })).status, 200)
})

test('the token of an account stands for no user', async (t) => {
  const { call } = await simulator(t)
  const refused = [403, 9109, 'Valid user-level authentication not found']
  const body = { name: 'a', policies: [] }
  for (const [request, sent] of [
    ['GET /user/tokens'],
    ['POST /user/tokens', body],
    [`GET /user/tokens/${OF_ACCOUNT}`],
    [`PUT /user/tokens/${OF_ACCOUNT}`, body],
    [`DELETE /user/tokens/${OF_ACCOUNT}`],
    [`PUT /user/tokens/${OF_ACCOUNT}/value`, {}],
    ['GET /user/tokens/permission_groups'],
  ] as const) {
    assert.deepEqual(failureOf(await call(request, { body: sent, headers: ACCOUNT_TOKEN })), refused, request)
  }
})
