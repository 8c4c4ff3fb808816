/** A token is given no rights that its maker lacks: when it is made, changed, and rolled (ERRORS.md §2.3). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { tokens } from '../../schemas/tokens.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, type Reply, type Simulator, simulator } from '../simulator.ts'
import { putToken, type Said } from './permission-table.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
/** The documented user is an Administrator here, not a Super Administrator. */
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
/** Here nothing: there is an invitation that waits. */
const EXAMPLE = '4bb334f7c94c4a29a045f03944f072e5'
const ZONE = '22b1de5f1c0e4b3ea97bb1e963b06a43'
const OTHER_ZONE = '4df10deb9627dd4eb1e6485448bc13a2'

type Resources = Said[2]
const account = (id = ACCOUNT) => ({ [`com.cloudflare.api.account.${id}`]: '*' })
const zone = (id = ZONE) => ({ [`com.cloudflare.api.account.zone.${id}`]: '*' })
const zonesOf = (id: string): Resources => ({
  [`com.cloudflare.api.account.${id}`]: { 'com.cloudflare.api.account.zone.*': '*' },
})
const user = (id = USER) => ({ [`com.cloudflare.api.user.${id}`]: '*' })

const OF_ACCOUNT = `/accounts/${ACCOUNT}/tokens`
const OF_USER = '/user/tokens'

/** A body with policies by the names of their groups. */
function bodyOf({ worlds }: Simulator, said: readonly Said[]) {
  const groups = worlds.of().store.table(permissionGroups)
  const policies = said.map(([effect, names, resources]) => ({
    effect,
    resources,
    permission_groups: names.map((name) => ({ id: groups.where({ name }).all()[0]?.id })),
  }))
  return { name: 'made', policies }
}

const bearer = ({ worlds }: Simulator, owner: string, ...said: Said[]) => ({
  authorization: `Bearer ${putToken(worlds.of(), owner, said).value}`,
})

/** The group that a request failed over; nothing when it was done. */
function lacking(reply: Reply): string | undefined {
  if (reply.status === 200) return undefined
  const [status, code, message] = failureOf(reply)
  assert.deepEqual([status, code], [400, 1001])
  return (
    /^Failed common permission check against resources\. \(Permission group: "(.*)"\)$/.exec(message)?.[1] ?? message
  )
}

type Row = [title: string, said: Said[], missing?: string]

/** Tries to make a token with each of the policies, and to give them to one that there is. */
async function tryAll(cf: Simulator, path: string, headers: Record<string, string>, rows: readonly Row[]) {
  const admin = path === OF_USER && headers['x-auth-email'] ? headers : as(EMAIL)
  const made = (await cf.call(`POST ${path}`, { headers: admin, body: bodyOf(cf, []) })).body.result
  const kept = async () => (await cf.call(`GET ${path}/${made.id}`, { headers: admin })).body.result.policies
  for (const [title, said, missing] of rows) {
    const body = bodyOf(cf, said)
    const before = await kept()
    assert.equal(lacking(await cf.call(`POST ${path}`, { headers, body })), missing, title)
    assert.equal(lacking(await cf.call(`PUT ${path}/${made.id}`, { headers, body })), missing, `${title}, changed`)
    if (missing !== undefined) assert.deepEqual(await kept(), before, `${title}, left as it was`)
  }
}

test('the token of an account gives what it has itself', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const headers = bearer(
    cf,
    ACCOUNT,
    ['allow', ['Account API Tokens Write', 'Billing Read', 'Account Settings Read'], account()],
    ['allow', ['DNS Read'], zone()],
    ['deny', ['Account Settings Read'], account()],
  )
  await tryAll(cf, OF_ACCOUNT, headers, [
    ['nothing', []],
    ['the same', [['allow', ['Billing Read'], account()]]],
    ['the same, as all accounts', [['allow', ['Billing Read'], account('*')]]],
    ['the same on a zone of it', [['allow', ['Billing Read'], zone()]]],
    ['more', [['allow', ['Billing Read', 'Billing Write'], account()]], 'Billing Write'],
    [
      'more, in a second policy',
      [
        ['allow', [], account()],
        ['allow', ['Workers Scripts Write'], account()],
      ],
      'Workers Scripts Write',
    ],
    ['more, denied', [['deny', ['Billing Write'], account()]]],
    ['what it is denied', [['allow', ['Account Settings Read'], account()]], 'Account Settings Read'],
    ['in another account', [['allow', ['Billing Read'], account(MEDIA)]], 'Billing Read'],
    ['on the zone', [['allow', ['DNS Read'], zone()]]],
    ['on all zones', [['allow', ['DNS Read'], zone('*')]], 'DNS Read'],
    ['on all zones of the account', [['allow', ['DNS Read'], zonesOf(ACCOUNT)]], 'DNS Read'],
    ['on another zone', [['allow', ['DNS Read'], zone('6f1afc0fbabf4f8b87fd3f1f8a4024dc')]], 'DNS Read'],
    ['each group on what it is for', [['allow', ['DNS Read', 'Billing Read'], { ...zone(), ...account() }]]],
  ])
})

