/** The catalogue of what policies of members and of user groups can allow. EXTENDED.md §1, clients.md §6. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/iam/permission_groups`
const LOAD_BALANCER = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'

type Item = { id: string; name: string }
const names = (result: Item[]) => result.map(({ name }) => name)

test('lists the catalogue page by page, ordered by name', async (t) => {
  const { call, worlds } = await simulator(t)
  const total = worlds.next().store.table(memberPermissionGroups).total()
  const first = (await call(`GET ${PATH}`)).body
  assert.deepEqual(first.result_info, { page: 1, per_page: 20, total_pages: 3, count: 20, total_count: total })
  const all: Item[] = []
  for (const page of [1, 2]) all.push(...(await call(`GET ${PATH}?per_page=50&page=${page}`)).body.result)
  assert.equal(all.length, total)
  assert.deepEqual(names(all), names(all).toSorted())
  assert.deepEqual(all.slice(0, 20), first.result)
})

test('finds groups by id, by the whole name and by the whole label', async (t) => {
  const rows: [query: string, found: string[]][] = [
    [`id=${LOAD_BALANCER}`, ['Load Balancer']],
    [`id=${ACCOUNT}`, ['Load Balancer']],
    [`id=${UNKNOWN}`, []],
    ['name=Load%20Balancer', ['Load Balancer']],
    ['name=Load', []],
    ['name=load%20balancer', []],
    ['label=admin', ['Administrator']],
    ['label=admin_readonly', ['Administrator Read Only']],
    ['label=all_privileges', ['Super Administrator - All Privileges']],
    ['label=adm', []],
    [`label=load_balancer_admin&name=Load%20Balancer&id=${LOAD_BALANCER}`, ['Load Balancer']],
    ['label=admin&name=Load%20Balancer', []],
  ]
  const { call } = await simulator(t)
  for (const [query, found] of rows) {
    await t.test(query, async () => {
      const { status, body } = await call(`GET ${PATH}?${query}`)
      assert.deepEqual([status, names(body.result), body.result_info.total_count], [200, found, found.length])
    })
  }
})

test('shows one group, with its label', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}/${LOAD_BALANCER}`)
  assert.equal(status, 200)
  const meta = { label: 'load_balancer_admin', scopes: 'com.cloudflare.api.account' }
  assert.deepEqual(body.result, { id: LOAD_BALANCER, name: 'Load Balancer', meta })
  for (const word of ['permission_group_id', ACCOUNT]) {
    assert.deepEqual((await call(`GET ${PATH}/${word}`)).body.result, body.result)
  }
})

test('refuses what names no group', async (t) => {
  const rows: [request: string, failure: [status: number, code: number, message: RegExp]][] = [
    [`GET ${PATH}/${UNKNOWN}`, [404, 1003, /^Permission group not found$/]],
    [`GET ${PATH}/x`, [400, 7003, /^Could not route to /]],
    [`GET ${PATH}?id=x`, [400, 6008, /^Invalid request parameters$/]],
    [`GET ${PATH}?page=0`, [400, 6008, /^Invalid request parameters$/]],
    [`POST ${PATH}`, [405, 7001, /^Method POST not available/]],
    [`GET /accounts/${UNKNOWN}/iam/permission_groups`, [403, 9109, /^Unauthorized to access/]],
  ]
  const { call } = await simulator(t)
  for (const [request, [status, code, message]] of rows) {
    await t.test(request, async () => {
      const failure = failureOf(await call(request))
      assert.deepEqual(failure.slice(0, 2), [status, code])
      assert.match(failure[2], message)
    })
  }
})
