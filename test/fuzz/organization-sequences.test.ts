/** Long random lives of organizations, told to the simulator and to a model of a few lines: both must agree. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accounts as accountRows } from '../../schemas/accounts.ts'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { addMember } from '../../server/rules/organization-members.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { as } from '../acting.ts'
import { EMAIL, type Simulator, simulator } from '../simulator.ts'

const SEED = 20261122
/** Two administrators of the tenant, one of whom is at two roots, and somebody who is only below one. */
const PEOPLE = [EMAIL, 'ruth.campbell@example.com', 'edward.langley@example.net']
const TENANT_ADMINISTRATORS = PEOPLE.slice(0, 2)
const GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
/** In the same hierarchy, both below the root. */
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
/** What only these accounts have in their names. */
const OURS = 'Model account'

interface Organization {
  name: string
  parent: string | undefined
  /** How each of the people there stands to it, whose addresses are the keys. */
  members: Map<string, 'active' | 'pending'>
  isGone?: true
}

interface Account {
  id: string
  parent: string
}

/** What the simulator should hold. Organizations that are gone stay, so that they are asked for again. */
interface Model {
  all: Map<string, Organization>
  accounts: Account[]
}

type Act = (typeof WHATS)[number]
const WHATS = [
  'found',
  'found',
  'rename',
  'dissolve',
  'dissolve',
  'open',
  'open',
  'move',
  'move',
  'batch',
  'close',
] as const
const PERSONAL = ['invite', 'send'] as const

const step = fc.record({
  what: fc.constantFrom(...WHATS, ...PERSONAL) as fc.Arbitrary<Act | (typeof PERSONAL)[number]>,
  // Most often by whom most is allowed.
  by: fc.constantFrom(...PEOPLE, ...TENANT_ADMINISTRATORS, EMAIL),
  whom: fc.constantFrom(...PEOPLE),
  /** Which of the organizations, counted from the newest, and which of the accounts. */
  which: fc.nat({ max: 9 }),
  where: fc.nat({ max: 200 }),
  status: fc.constantFrom('active', undefined),
})

/** The organizations from the root down. */
function chainOf(id: string | undefined, model: Model): string[] {
  return id === undefined ? [] : [...chainOf(model.all.get(id)?.parent, model), id]
}

const manages = (email: string, id: string, model: Model) =>
  !model.all.get(id)?.isGone &&
  chainOf(id, model).some((above) => model.all.get(above)?.members.get(email) === 'active')

/** Whether an account is somebody's: every account here was made in the tenant. */
const has = (email: string, { parent }: Account, model: Model) =>
  TENANT_ADMINISTRATORS.includes(email) || manages(email, parent, model)

/** The status of an attempt to move an account. */
function moving(email: string, account: Account, to: string, model: Model): number {
  if (!has(email, account, model)) return 403
  if (model.all.get(to)?.isGone) return 404
  if (!manages(email, to, model)) return 403
  return chainOf(account.parent, model)[0] === chainOf(to, model)[0] ? 200 : 400
}

/** The organizations of the documented world, two of which have one member more, and an account in three of them. */
async function startOf({ call, worlds }: Simulator): Promise<Model> {
  const { store } = worlds.of()
  addMember(GROUP, { user: { email: EMAIL }, status: 'active' }, worlds.of())
  addMember(CUSTOMERS, { user: { email: 'edward.langley@example.net' }, status: 'active' }, worlds.of())
  const accounts: Account[] = []
  for (const parent of [GROUP, CUSTOMERS, PARENT]) {
    const reply = await call('POST /accounts', { body: { name: OURS, unit: { id: parent } }, headers: as(EMAIL) })
    accounts.push({ id: reply.body.result.id, parent })
  }
  const all = new Map<string, Organization>()
  for (const { id, name, parent_id } of store.table(organizations).all()) {
    const rows = store.table(organizationMembers, id).all()
    const present = rows.flatMap(({ status, user }) =>
      status === 'active' || status === 'pending' ? [[user.email, status] as const] : [],
    )
    all.set(id, { name, parent: parent_id, members: new Map(present) })
  }
  return { all, accounts }
}

/** Everything of a list, page by page. */
async function walk({ call }: Simulator, path: string, headers: Record<string, string>) {
  // biome-ignore lint/suspicious/noExplicitAny: rows of every list
  const rows: any[] = []
  for (let token = ''; ; ) {
    const { status, text, body } = await call(`GET ${path}?page_size=3${token}`, { headers })
    assert.equal(status, 200, text)
    rows.push(...body.result)
    const { next_page_token: next } = body.result_info
    if (!next) return rows
    token = `&page_token=${encodeURIComponent(next)}`
  }
}

const sorted = (ids: Iterable<string>) => [...ids].sort()

