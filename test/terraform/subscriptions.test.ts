/** What keeps the plan of `cloudflare_account_subscription` empty. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { terraform } from './provider.ts'

const PATH = `/accounts/${ACCOUNT}/subscriptions`

test('a subscription is found in the list, the same each time, until it is destroyed', async (t) => {
  const { send, apply } = await terraform(t)
  /** The provider reads no single one, and asks for no second page. */
  const found = async (id: string) => (await apply(`GET ${PATH}`)).result.find((one: { id: string }) => one.id === id)
  const asked = { frequency: 'monthly', rate_plan: { id: 'teams_free' } }
  const { result: made } = await apply(`POST ${PATH}`, asked)
  assert.match(made.id, /^[0-9a-f]{32}$/)
  assert.deepEqual([made.frequency, made.rate_plan.id, typeof made.price], ['monthly', 'teams_free', 'number'])
  const first = await found(made.id)
  assert.deepEqual(first, made)
  assert.deepEqual(await found(made.id), first)

  for (const frequency of ['yearly', 'not-applicable']) {
    const { result: changed } = await apply(`PUT ${PATH}/${made.id}`, { ...asked, frequency })
    assert.deepEqual([changed.id, changed.frequency, changed.rate_plan.id], [made.id, frequency, 'teams_free'])
    assert.deepEqual(await found(made.id), changed)
  }
  await apply(`DELETE ${PATH}/${made.id}`)
  assert.equal(await found(made.id), undefined)
  assert.equal((await send(`DELETE ${PATH}/${made.id}`)).status, 404)
})

test('the list is one page, however many there are', async (t) => {
  const { apply } = await terraform(t)
  const before = (await apply(`GET ${PATH}`)).result.length
  for (let made = 0; made < 60; made++) await apply(`POST ${PATH}`, { rate_plan: { id: 'teams_free' } })
  assert.equal((await apply(`GET ${PATH}`)).result.length, before + 60)
})
