/** What keeps the plan of `cloudflare_account` empty. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { destroy, isMoment, terraform } from './provider.ts'

const UNIT = 'f267e341f3dd4697bd3b9f71dd96247f'

test('an account is created, read, changed and destroyed', async (t) => {
  const provider = await terraform(t)
  const { apply } = provider
  const made = await apply('POST /accounts', { name: 'Terraformed', type: 'enterprise', unit: { id: UNIT } })
  const { id, name, type, created_on, settings, managed_by } = made.result
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual([name, type, settings.enforce_twofactor], ['Terraformed', 'enterprise', false])
  assert.ok(isMoment(created_on))
  assert.equal(settings.abuse_contact_email ?? null, null)
  assert.equal(managed_by.parent_org_id, UNIT)
  const path = `/accounts/${id}`
  assert.deepEqual((await apply(`GET ${path}`)).result, made.result)

  // Without type and id, which the published schema requires.
  const wanted = { enforce_twofactor: false, abuse_contact_email: 'abuse@example.com' }
  const changed = await apply(`PUT ${path}`, { name: 'Transformed', settings: wanted, managed_by: {} })
  assert.deepEqual(changed.result, { ...made.result, name: 'Transformed', settings: wanted })
  assert.deepEqual((await apply(`GET ${path}`)).result, changed.result)

  const unset = { enforce_twofactor: false, abuse_contact_email: null }
  await apply(`PUT ${path}`, { name: 'Transformed', settings: unset })
  const { settings: left } = (await apply(`GET ${path}`)).result
  assert.deepEqual([left.enforce_twofactor, left.abuse_contact_email ?? null], [false, null])

  await destroy(provider, path)
})

test('an account is of the standard type unless told otherwise, and stays so', async (t) => {
  const { apply } = await terraform(t)
  const { id, type } = (await apply('POST /accounts', { name: 'Plain' })).result
  assert.equal(type, 'standard')
  assert.equal((await apply(`PUT /accounts/${id}`, { name: 'Plainer' })).result.type, 'standard')
})

test('the data sources of accounts find one by name, and all on pages until an empty one', async (t) => {
  const { apply } = await terraform(t)
  const { id } = (await apply('POST /accounts', { name: 'Only One Of Its Name' })).result
  const found = (await apply('GET /accounts?name=Only%20One%20Of%20Its%20Name')).result
  assert.deepEqual(
    found.map((account: { id: string }) => account.id),
    [id],
  )
  const seen: string[] = []
  for (let page = 1; ; page++) {
    const { result } = await apply(`GET /accounts?page=${page}`)
    if (result.length === 0) break
    seen.push(...result.map((account: { id: string }) => account.id))
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.ok(seen.includes(id))
})
