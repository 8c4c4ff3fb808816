/** What holds for every rule. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FaultRule, When } from '../../../schemas/faults.ts'
import { FaultError } from '../../../server/state/faults/faults.ts'
import { type Asked, CREATE, faultsAlone, kept, LIST, UNKNOWN } from './rules-in-a-world.ts'

/** Leaves fields out at random. */
const partly = <Value>(model: { [Key in keyof Value]: fc.Arbitrary<Value[Key]> }) =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<Value>>

const probability = fc.double({ min: 0, max: 1, noNaN: true })
const when = partly<Required<Omit<When, 'between'>>>({
  after: fc.nat(5),
  times: fc.integer({ min: 1, max: 5 }),
  every: fc.integer({ min: 1, max: 4 }),
  probability,
})
const match = partly({
  method: fc.constantFrom('GET', 'POST'),
  path: fc.constantFrom('/accounts', '/accounts/**', '/**'),
  header: fc.constantFrom({ accept: '*' }, { accept: 'text/*' }, { 'x-no': '*' }),
})
const effect = fc.constantFrom({ error: { status: 503 } }, { connection: 'reset' }, { delay: { ms: 5 } })
const sequence = fc
  .array(fc.option(effect), { minLength: 1, maxLength: 4 })
  .filter((steps) => steps.some((step) => step !== null))
const rule = fc.oneof(
  fc.record({ when, match, effect }),
  fc.record({ match, sequence, when: when.map(({ times: _, ...rest }) => rest) }),
) as fc.Arbitrary<FaultRule>
const rules = fc.array(rule, { maxLength: 5 })
const requests = fc.array(fc.constantFrom<Asked>(LIST, CREATE, UNKNOWN), { maxLength: 60 })

test('Counters never exceed what the rule says, and every request is struck by one rule at most', () => {
  fc.assert(
    fc.property(rules, requests, fc.integer(), (given, asked, seed) => {
      const { faults } = faultsAlone(given, seed)
      const strikes = asked.map((one) => faults.strike(one)).filter((strike) => strike !== undefined)
      const list = faults.list()
      for (const { matched, struck, when = {}, sequence } of list) {
        const { times, after = 0, every = 1 } = when
        const turns = Math.max(0, Math.floor((matched - after) / every))
        assert.ok(struck <= (times ?? Number.POSITIVE_INFINITY))
        assert.ok(struck <= (sequence?.filter((step) => step !== null).length ?? Number.POSITIVE_INFINITY))
        assert.ok(struck <= turns && matched <= asked.length)
        if (when.probability === undefined && !sequence) assert.equal(struck, Math.min(turns, times ?? turns))
      }
      const total = list.reduce((sum, { struck }) => sum + struck, 0)
      assert.equal(total, strikes.length)
    }),
  )
})

test('The same seed, rules and requests give the same strikes', () => {
  fc.assert(
    fc.property(rules, requests, fc.integer(), (given, asked, seed) => {
      const run = () => {
        const { faults, chance } = faultsAlone(given, seed)
        const strikes = asked.map((one) => faults.strike(one))
        return JSON.stringify([strikes, faults.requested('flaky'), faults.list(), chance.state])
      }
      assert.equal(run(), run())
    }),
  )
})

test('A rule as it is kept can be added again, and is the same', () => {
  fc.assert(
    fc.property(rule, (given) => {
      const { id: _, matched: __, struck: ___, ...first } = kept(given)
      assert.deepEqual(first, JSON.parse(JSON.stringify(given)))
      const { id: ____, matched: _____, struck: ______, ...second } = kept(first)
      assert.deepEqual(second, first)
    }),
  )
})

const WORDS = [
  ...['name', 'match', 'when', 'effect', 'sequence', 'preset', 'operation', 'method', 'path', 'account_id', 'header'],
  ...['credential', 'after', 'times', 'every', 'probability', 'between', 'error', 'delay', 'connection', 'rate_limit'],
  ...['spoil', 'stale', 'duplicate', 'status', 'code', 'ms', 'uniform', 'lognormal', 'median', 'sigma', 'drip', 'hang'],
  ...['truncate', 'slow_close', 'bytes', 'bytes_per_s', 'limit', 'window_s', 'remove', 'set', 'value', 'type', 'fault'],
  ...['latency', 'jitter', 'timeout', 'slicer', 'average_size', 'toxicity', 'attributes', '__proto__', 'constructor'],
]
const VALUES = [
  'reset',
  'flaky',
  'EMPTY_RESPONSE',
  '/result/0',
  '/accounts/**',
  'GET',
  '2026-01-01T00:00:00Z',
  '{*,**',
  '',
]
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 5 }))
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.oneof(fc.constantFrom(...VALUES), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.string()),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.dictionary(word, tie('anything'), { maxKeys: 5 }),
  ),
}))
/** Anything at a place where a rule has something. */
const nearly = fc.oneof(
  anything,
  fc.record({ effect: anything }),
  fc.record({ effect: fc.constant('reset'), when: anything, match: anything }, { requiredKeys: ['effect'] }),
  fc.record({ effect: fc.dictionary(fc.constantFrom(...WORDS), anything, { minKeys: 1, maxKeys: 2 }) }),
  fc.record({
    match: fc.record({ path: fc.string({ unit: fc.constantFrom(...'/*{},a?:') }) }),
    effect: fc.constant('reset'),
  }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
)

function written(input: unknown, otherwise: string): string {
  try {
    return JSON.stringify(input) ?? otherwise
  } catch {
    return otherwise
  }
}

test('What is no rule gives a FaultError, and never changes the list', () => {
  let added = 0
  fc.assert(
    fc.property(nearly, fc.constantFrom('add', 'text', 'json'), fc.json(), (input, verb, text) => {
      const { faults } = faultsAlone({ name: 'first', effect: 'reset' })
      const before = JSON.stringify(faults.list())
      try {
        if (verb === 'add') added += faults.add([{ effect: 'hang' }, input]).length
        else faults.requested(verb === 'text' ? String(Object.keys(Object(input))) : written(input, text))
      } catch (error) {
        assert.ok(error instanceof FaultError, String(error))
        assert.ok(error.message.length < 3000, 'The message is for people.')
        assert.equal(JSON.stringify(faults.list()), before)
      }
    }),
    { seed: 20261122, numRuns: 1500 },
  )
  assert.ok(added > 0, 'Some of it is a rule.')
})

test('Whatever a rule matches, no request makes it fail', () => {
  const asked = fc.record({
    operation: fc.option(fc.string(), { nil: undefined }),
    method: fc.string(),
    path: fc.string(),
    params: fc.dictionary(fc.string(), fc.string()),
    headers: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined))),
    caller: fc.constantFrom(LIST.caller, CREATE.caller, undefined),
  }) as fc.Arbitrary<Asked>
  fc.assert(
    fc.property(rules, fc.array(asked, { maxLength: 10 }), (given, requests) => {
      const { faults } = faultsAlone(given)
      for (const one of requests) faults.strike(one)
    }),
  )
})