test('the token of a user gives what both have, the token and the user', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const headers = bearer(
    cf,
    USER,
    ['allow', ['API Tokens Write'], user()],
    ['allow', ['Account Settings Write', 'Account API Tokens Write'], account('*')],
    ['allow', ['DNS Write'], zonesOf(ACCOUNT)],
    ['allow', ['Billing Write'], account()],
    ['deny', ['Billing Write'], zone('*')],
  )
  await tryAll(cf, OF_USER, headers, [
    ['in one account', [['allow', ['Account Settings Write'], account(MEDIA)]]],
    ['in all accounts', [['allow', ['Account Settings Write'], account('*')]]],
    ['what the user has and the token has not', [['allow', ['Billing Read'], account()]], 'Billing Read'],
    [
      'what the token has and the user has not',
      [['allow', ['Account API Tokens Write'], account(MEDIA)]],
      'Account API Tokens Write',
    ],
    ['where the user is not', [['allow', ['Account Settings Write'], account(EXAMPLE)]], 'Account Settings Write'],
    ['what is denied on zones', [['allow', ['Billing Write'], account()]], 'Billing Write'],
    ['on a zone of the account', [['allow', ['DNS Write'], zone()]]],
    ['on a zone of another account', [['allow', ['DNS Write'], zone(OTHER_ZONE)]], 'DNS Write'],
    ['on the user', [['allow', ['API Tokens Write'], user('*')]]],
    ['more on the user', [['allow', ['Memberships Write'], user()]], 'Memberships Write'],
  ])
})

test('with the key people give what their roles give them', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  await tryAll(cf, OF_USER, as(EMAIL), [
    ['everything on the user', [['allow', ['API Tokens Write', 'Memberships Write', 'User Details Write'], user()]]],
    [
      'on another user',
      [['allow', ['User Details Read'], user('f6b5de0326bb5182b8a4840ee01ec774')]],
      'User Details Read',
    ],
    [
      'everything as a Super Administrator',
      [['allow', ['Account API Tokens Write', 'SCIM Provisioning', 'Workers Scripts Write'], account()]],
    ],
    ['most as an Administrator', [['allow', ['Workers Scripts Write', 'Billing Write'], account(MEDIA)]]],
    ['not the members', [['allow', ['SCIM Provisioning'], account(MEDIA)]], 'SCIM Provisioning'],
    ['by what the account stands in', [['allow', ['SCIM Provisioning'], account('82c363794a63d910418f16f1537a004b')]]],
    ['where one is only invited', [['allow', ['Account Settings Read'], account(EXAMPLE)]], 'Account Settings Read'],
    ['everywhere', [['allow', ['Account API Tokens Write'], account('*')]]],
    ['zones by name, also of nobody here', [['allow', ['DNS Write'], { ...zone(), ...zone('1'.repeat(32)) }]]],
    [
      'a bucket',
      [
        [
          'allow',
          ['Workers R2 Storage Bucket Item Read'],
          { [`com.cloudflare.edge.r2.bucket.${ACCOUNT}_default_one`]: '*' },
        ],
      ],
    ],
    // For none of the zones that are named (TF #5754).
    ['a group that is not for zones', [['allow', ['User Details Read'], zone()]], 'User Details Read'],
  ])
})

