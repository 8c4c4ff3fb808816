/** `--auth enforce`: who reads the past is still who they are now, and may do what they may do now. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../acting.ts'
import { ACCOUNT, failureOf } from '../simulator.ts'
import { bearer, enforcing, INVALID_ACCESS, PAIR } from './enforcing.ts'

const LAGGING = { effect: { stale: { ms: 60_000 } } }
const ALICE = as('alice@example.com')
const USER_DETAILS_READ = '8acbe5bb0d54464ab867149d7f7cf8ac'

test('a reader who lags is shown no more than the token allows that was made since', async (t) => {
  const { call, userToken, accountToken, worlds } = await enforcing(t)
  const { clock, faults } = worlds.of()
  faults.add(LAGGING)
  const [ours, nothing] = [await accountToken(), await userToken()]
  const user = (await call('GET /user', { headers: ALICE })).body.result
  const resources = { [`com.cloudflare.api.user.${user.id}`]: '*' }
  const policies = [{ effect: 'allow', resources, permission_groups: [{ id: USER_DETAILS_READ }] }]
  const made = await call('POST /user/tokens', { headers: ALICE, body: { name: 'one', policies } })
  clock.advance('PT1S')
  const shown = async (path: string, value: string) =>
    (await call(`GET ${path}`, { headers: bearer(value) })).body.result
  assert.deepEqual(await shown('/accounts', nothing.value), [])
  assert.deepEqual(
    (await shown('/accounts', ours.value)).map(({ id }: { id: string }) => id),
    [ACCOUNT],
  )
  assert.equal((await shown('/user', made.body.result.value)).email, 'alice@example.com')
  assert.deepEqual(
    failureOf(await call(`GET /accounts/${ACCOUNT}`, { headers: bearer(nothing.value) })).slice(0, 2),
    [403, 9109],
  )
})

test('a token that is gone does not come back for a reader who lags', async (t) => {
  const { call, userToken, worlds } = await enforcing(t)
  const { clock, faults } = worlds.of()
  const { id, value } = await userToken()
  clock.advance('PT1H')
  faults.add(LAGGING)
  assert.equal((await call('GET /accounts', { headers: bearer(value) })).status, 200)
  assert.equal((await call(`DELETE /user/tokens/${id}`, { headers: PAIR })).status, 200)
  clock.advance('PT1S')
  // Its row is still to be read, and yet it opens nothing.
  assert.equal((await call(`GET /user/tokens/${id}`, { headers: PAIR })).status, 200)
  assert.deepEqual(failureOf(await call('GET /accounts', { headers: bearer(value) })), INVALID_ACCESS)
})
