/** Which plans accounts and zones may subscribe to. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subscriptions } from '../../schemas/subscriptions.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, simulator } from '../simulator.ts'

/** A zone with a plan, and one without any. */
const ZONE = '22b1de5f1c0e4b3ea97bb1e963b06a43'
const BARE_ZONE = 'eb78d65290b24279ba6f44721b3ea3c4'
/** An account of the tenant that the documented user administers. */
const CUSTOMER = '01a7362d577a6c3019a474fd6f485823'

const plan = (id?: string) => ({ body: { frequency: 'monthly', rate_plan: { id } } })
const NO_CORE = [
  404,
  1207,
  'Add a core subscription first and try again. The zone does not have an active core subscription.',
]
const NO_ACCESS = [
  400,
  1225,
  'Your account does not have access to this product. Contact billing@cloudflare.com for assistance.',
]

test('nothing is added to a zone that has no plan of its own', async (t) => {
  const { call } = await simulator(t)
  const [bare, path] = [`/zones/${BARE_ZONE}/subscriptions`, `/zones/${ZONE}/subscriptions`]
  for (const id of ['ADVANCED_CERT_MANAGER', 'advanced_cert_manager', 'PARTNERS_ZONE_ARGO', 'workers_paid']) {
    assert.deepEqual(failureOf(await call(`POST ${bare}`, plan(id))), NO_CORE, id)
    assert.equal((await call(`POST ${path}`, plan(id))).status, 200, id)
  }
  assert.deepEqual((await call(`GET ${bare}`)).body.result, [])
  const unknown = [400, 7501, "unknown or deprecated rate plan: 'gold'"]
  assert.deepEqual(failureOf(await call(`POST ${bare}`, plan('gold'))), unknown)
  assert.equal((await call(`POST ${bare}`, plan('CF_PRO_20_20'))).status, 200)
  assert.equal((await call(`POST ${bare}`, plan('ADVANCED_CERT_MANAGER'))).status, 200)
  // An account needs none.
  assert.equal((await call(`POST /accounts/${ACCOUNT}/subscriptions`, plan('ADVANCED_CERT_MANAGER'))).status, 200)
})

test('a plan that was cancelled is none', async (t) => {
  const { call, worlds } = await simulator(t)
  const path = `/zones/${BARE_ZONE}/subscriptions`
  const { id } = (await call(`POST ${path}`, plan('pro'))).body.result
  const table = worlds.of().store.table(subscriptions)
  const row = table.get(id)
  assert.ok(row)
  table.put({ ...row, state: 'Cancelled' })
  assert.deepEqual(failureOf(await call(`POST ${path}`, plan('ARGO_ZONE_BASIC'))), NO_CORE)
})

test('the plans of partners are for accounts of a tenant, where credentials must exist', async (t) => {
  const strict = await simulator(t, { auth: 'enforce' })
  const headers = as(EMAIL)
  const own = `/accounts/${ACCOUNT}/subscriptions`
  const documented = `${own}/506e3185e9c882d175a2d0cb0093d9f2`
  for (const request of [`POST ${own}`, `PUT ${documented}`, `POST /zones/${ZONE}/subscriptions`]) {
    for (const id of ['partners_ent', 'PARTNERS_STREAM_BASIC']) {
      assert.deepEqual(failureOf(await strict.call(request, { ...plan(id), headers })), NO_ACCESS, request)
    }
    assert.equal((await strict.call(request, { ...plan('business'), headers })).status, 200, request)
  }
  const customer = `POST /accounts/${CUSTOMER}/subscriptions`
  assert.equal((await strict.call(customer, { ...plan('PARTNERS_PRO'), headers })).status, 200)
  const { call } = await simulator(t)
  assert.equal((await call(`POST ${own}`, plan('partners_ent'))).status, 200)
})
