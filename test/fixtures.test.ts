/** The fixtures: every row as its table describes it, every reference resolved, the documented ids in place. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { aliases } from '../fixtures/docs/aliases.ts'
import { render } from '../fixtures/docs/generate.ts'
import { PERIOD_PRICES } from '../fixtures/docs/subscriptions.ts'
import { CATALOGUE, DOCS, rows, text } from '../fixtures/rows.ts'

// The contract's own catalogue, when it stands beside the project.
const CONTRACT = new URL('../../shared/contract/catalogue/', import.meta.url)
const DEMO = '023e105f4ecef8ad9ca31a8372d0c353'
const SUPER = '33666b9c79b9a5273fc7344ff42f953d'

const KEYS = [...Object.values(CATALOGUE), ...Object.values(DOCS)]
const all = {
  accounts: rows(DOCS.accounts),
  zones: rows(DOCS.zones),
  organizations: rows(DOCS.organizations),
  users: rows(DOCS.users),
  members: rows(DOCS.members),
  resourceGroups: rows(DOCS.resourceGroups),
  subscriptions: rows(DOCS.subscriptions),
  tokens: rows(DOCS.tokens),
  auditLogs: rows(DOCS.auditLogs),
  roles: rows(CATALOGUE.roles),
  memberGroups: rows(CATALOGUE.memberPermissionGroups),
  tokenGroups: rows(CATALOGUE.permissionGroups),
  ratePlans: rows(CATALOGUE.ratePlans),
  categories: rows(CATALOGUE.productCategories),
}

const sha256 = (value: string, encoding: 'hex' | 'base64url' = 'hex') =>
  createHash('sha256').update(value).digest(encoding)
const ids = (list: { id: string }[]): Set<string> => new Set(list.map(({ id }) => id))
const by = <Item extends { id: string }>(list: Item[], id: string | undefined): Item => {
  const row = list.find((item) => item.id === id)
  assert.ok(row, `There is no ${id}.`)
  return row
}

/** The same schema with unknown properties refused. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in copy && copy.type === 'object' ? { additionalProperties: false, ...copy } : copy
}

for (const key of KEYS) {
  test(`${key.name}: every row fits its schema and no id stands twice`, () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const valid = ajv.compile(closed(key.row) as object)
    const list: { id: string }[] = rows(key)
    assert.ok(list.length > 0)
    for (const row of list) assert.ok(valid(row), `${row.id}: ${ajv.errorsText(valid.errors)}`)
    assert.equal(ids(list).size, list.length)
  })
}

test('the folders hold these tables and nothing else', () => {
  const json = (folder: string) =>
    readdirSync(new URL(`../fixtures/${folder}`, import.meta.url))
      .filter((name) => name.endsWith('.json'))
      .sort()
  const names = (keys: object) => Object.values(keys).map(({ name }) => `${name}.json`)
  assert.deepEqual(json('catalogue'), names(CATALOGUE).sort())
  assert.deepEqual(json('docs'), [...names(DOCS), 'aliases.json'].sort())
  assert.deepEqual(json('empty'), ['accounts.json'])
  assert.deepEqual(JSON.parse(text('empty/accounts.json')), [])
})

test('the generator gives the committed bytes', () => {
  for (const [name, content] of Object.entries(render())) assert.equal(content, text(`docs/${name}`), name)
})

test('the catalogue has the ids and names of the contract', (t) => {
  if (!existsSync(CONTRACT)) return t.skip('the contract is not at hand')
  const facts = (file: string): { id: string; name?: string; scopes?: string[] }[] =>
    JSON.parse(readFileSync(new URL(file, CONTRACT), 'utf8'))
  const same = (file: string, list: { id: string; name?: string; scopes?: string[] }[]) => {
    for (const { id, name, scopes } of facts(file)) {
      const row = by(list, id)
      assert.equal(row.name, name)
      if (scopes) assert.deepEqual(row.scopes, scopes)
    }
    return facts(file).length
  }
  assert.equal(all.roles.length, same('roles.json', all.roles) + 1)
  assert.equal(all.tokenGroups.length, same('permission_groups.json', all.tokenGroups))
  same('iam_permission_groups.json', all.memberGroups)
  const plans = JSON.parse(readFileSync(new URL('rate_plans.json', CONTRACT), 'utf8')) as Record<string, unknown>[]
  assert.equal(all.ratePlans.length, new Set(plans.map(({ id }) => id)).size)
  for (const { source: _, ...plan } of plans) {
    for (const [field, value] of Object.entries(plan).filter(([, value]) => value !== null)) {
      assert.equal((by(all.ratePlans, plan.id as string) as Record<string, unknown>)[field], value)
    }
  }
})

test('every role has exactly one group for members, which bears its name', () => {
  for (const { name } of all.roles)
    assert.equal(all.memberGroups.filter((group) => group.name === name).length, 1, name)
  const labels = all.memberGroups.map((group) => group.meta?.label)
  assert.equal(new Set(labels).size, labels.length)
  assert.equal(all.memberGroups.find((group) => group.meta?.label === 'admin')?.name, 'Administrator')
  assert.equal(
    all.memberGroups.find((group) => group.meta?.label === 'all_privileges')?.id,
    '8e23b19e4e0d44c29d239c5688ba8cbb',
  )
})

test('the ids of the documentation exist', () => {
  const expected: [{ id: string }[], string][] = [
    [all.accounts, `${DEMO} 4bb334f7c94c4a29a045f03944f072e5 a67e14daa5f8dceeb91fe5449ba496ef`],
    [all.accounts, 'eb78d65290b24279ba6f44721b3ea3c4 01a7362d577a6c3019a474fd6f485823'],
    [all.members, '4536bcfad5faccb111b47003c79917fa 962e59e12a20904e5cae232c24f06a9b 4f5f0c14a2a41d5063dd301b2f829f04'],
    [all.roles, `3536bcfad5faccb999b47003c79917fb ${SUPER}`],
    [all.subscriptions, '506e3185e9c882d175a2d0cb0093d9f2'],
    [all.tokens, 'ed17574386854bf78a67040be0a770b0 5c4a1e0b7d3f4c5e9a8b7c6d5e4f3a2b'],
    [all.resourceGroups, '6d7f2f5f5b1d4a0e9081fdc98d432fd1'],
    [all.organizations, 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8 4536bcfad5faccb111b47003c79917fa'],
    [all.auditLogs, 'f174be9719b140d6954d70cd5fbd52db 1d20c3afe174418b942710cec6298a9d'],
    [all.zones, '22b1de5f1c0e4b3ea97bb1e963b06a43 eb78d65290b24279ba6f44721b3ea3c4'],
    [all.users, '7c5dae5552338874e5053f2534d2767a f6b5de0326bb5182b8a4840ee01ec774'],
    ...[all.memberGroups, all.tokenGroups].map((list): [{ id: string }[], string] => [
      list,
      'c8fed203ed3043cba015a93ad1616f1f 82e64a83756745bbbb1c9c2701bf816b 6d7f2f5f5b1d4a0e9081fdc98d432fd1',
    ]),
  ]
  for (const [list, wanted] of expected) for (const id of wanted.split(' ')) by(list, id)
  for (const { policies } of [
    by(all.members, '962e59e12a20904e5cae232c24f06a9b'),
    by(all.tokens, 'ed17574386854bf78a67040be0a770b0'),
  ]) {
    assert.deepEqual(
      policies.map(({ id }) => id),
      ['f267e341f3dd4697bd3b9f71dd96247f'],
    )
  }
  for (const [table, words] of Object.entries(aliases)) {
    const key = KEYS.find(({ name }) => name === table)
    assert.ok(key, table)
    for (const id of Object.values(words)) by<{ id: string }>(rows(key), id)
  }
})

test('the documented account is large enough to page through', () => {
  const own = (list: { id: string }[], field: string) =>
    list.filter((row) => (row as unknown as Record<string, unknown>)[field] === DEMO).length
  assert.ok(all.accounts.length >= 3)
  assert.ok(own(all.members, 'account_id') > 60)
  const current = all.tokens.filter(({ expires_on }) => (expires_on ?? '9999') > '2026')
  assert.ok(own(current, 'owner_id') > 40)
  assert.equal(own(all.subscriptions, 'owner_id'), 25)
  assert.ok(all.auditLogs.filter((entry) => entry.account.id === DEMO).length > 300)
})

test('credentials are kept as the hashes of what the README says', () => {
  for (const { email, api_key_sha256 } of all.users) {
    const documented = email === 'user@example.com' && '144c9defac04969c7bfad8efaa8ea194'
    assert.equal(api_key_sha256, sha256(documented || sha256(`fauxflare key ${email}`).slice(0, 37)))
  }
  const printed: Record<string, string> = {
    'readonly token': '8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T',
    'documented token': 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
  }
  for (const { id, name, value_sha256 } of all.tokens) {
    assert.equal(value_sha256, sha256(printed[name] ?? sha256(`fauxflare token ${id}`, 'base64url').slice(0, 40)))
  }
})

test('accounts, organizations, zones and resource groups point to each other', () => {
  for (const { parent_org_id } of all.accounts) if (parent_org_id) by(all.organizations, parent_org_id)
  for (const { parent_id, managed_by } of all.organizations) {
    if (parent_id) by(all.organizations, parent_id)
    assert.equal(managed_by, parent_id)
  }
  for (const { account_id } of all.zones) by(all.accounts, account_id)
  assert.deepEqual(
    all.resourceGroups.map(({ account_id }) => account_id),
    all.accounts.map(({ id }) => id),
  )
})

test('members say the same in roles and policies, and every account has a Super Administrator', () => {
  for (const member of all.members) {
    assert.equal(
      all.members.filter((m) => m.account_id === member.account_id && m.user.email === member.user.email).length,
      1,
    )
    if (member.user.id) {
      const { api_key_sha256: _, ...user } = by(all.users, member.user.id)
      assert.deepEqual(member.user, user)
    } else {
      assert.deepEqual([member.status, member.user.first_name, member.user.last_name], ['pending', null, null])
    }
    if (member.user.email !== 'invitee@example.com') {
      const names = member.policies.map(({ permission_groups: [group] }) => by(all.memberGroups, group).name)
      assert.deepEqual(
        names,
        member.roles.map((id) => by(all.roles, id).name),
      )
    }
    for (const policy of member.policies) {
      for (const id of policy.permission_groups) by(all.memberGroups, id)
      for (const id of policy.resource_groups) assert.equal(by(all.resourceGroups, id).account_id, member.account_id)
    }
  }
  for (const { id, settings } of all.accounts) {
    const own = all.members.filter((member) => member.account_id === id && member.status === 'accepted')
    assert.ok(
      own.some((member) => member.roles.includes(SUPER)),
      id,
    )
    if (settings.enforce_twofactor)
      assert.ok(
        own.every((member) => member.user.two_factor_authentication_enabled),
        id,
      )
  }
})

test('subscriptions belong to somebody and cost what their plan says', () => {
  const owners = [...all.accounts, ...all.zones]
  for (const { owner_id, rate_plan, price, frequency, ...row } of all.subscriptions) {
    assert.equal(owners.filter(({ id }) => id === owner_id).length, 1, owner_id)
    assert.equal(price, by(all.ratePlans, rate_plan?.id).monthly_price * PERIOD_PRICES[frequency ?? 'monthly'])
    assert.ok((row.current_period_start ?? '') < (row.current_period_end ?? ''))
  }
})

test('tokens belong to somebody, name groups and resources that exist, and were used after they were issued', () => {
  const owners = ids([...all.accounts, ...all.users])
  const known = new Set([...all.accounts, ...all.zones, ...all.users].map(({ id }) => id).concat('*'))
  for (const { owner_id, policies, issued_on, modified_on, last_used_on, expires_on, not_before } of all.tokens) {
    assert.ok(owners.has(owner_id))
    assert.ok(issued_on <= modified_on)
    if (last_used_on) assert.ok(issued_on <= last_used_on && last_used_on < (expires_on ?? '9999'))
    if (not_before && expires_on) assert.ok(not_before < expires_on)
    for (const policy of policies) {
      assert.ok(policy.permission_groups.length > 0)
      for (const { id } of policy.permission_groups) by(all.tokenGroups, id)
      for (const resource of Object.keys(policy.resources))
        assert.ok(known.has(resource.split('.').at(-1) ?? ''), resource)
    }
  }
})

test('audit entries were made by members, in order, about things that exist or were deleted', () => {
  const times = all.auditLogs.map(({ action }) => action.time)
  assert.deepEqual(times, times.toSorted())
  assert.ok(times.every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) && time < '2026-10-31'))
  const products = new Set(all.categories.flatMap((category) => category.products.map(({ value }) => value)))
  const gone = new Set(
    all.auditLogs.filter(({ action }) => action.type === 'delete').map(({ resource }) => resource?.id),
  )
  const kept = ids([...all.members, ...all.tokens, ...all.subscriptions])
  for (const { account: owner, action, actor, raw, resource, zone } of all.auditLogs) {
    assert.equal(owner.name, by(all.accounts, owner.id).name)
    assert.ok(products.has(resource?.product ?? ''), resource?.product)
    assert.equal(action.result, (raw?.status_code ?? 200) < 400 ? 'success' : 'failure')
    assert.ok(!raw?.uri?.startsWith('/client/v4') && (!raw || /^[0-9a-f]{16}$/.test(raw.cf_ray_id ?? '')))
    if (zone) assert.deepEqual(by(all.zones, zone.id), { ...zone, account_id: owner.id })
    if (actor?.type === 'account') assert.equal(actor.id, owner.id)
    if (actor?.type === 'user') {
      const own = all.members.find((member) => member.account_id === owner.id && member.user.id === actor.id)
      assert.deepEqual([own?.status, own?.user.email], ['accepted', actor.email])
    }
    if (actor?.context === 'api_token') {
      const token = by(all.tokens, actor.token_id)
      assert.ok([owner.id, actor.id].includes(token.owner_id) && token.issued_on <= action.time)
      assert.equal(actor.token_name, token.name)
    }
    if (action.result === 'success' && ['members', 'tokens', 'subscriptions'].includes(resource?.product ?? '')) {
      assert.ok(kept.has(resource?.id ?? '') !== gone.has(resource?.id), resource?.id)
    }
  }
})
