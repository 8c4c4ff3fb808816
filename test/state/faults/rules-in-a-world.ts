/** Faults of a world that is nothing else: the operations of the server, a clock that stands still, a seed. */
import assert from 'node:assert/strict'
import type { KeptRule } from '../../../schemas/faults.ts'
import { resources } from '../../../server/resources/index.ts'
import { Clock } from '../../../server/state/clock.ts'
import { type Asked, FaultError, Faults, type Strike } from '../../../server/state/faults/faults.ts'
import { Random } from '../../../server/state/random.ts'

/** What the server does. */
export const OPERATIONS = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))

export type { Asked }

export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
export const NOW = '2026-11-21T10:00:00.000Z'

/** A request that lists members. */
export const LIST: Asked = {
  operation: 'account-members-list-members',
  method: 'GET',
  path: `/accounts/${ACCOUNT}/members`,
  params: { account_id: ACCOUNT },
  headers: { 'user-agent': 'Cloudflare/JS 7.3.0', accept: ['text/plain', 'application/json'] },
  caller: { scheme: 'api_token', token: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' },
}

/** A request that creates an account. */
export const CREATE: Asked = {
  ...LIST,
  operation: 'account-creation',
  method: 'POST',
  path: '/accounts',
  params: {},
  caller: { scheme: 'api_key', email: 'user@example.com' },
}

/** A request that nothing answers to. */
export const UNKNOWN: Asked = { ...LIST, operation: undefined, path: '/acounts', params: {}, caller: undefined }

export interface FaultsAlone {
  faults: Faults
  clock: Clock
  chance: Random
  /** The rules that went, with why. */
  gone: [rule: KeptRule, why: string][]
}

export function faultsAlone(input: unknown = [], seed = 1): FaultsAlone {
  const clock = Clock.of(NOW)
  const chance = Random.of(seed, 'chance')
  const gone: FaultsAlone['gone'] = []
  const faults = new Faults({ operations: OPERATIONS, clock, chance, onUnused: (rule, why) => gone.push([rule, why]) })
  faults.add(input)
  return { faults, clock, chance, gone }
}

/** What a strike does, and what it is called. */
export function bare(strike: Strike | undefined): Pick<Strike, 'name' | 'effect'> | undefined {
  return strike && { name: strike.name, effect: strike.effect }
}

/** What strikes a request, as {@link bare}. */
export const strikeOn = (faults: Faults, asked: Asked) => bare(faults.strike(asked))

/** The rule that is kept when this is added. */
export function kept(input: unknown): KeptRule {
  const [rule] = faultsAlone(input).faults.list()
  assert.ok(rule)
  return rule
}

/** The error of adding something to faults that have one rule already, which nothing may change. */
export function refusal(input: unknown): FaultError {
  const { faults } = faultsAlone({ name: 'first', effect: 'reset' })
  const before = JSON.stringify(faults.list())
  try {
    faults.add(input)
  } catch (error) {
    assert.ok(error instanceof FaultError, String(error))
    assert.equal(JSON.stringify(faults.list()), before)
    return error
  }
  assert.fail(`${JSON.stringify(input)} was not refused`)
}
