/** Settings of an account that not everybody may turn on, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, simulator } from '../simulator.ts'

/** Insists on a second factor; Edward Langley, its Super Administrator, has one. */
const ENTERPRISE = '4bb334f7c94c4a29a045f03944f072e5'
const EDWARD = 'edward.langley@example.net'

const body = (enforce_twofactor: boolean) => ({ name: 'Same', settings: { enforce_twofactor } })

test('a second factor is asked of others by those alone who have one', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const put = (account: string, enforced: boolean, email: string) =>
    call(`PUT /accounts/${account}`, { body: body(enforced), headers: as(email) })
  assert.deepEqual(failureOf(await put(ACCOUNT, true, EMAIL)), [
    400,
    1001,
    'Two-factor authentication can be enforced only by somebody who has it enabled',
  ])
  const { result } = (await call(`GET /accounts/${ACCOUNT}`, { headers: as(EMAIL) })).body
  assert.deepEqual([result.name, result.settings.enforce_twofactor], ['Demo Account', false])
  assert.equal((await put(ACCOUNT, false, EMAIL)).status, 200)
  for (const enforced of [true, false, true]) {
    const answer = await put(ENTERPRISE, enforced, EDWARD)
    assert.equal(answer.body.result?.settings.enforce_twofactor, enforced, answer.text)
  }
})

test('nobody is held to it where credentials need not exist, since the documentation turns it on', async (t) => {
  const { call } = await simulator(t)
  assert.equal((await call(`PUT /accounts/${ACCOUNT}`, { body: body(true) })).status, 200)
})
