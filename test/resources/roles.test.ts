/** The catalogue of roles. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const ROLE = '3536bcfad5faccb999b47003c79917fb'

test('lists the catalogue by name, page by page', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET /accounts/${ACCOUNT}/roles?per_page=5&page=2`)
  assert.equal(status, 200)
  assert.equal(body.result.length, 5)
  assert.equal(body.result_info.page, 2)
  const { body: all } = await call(`GET /accounts/${ACCOUNT}/roles?per_page=50`)
  const names = all.result.map((role: { name: string }) => role.name)
  assert.deepEqual(names, [...names].sort())
  assert.deepEqual(body.result, all.result.slice(5, 10))
})

test('shows the documented role', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET /accounts/${ACCOUNT}/roles/${ROLE}`)
  assert.equal(status, 200)
  const both = { read: true, write: true }
  assert.deepEqual(body.result, {
    id: ROLE,
    name: 'Account Administrator',
    description: 'Administrative access to the entire Account',
    permissions: {
      analytics: { read: true, write: false },
      billing: both,
      cache_purge: both,
      dns: both,
      dns_records: both,
      lb: both,
      logs: both,
      organization: both,
      ssl: both,
      waf: both,
      zone_settings: both,
      zones: both,
    },
  })
})

test('shows each role as it is listed, the same in every account', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`GET /accounts/${ACCOUNT}/roles?per_page=100`)
  assert.equal(body.result_info.total_count, body.result.length)
  for (const role of body.result) {
    const { body: alone } = await call(`GET /accounts/4bb334f7c94c4a29a045f03944f072e5/roles/${role.id}`)
    assert.deepEqual(alone.result, role)
  }
})

test('has twenty on a page unless told otherwise, and none past the end', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`GET /accounts/${ACCOUNT}/roles`)
  const total_count = body.result_info.total_count
  assert.deepEqual(body.result_info, { page: 1, per_page: 20, total_pages: 3, count: 20, total_count })
  const { body: past } = await call(`GET /accounts/${ACCOUNT}/roles?page=4`)
  assert.deepEqual(past.result, [])
  assert.deepEqual(past.result_info, { page: 4, per_page: 20, total_pages: 3, count: 0, total_count })
})

test('cannot be changed', async (t) => {
  const { call } = await simulator(t)
  for (const request of [`POST /accounts/${ACCOUNT}/roles`, `PUT /accounts/${ACCOUNT}/roles/${ROLE}`]) {
    const [method] = request.split(' ')
    const expected = [405, 7001, `Method ${method} not available for that URI.`]
    assert.deepEqual(failureOf(await call(request, { body: {} })), expected)
  }
})

test('refuses ids that name nothing', async (t) => {
  const { call } = await simulator(t)
  assert.deepEqual(failureOf(await call(`GET /accounts/${ACCOUNT}/roles/${UNKNOWN}`)), [404, 1003, 'Role not found'])
  const path = `/client/v4/accounts/${ACCOUNT}/roles/short`
  assert.deepEqual(failureOf(await call(`GET /accounts/${ACCOUNT}/roles/short`)), [
    400,
    7003,
    `Could not route to ${path}, perhaps your object identifier is invalid?`,
  ])
})
