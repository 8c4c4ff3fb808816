/** Runs that nobody thought of, done again with the token that was proposed for them: it is enough, and not more. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zones } from '../../schemas/accounts.ts'
import type { Operation } from '../../schemas/operation.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { Report } from '../../schemas/report.ts'
import { Random } from '../../server/state/random.ts'
import { as } from '../acting.ts'
import { steering } from '../control/steer.ts'
import { ACCOUNT, EMAIL, type Simulator, simulator } from '../simulator.ts'
import { operations, requestFor } from './permission-table.ts'

type Policies = Report['token_policy']['policies']
type Step = [request: string, body: object | undefined]

/** What the documented user gets at: with roles, by invitation, and from above. */
const ACCOUNTS = [ACCOUNT, 'a67e14daa5f8dceeb91fe5449ba496ef', 'eb78d65290b24279ba6f44721b3ea3c4']

/** Deleting would take away what later steps are about; verification is open to every token. */
const tried = operations.filter(({ method, path }) => method !== 'DELETE' && !path.endsWith('/verify'))

const isTokenCreation = ({ method, path }: Operation) => method === 'POST' && path.endsWith('/tokens')
/** Creation is what tells most, and would else hardly ever come up. */
const CREATIONS = Array.from({ length: 10 }, () => tried.filter(isTokenCreation)).flat()
const GROUPS = ['Billing Read', 'Account Settings Read', 'DNS Write']

function randomRun(random: Random, { worlds }: Simulator): Step[] {
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random.fraction() * items.length)] as Item
  /** What a token is given: whoever makes it must have that, too. */
  const policy = () => {
    const account = `com.cloudflare.api.account.${one(['*', ...ACCOUNTS])}`
    const zones = { 'com.cloudflare.api.account.zone.*': '*' }
    const groups = worlds
      .of()
      .store.table(permissionGroups)
      .where({ name: one(GROUPS) })
    return {
      effect: one(['allow', 'allow', 'deny']),
      resources: { [account]: one(['*', zones]) },
      permission_groups: groups.all().map(({ id }) => ({ id })),
    }
  }
  return Array.from({ length: 1 + Math.floor(random.fraction() * 7) }, () => {
    const operation = one([...tried, ...CREATIONS])
    const account_id = one(ACCOUNTS)
    const zone = worlds.of().store.table(zones).where({ account_id }).first()
    const isZone = zone && operation.path.includes(':account_or_zone_id') && random.fraction() < 0.5
    const request = requestFor(operation).replace(
      `accounts/${ACCOUNT}`,
      isZone ? `zones/${zone.id}` : `accounts/${account_id}`,
    )
    const query = request.includes('/logs/audit') ? '?since=2026-01-01&before=2026-02-01' : ''
    if (operation.method === 'GET') return [request + query, undefined]
    return [request, isTokenCreation(operation) ? { name: 'one', policies: [policy()] } : { name: 'New' }]
  })
}

/** The requests that somebody lacks the rights for, or sees none of their accounts with. */
async function refused({ call }: Simulator, run: readonly Step[], headers: Record<string, string>): Promise<Step[]> {
  const lacking: Step[] = []
  for (const [request, body] of run) {
    const { headers: answered, body: answer } = await call(request, { headers, ...(body && { body }) })
    const isEmpty = request === 'GET /accounts' && answer.result.length === 0
    if (isEmpty || answered['fauxflare-denied'] !== undefined) lacking.push([request, body])
  }
  return lacking
}

/** Does a run in a new world, with a token that the user makes there. */
async function again(made: Simulator, run: readonly Step[], policies: Policies): Promise<Step[]> {
  made.worlds.reset()
  const { text, body } = await made.call('POST /user/tokens', { headers: as(EMAIL), body: { name: 'least', policies } })
  assert.ok(body.success, text)
  return refused(made, run, { authorization: `Bearer ${body.result.value}` })
}

test('what is proposed for a run opens all of it, and without any group of it does not', async (t) => {
  const made = await simulator(t, { auth: 'enforce' })
  const random = Random.of(23, 'chance')
  let tries = 0
  for (let round = 0; round < 25; round += 1) {
    made.worlds.reset()
    const asked = randomRun(random, made)
    // What the user may not do, no token of theirs does.
    const beyond = await refused(made, asked, as(EMAIL))
    const run = asked.filter(([request]) => !beyond.some(([other]) => other === request))
    const first = await simulator(t, { auth: 'enforce' })
    assert.deepEqual(await refused(first, run, as(EMAIL)), [])
    const { policies }: Report['token_policy'] = (await steering(first.app)('GET /report')).body.token_policy
    const title = JSON.stringify({ run, policies })
    assert.deepEqual(await again(made, run, policies), [], title)
    for (const [at, policy] of policies.entries()) {
      for (const group of policy.permission_groups) {
        tries += 1
        const permission_groups = policy.permission_groups.filter((other) => other !== group)
        const less = policies
          .with(at, { ...policy, permission_groups })
          .filter((one) => one.permission_groups.length > 0)
        assert.notDeepEqual(await again(made, run, less), [], `${title} without ${group.name}`)
      }
    }
  }
  assert.ok(tries > 40, `${tries} groups were left out`)
})
