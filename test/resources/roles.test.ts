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
  assert.equal(body.result.name, 'Account Administrator')
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
