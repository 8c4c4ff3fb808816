/** The list of organizations: every filter, alone and with others, and its pages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, simulator, UNKNOWN } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
const GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
const PUBLISHING = '6a5d30fdd4625fe200212120078aada3'
/** From the oldest on. */
const ALL = [ROOT, PARENT, CUSTOMERS, GROUP, PUBLISHING]
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const STANDALONE = '4bb334f7c94c4a29a045f03944f072e5'
const USER = '7c5dae5552338874e5053f2534d2767a'

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

test('lists organizations, the oldest first, with what is above them', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('GET /organizations')
  assert.equal(status, 200)
  assert.deepEqual(idsOf(body.result), ALL)
  assert.deepEqual(body.result_info, { total_size: 5 })
  assert.deepEqual(body.errors, [])
  assert.deepEqual(body.result[4], {
    id: PUBLISHING,
    name: 'Example Publishing Organization',
    create_time: '2023-06-20T09:30:00Z',
    meta: { hierarchy_tags: [GROUP, PUBLISHING], managed_by: GROUP },
    parent: { id: GROUP, name: 'Example Group Organization' },
  })
})

const FILTERS: [query: string, expected: string[]][] = [
  [`id=${PARENT}`, [PARENT]],
  [`id=${PUBLISHING}&id=${ROOT}`, [ROOT, PUBLISHING]],
  [`id=${PUBLISHING},${ROOT}`, [ROOT, PUBLISHING]],
  [`id=${PUBLISHING},${GROUP}&id=${ROOT}`, [ROOT, GROUP, PUBLISHING]],
  ['id=organization_id', [ROOT]],
  ['id=a7b9c3d2e8f4a1b5c6d0e9f2a3b7c4d8', [ROOT]],
  [`id=${UNKNOWN}`, []],
  ['name=Demo+Root+Organization', [ROOT]],
  ['name=demo+root+organization', []],
  ['name=Demo+Root', []],
  ['name.startsWith=dEmO+r', [ROOT]],
  ['name.startsWith=Root', []],
  ['name.endsWith=PUBLISHING+organization', [PUBLISHING]],
  ['name.endsWith=Publishing', []],
  ['name.contains=GROUP', [GROUP]],
  ['name.contains=demo', [ROOT, PARENT, CUSTOMERS]],
  ['name[contains]=demo', [ROOT, PARENT, CUSTOMERS]],
  ['containing.account=account_id', [ROOT, PARENT]],
  [`containing.account=${MEDIA}`, [GROUP, PUBLISHING]],
  [`containing.account=${STANDALONE}`, []],
  [`containing.account=${UNKNOWN}`, []],
  [`containing.organization=${PARENT}`, [ROOT]],
  ['containing.organization=organization_id', []],
  [`containing.organization=${UNKNOWN}`, []],
  [`containing.user=${USER}`, [ROOT]],
  ['containing.user=user_id', [ROOT]],
  [`containing.user=${UNKNOWN}`, []],
  ['parent.id=null', [ROOT, GROUP]],
  [`parent.id=${ROOT}`, [PARENT, CUSTOMERS]],
  ['parent.id=organization_id', [PARENT, CUSTOMERS]],
  [`parent.id=${PARENT}`, []],
  [`parent.id=${UNKNOWN}`, []],
  ['name.contains=demo&parent.id=null', [ROOT]],
  [`id=${PARENT},${CUSTOMERS}&containing.account=account_id`, [PARENT]],
  [`containing.user=${USER}&containing.account=${MEDIA}`, []],
  // What the TypeScript SDK sends for all filters at once (EXTENDED.md §4).
  [`id=${ROOT}&id=${GROUP}&name.contains=root&containing.account=account_id&parent.id=null&page_size=5`, [ROOT]],
]

test('filters organizations', async (t) => {
  const { call } = await simulator(t)
  for (const [query, expected] of FILTERS) {
    await t.test(query, async () => {
      const { status, body } = await call(`GET /organizations?${query}`)
      assert.equal(status, 200)
      assert.deepEqual(idsOf(body.result), expected)
      assert.deepEqual(body.result_info, { total_size: expected.length })
    })
  }
})

test('finds those that a user was invited to, or was sent away from, not to contain the user', async (t) => {
  const { call } = await simulator(t)
  const users = [
    ['Ruth Campbell, of a sub-organization', 'ruth.campbell@example.com', [ROOT, CUSTOMERS]],
    ['Tomasz Wolski, invited', 'tomasz.wolski@example.com', []],
    ['Helena Fischer, sent away', 'helena.fischer@example.com', []],
    ['Peter Hansen, who refused', 'peter.hansen@example.com', []],
  ] as const
  const members = (await call(`GET /organizations/${ROOT}/members?page_size=50`)).body.result
  members.push(...(await call(`GET /organizations/${CUSTOMERS}/members?page_size=50`)).body.result)
  for (const [title, email, expected] of users) {
    await t.test(title, async () => {
      const { user } = members.find((member: { user: { email: string } }) => member.user.email === email)
      const { body } = await call(`GET /organizations?containing.user=${user.id}`)
      assert.deepEqual(idsOf(body.result), expected)
    })
  }
})

test('walks through the pages, filters repeated', async (t) => {
  const { call } = await simulator(t)
  const found: string[] = []
  for (let token = ''; ; ) {
    const { body } = await call(`GET /organizations?page_size=2&name.contains=organization${token}`)
    assert.equal(body.result_info.total_size, 5)
    found.push(...idsOf(body.result))
    if (body.result_info.next_page_token === undefined) break
    token = `&page_token=${body.result_info.next_page_token}`
  }
  assert.deepEqual(found, ALL)
})

test('begins anew with a page token of other filters, or with what is none', async (t) => {
  const { call } = await simulator(t)
  const { next_page_token } = (await call('GET /organizations?page_size=2')).body.result_info
  for (const query of [`page_token=${next_page_token}&name.contains=demo`, 'page_token=page_token']) {
    assert.deepEqual(idsOf((await call(`GET /organizations?page_size=1&${query}`)).body.result), [ROOT])
  }
})

test('refuses sizes that cannot be', async (t) => {
  const { call } = await simulator(t)
  for (const size of ['-1', '1001', 'x', '1.5']) {
    assert.deepEqual(failureOf(await call(`GET /organizations?page_size=${size}`)), [
      400,
      6008,
      'Invalid request parameters',
    ])
  }
})