/** What each of the people sees is what the model says; the tree is a tree, and nothing in it has lost its owner. */
async function compare(made: Simulator, model: Model): Promise<void> {
  for (const email of PEOPLE) {
    const headers = as(email)
    const seen = await walk(made, '/organizations', headers)
    const ids = [...model.all.keys()].filter((id) => manages(email, id, model))
    assert.deepEqual(sorted(seen.map(({ id }) => id)), sorted(ids), email)
    for (const { id, name, meta, parent } of seen) {
      const expected = model.all.get(id)
      assert.deepEqual([name, parent?.id, meta.hierarchy_tags], [expected?.name, expected?.parent, chainOf(id, model)])
      const held = await walk(made, `/organizations/${id}/accounts`, headers)
      assert.deepEqual(
        sorted(held.filter(({ name: of }) => of.startsWith(OURS)).map((row) => row.id)),
        sorted(model.accounts.filter((account) => account.parent === id).map((account) => account.id)),
      )
      const people = await walk(made, `/organizations/${id}/members`, headers)
      const present = people.filter(({ status }) => status === 'active' || status === 'pending')
      assert.deepEqual(new Map(present.map(({ user, status }) => [user.email, status])), expected?.members, 'members')
    }
    const { result } = (await made.call(`GET /accounts?per_page=50&name=${encodeURIComponent(OURS)}`, { headers })).body
    const own = model.accounts.filter((account) => has(email, account, model))
    assert.deepEqual(
      new Map(result.map((row: { id: string; managed_by: object }) => [row.id, row.managed_by])),
      new Map(
        own.map(({ id, parent }) => [id, { parent_org_id: parent, parent_org_name: model.all.get(parent)?.name }]),
      ),
    )
  }
  const world = made.worlds.of()
  const document = Checkpoint.of(world).toJSON()
  assert.deepEqual(Checkpoint.read(document, world).toJSON(), document)
}

test('organizations live as the model says', async (t) => {
  const made = await simulator(t, { auth: 'enforce' })
  const life = fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
    made.worlds.reset()
    const model = await startOf(made)
    const { all, accounts } = model
    for (const [n, { what, by, whom, which, where, status }] of steps.entries()) {
      const id = [...all.keys()].reverse()[which % all.size] as string
      const organization = all.get(id) as Organization
      const account = accounts[where % Math.max(1, accounts.length)]
      const isManaged = manages(by, id, model)
      const refusal = organization.isGone ? 404 : 403
      const call = (request: string, body?: unknown) => made.call(request, { body, headers: as(by) })
      const path = `/organizations/${id}`
      if (what === 'found') {
        const reply = await call('POST /organizations', { name: `${n}`, parent: { id } })
        assert.equal(reply.status, isManaged ? 200 : refusal, reply.text)
        if (isManaged) all.set(reply.body.result.id, { name: `${n}`, parent: id, members: new Map([[by, 'active']]) })
      } else if (what === 'rename') {
        const reply = await call(`PUT ${path}`, { name: `${n}` })
        assert.equal(reply.status, isManaged ? 200 : refusal, reply.text)
        if (isManaged) organization.name = `${n}`
      } else if (what === 'dissolve') {
        const isFull =
          [...all.values()].some(({ parent, isGone }) => parent === id && !isGone) ||
          made.worlds.of().store.table(accountRows).where({ parent_org_id: id }).total() > 0 ||
          [...organization.members.keys()].some((email) => email !== by)
        const reply = await call(`DELETE ${path}`)
        assert.equal(reply.status, isManaged ? (isFull ? 400 : 200) : refusal, reply.text)
        if (isManaged && !isFull) organization.isGone = true
      } else if (what === 'open') {
        const reply = await call('POST /accounts', { name: `${OURS} ${n}`, unit: { id } })
        const isMade = isManaged && TENANT_ADMINISTRATORS.includes(by)
        assert.equal(reply.status, isMade ? 200 : 403, reply.text)
        if (isMade) accounts.push({ id: reply.body.result.id, parent: id })
      } else if (what === 'invite') {
        const reply = await call(`POST ${path}/members`, { member: { user: { email: whom }, status } })
        const expected = organization.members.has(whom) ? 400 : 200
        assert.equal(reply.status, isManaged ? expected : refusal, reply.text)
        if (reply.status === 200) organization.members.set(whom, status ?? 'pending')
      } else if (what === 'send') {
        const rows = made.worlds.of().store.table(organizationMembers, id).all()
        const row = rows.find(({ user, status: is }) => user.email === whom && is !== 'canceled' && is !== 'rejected')
        const reply = await call(`DELETE ${path}/members/${row?.id ?? '0'.repeat(32)}`)
        assert.equal(reply.status, isManaged ? (row ? 204 : 404) : refusal, reply.text)
        if (isManaged) organization.members.delete(whom)
      } else if (account && what === 'move') {
        const expected = moving(by, account, id, model)
        const reply = await call(`POST /accounts/${account.id}/move`, { destination_organization_id: id })
        assert.equal(reply.status, expected, reply.text)
        if (expected === 200) account.parent = id
      } else if (account && what === 'batch') {
        const body = { account_ids: accounts.map((one) => one.id), destination_organization_id: id }
        const reply = await call('POST /accounts/move', body)
        assert.equal(reply.status, isManaged ? 200 : refusal, reply.text)
        if (!isManaged) continue
        const moved = accounts.filter((one) => moving(by, one, id, model) === 200)
        assert.equal(reply.body.result.statuses.moved, moved.length === accounts.length)
        for (const one of moved) one.parent = id
      } else if (account) {
        const isOwn = TENANT_ADMINISTRATORS.includes(by)
        const reply = await call(`DELETE /accounts/${account.id}`)
        assert.equal(reply.status, isOwn ? 200 : 403, reply.text)
        if (isOwn) accounts.splice(accounts.indexOf(account), 1)
      }
    }
    await compare(made, model)
  })
  await fc.assert(life, { seed: SEED, numRuns: 15 })
})
