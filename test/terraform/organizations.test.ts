/** What keeps the plans of `cloudflare_organization` and `cloudflare_organization_profile` empty. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { destroy, isMoment, terraform } from './provider.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PROFILE = {
  business_name: 'Example',
  business_email: 'business@example.com',
  business_phone: '+1 555 0100',
  business_address: '1 Example Street',
  external_metadata: '{}',
}

test('an organization is created, read, renamed and destroyed, and has no profile before it is given one', async (t) => {
  const provider = await terraform(t)
  const { apply } = provider
  const made = await apply('POST /organizations', { name: 'Terraformed', parent: { id: ROOT } })
  const { id, name, create_time, parent, meta } = made.result
  assert.equal(name, 'Terraformed')
  assert.ok(isMoment(create_time))
  assert.deepEqual(parent, { id: ROOT, name: 'Demo Root Organization' })
  assert.equal(typeof meta, 'object')
  assert.equal('profile' in made.result, false)
  const path = `/organizations/${id}`
  assert.deepEqual((await apply(`GET ${path}`)).result, made.result)

  const changed = await apply(`PUT ${path}`, { name: 'Transformed', parent: { id: ROOT } })
  assert.deepEqual(changed.result, { ...made.result, name: 'Transformed' })
  assert.deepEqual((await apply(`GET ${path}`)).result, changed.result)

  const empty = await apply('GET /organizations?name=Transformed')
  assert.deepEqual(empty.result, [changed.result])

  await destroy(provider, path)
})

test('the profile of an organization is what was sent, though the answer to that may be empty', async (t) => {
  const { apply } = await terraform(t)
  const { id } = (await apply('POST /organizations', { name: 'Terraformed', parent: { id: ROOT } })).result
  const path = `/organizations/${id}/profile`
  for (const profile of [PROFILE, { ...PROFILE, business_name: 'Other' }]) {
    const { status, text } = await apply(`PUT ${path}`, profile)
    assert.deepEqual([status, text], [204, ''])
    assert.deepEqual((await apply(`GET ${path}`)).result, profile)
  }
})