test('roles of products and of domains give what bears their name', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const rows: [role: string, groups: string[], refused: string[]][] = [
    ['Administrator Read Only', ['Billing Read', 'Workers Scripts Read'], ['Billing Write', 'SCIM Provisioning']],
    ['Billing', ['Billing Read', 'Billing Write'], ['Account Settings Read']],
    ['Workers Platform Admin', ['Workers Scripts Write', 'Workers Scripts Read'], ['Billing Read']],
    ['Workers Platform (Read-only)', ['Workers Scripts Read'], ['Workers Scripts Write']],
    ['Turnstile Read', ['Turnstile Sites Read'], ['Turnstile Sites Write']],
    ['Minimal Account Access', [], ['Account Settings Read', 'Billing Read']],
  ]
  const roles = (await cf.call(`GET /accounts/${ACCOUNT}/roles?per_page=100`, { headers: as(EMAIL) })).body.result
  const email = 'edward.langley@example.net'
  for (const [role, groups, refused] of rows) {
    await t.test(role, async () => {
      const { id } = roles.find(({ name }: { name: string }) => name === role)
      const body = { email, status: 'accepted', roles: [id] }
      const { result } = (await cf.call(`POST /accounts/${ACCOUNT}/members`, { headers: as(EMAIL), body })).body
      for (const name of [...groups, ...refused]) {
        const asked = bodyOf(cf, [['allow', [name], account()]])
        const reply = await cf.call(`POST ${OF_USER}`, { headers: as(email), body: asked })
        assert.equal(lacking(reply), refused.includes(name) ? name : undefined, name)
      }
      await cf.call(`DELETE /accounts/${ACCOUNT}/members/${result.id}`, { headers: as(EMAIL) })
    })
  }
})

test('whoever rolls a token learns its value, and needs what it may do', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const manager: Said = ['allow', ['Account API Tokens Write', 'Billing Read'], account()]
  const billing: Said = ['allow', ['Billing Read'], account()]
  const more: Said = ['allow', ['Billing Read', 'Billing Write'], account()]
  const own: Said = ['allow', ['API Tokens Write'], user()]
  // The documented user is nobody in this account: a token for it is of no use, and theirs all the same.
  const useless: Said = ['allow', ['Billing Read'], account(EXAMPLE)]
  const rows: [title: string, owner: string, rolled: Said, roller: Said[] | string, missing?: string][] = [
    ['one that may less', ACCOUNT, billing, [manager]],
    ['one that may more', ACCOUNT, more, [manager], 'Billing Write'],
    [
      'one that may what the roller is denied',
      ACCOUNT,
      billing,
      [manager, ['deny', ['Billing Read'], account()]],
      'Billing Read',
    ],
    ['by key, a Super Administrator', ACCOUNT, more, EMAIL],
    ["a user's that may more", USER, billing, [own], 'Billing Read'],
    ["a user's that may less", USER, billing, [own, billing]],
    ['by key, their own', USER, useless, EMAIL],
  ]
  for (const [title, owner, rolled, roller, missing] of rows) {
    await t.test(title, async () => {
      const path = owner === USER ? OF_USER : OF_ACCOUNT
      const { row } = putToken(cf.worlds.of(), owner, [rolled])
      const headers = typeof roller === 'string' ? as(roller) : bearer(cf, owner, ...roller)
      const reply = await cf.call(`PUT ${path}/${row.id}/value`, { headers, body: {} })
      assert.equal(lacking(reply), missing)
      const { value_sha256 } = cf.worlds.of().store.table(tokens).get(row.id) ?? {}
      assert.equal(
        value_sha256 === row.value_sha256,
        missing !== undefined,
        'the old value is good as long as there is no new one',
      )
    })
  }
})

test('a token rolls itself, whatever it is denied', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const { row, value } = putToken(cf.worlds.of(), ACCOUNT, [
    ['allow', ['Account API Tokens Write', 'Billing Read'], account()],
    ['deny', ['Billing Read'], account()],
  ])
  const headers = { authorization: `Bearer ${value}` }
  assert.equal((await cf.call(`PUT ${OF_ACCOUNT}/${row.id}/value`, { headers, body: {} })).status, 200)
})

test('nobody is held to it where credentials need not exist', async (t) => {
  const cf = await simulator(t)
  const headers = bearer(cf, ACCOUNT)
  const body = bodyOf(cf, [['allow', ['Billing Write'], account()]])
  assert.equal((await cf.call(`POST ${OF_ACCOUNT}`, { headers, body })).status, 200)
})
