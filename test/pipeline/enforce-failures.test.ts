/** `--auth enforce`: whoever is refused too often is told so, by address. ERRORS.md §2.2. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUTH_FAILURES } from '../../server/assumed.ts'
import { ACCOUNT, failureOf, TOKEN } from '../simulator.ts'
import { AUTHENTICATION, type Enforcing, enforcing, INVALID_ACCESS, PAIR, UNKNOWN_PAIR } from './enforcing.ts'

const MAX = [403, 9109, 'Max auth failures reached, please check your Authorization header.']
const NOBODY = 'x'.repeat(40)
const AUDIT = `/accounts/${ACCOUNT}/logs/audit?since=2026-11-01&before=2026-11-02`

/** Fails as often as one may. */
async function exhaust({ from }: Enforcing, address: string): Promise<void> {
  for (let i = 0; i < AUTH_FAILURES.limit; i += 1) {
    assert.deepEqual(failureOf(await from(address, 'GET /accounts', NOBODY)), INVALID_ACCESS, `the ${i + 1}th`)
  }
}

test('says so after many failures, until a while has passed', async (t) => {
  const made = await enforcing(t)
  const { from, worlds } = made
  await exhaust(made, '192.0.2.1')
  assert.deepEqual(failureOf(await from('192.0.2.1', 'GET /accounts', NOBODY)), MAX)
  // Another token is as bad as the first.
  assert.deepEqual(failureOf(await from('192.0.2.1', 'GET /accounts', 'y'.repeat(40))), MAX)
  worlds.of().clock.advance(`PT${AUTH_FAILURES.window_s - 1}S`)
  assert.deepEqual(failureOf(await from('192.0.2.1', 'GET /accounts', NOBODY)), MAX)
  worlds.of().clock.advance('PT1S')
  assert.deepEqual(failureOf(await from('192.0.2.1', 'GET /accounts', NOBODY)), INVALID_ACCESS)
})

test('holds nobody else up, and nobody who comes with a good token', async (t) => {
  const made = await enforcing(t)
  const { from } = made
  await exhaust(made, '192.0.2.1')
  assert.deepEqual(failureOf(await from('192.0.2.1', 'GET /accounts', NOBODY)), MAX)
  assert.equal((await from('192.0.2.1', 'GET /accounts', TOKEN)).status, 200)
  assert.deepEqual(failureOf(await from('192.0.2.2', 'GET /accounts', NOBODY)), INVALID_ACCESS)
  assert.deepEqual(failureOf(await from('192.0.2.1', `GET ${AUDIT}`, NOBODY)), AUTHENTICATION)
})

test('failures of a while ago are forgotten', async (t) => {
  const made = await enforcing(t)
  await exhaust(made, '192.0.2.1')
  made.worlds.of().clock.advance(`PT${AUTH_FAILURES.window_s}S`)
  await exhaust(made, '192.0.2.1')
})

test('every failure counts: unknown tokens, unknown pairs, tokens of no use', async (t) => {
  const { call, userToken } = await enforcing(t)
  const { value } = await userToken({ expires_on: '2026-11-20T00:00:00Z' })
  const pair = { ...PAIR, 'x-auth-key': 'a'.repeat(37) }
  for (let i = 0; i < AUTH_FAILURES.limit; i += 2) {
    const expired = await call('GET /accounts', { headers: { authorization: `Bearer ${value}` } })
    assert.deepEqual(failureOf(expired), INVALID_ACCESS)
    assert.deepEqual(failureOf(await call('GET /accounts', { headers: pair })), UNKNOWN_PAIR)
  }
  assert.deepEqual(failureOf(await call('GET /accounts', { headers: pair })), MAX)
})

test('headers that cannot be read are no failures, and a reset forgets them all', async (t) => {
  const made = await enforcing(t)
  const { call, from, worlds } = made
  for (let i = 0; i < 2 * AUTH_FAILURES.limit; i += 1) {
    assert.equal(failureOf(await call('GET /accounts', { headers: { authorization: 'Bearer x' } }))[1], 6003)
    assert.equal(failureOf(await call('GET /accounts', { headers: {} }))[1], 9106)
  }
  await exhaust(made, '127.0.0.1')
  worlds.reset()
  assert.deepEqual(failureOf(await from('127.0.0.1', 'GET /accounts', NOBODY)), INVALID_ACCESS)
})
