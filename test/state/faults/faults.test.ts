/** How a world keeps its rules: under which ids, what it shows of them, and what becomes of those that go. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Clock } from '../../../server/state/clock.ts'
import { FaultError, Faults, MOST_RULES, readFaults } from '../../../server/state/faults/faults.ts'
import { Random } from '../../../server/state/random.ts'
import { CREATE, faultsAlone, LIST, OPERATIONS } from './rules-in-a-world.ts'

const TOKEN = LIST.caller?.token ?? ''

test('Ids count up, and none is given twice, whatever was removed or refused', () => {
  const { faults } = faultsAlone([{ effect: 'reset' }, { effect: 'reset' }])
  faults.remove('fault-2')
  assert.throws(() => faults.add({ effect: 'rest' }), FaultError)
  assert.deepEqual(
    faults.add([{ effect: 'hang' }, 'slow']).map(({ id }) => id),
    ['fault-3', 'fault-4'],
  )
  faults.clear()
  assert.equal(faults.isEmpty, true)
  assert.equal(faults.add({ effect: 'hang' })[0]?.id, 'fault-5')
})

test('A rule is found and removed by its id or its name', () => {
  const { faults } = faultsAlone([{ effect: 'reset' }, { name: 'mine', effect: 'hang' }])
  assert.equal(faults.get('fault-2')?.name, 'mine')
  assert.equal(faults.get('mine')?.id, 'fault-2')
  assert.equal(faults.get('other'), undefined)
  assert.equal(faults.remove('other'), false)
  assert.equal(faults.remove('mine'), true)
  assert.equal(faults.remove('mine'), false)
  assert.deepEqual(
    faults.list().map(({ id }) => id),
    ['fault-1'],
  )
  assert.equal(faults.add({ name: 'mine', effect: 'hang' })[0]?.id, 'fault-3')
})

test('Neither the list nor what is added shows a token, and the rule goes by it all the same', () => {
  const { faults, gone } = faultsAlone()
  const shown = faults.add([
    { name: 'a', match: { credential: TOKEN, method: 'GET' }, effect: 'reset' },
    { match: { header: { Authorization: `Bearer ${TOKEN}`, 'x-auth-key': TOKEN, accept: '*' } }, effect: 'reset' },
    { match: { credential: 'user@example.com' }, effect: 'reset' },
  ])
  assert.equal(faults.strike(LIST)?.name, 'a')
  const listed = faults.list()
  faults.clear()
  for (const rules of [shown, listed, gone]) assert.ok(!JSON.stringify(rules).includes(TOKEN))
  assert.deepEqual(shown[0]?.match, { credential: '[redacted]', method: 'GET' })
  assert.deepEqual(shown[1]?.match?.header, {
    Authorization: 'Bearer [redacted]',
    'x-auth-key': '[redacted]',
    accept: '*',
  })
  assert.deepEqual(shown[2]?.match, { credential: 'user@example.com' })
})

test('Every rule that goes is told, with why and what it did', () => {
  const { faults, gone } = faultsAlone([
    { name: 'a', match: { method: 'GET' }, effect: 'reset' },
    { name: 'b', match: { method: 'POST' }, effect: 'reset' },
    { name: 'c', effect: 'reset' },
  ])
  faults.strike(LIST)
  faults.remove('b')
  faults.retire('reset')
  faults.retire('reset')
  assert.deepEqual(
    gone.map(([{ name, struck }, why]) => [name, struck, why]),
    [
      ['b', 0, 'removed'],
      ['a', 1, 'reset'],
      ['c', 0, 'reset'],
    ],
  )
  faults.add({ name: 'd', effect: 'reset' })
  faults.clear()
  assert.equal(gone.at(-1)?.[1], 'cleared')
})

test('A world has a thousand rules at most, and room again when some go', () => {
  const { faults } = faultsAlone(Array.from({ length: MOST_RULES }, () => ({ effect: 'reset' })))
  const full = { name: 'FaultError', pointer: '', message: /more than 1000 rules\. Remove some/ }
  assert.throws(() => faults.add({ effect: 'reset' }), full)
  assert.throws(() => faults.add('slow'), full)
  assert.equal(faults.list().length, MOST_RULES)
  faults.remove('fault-1')
  faults.add('slow')
  assert.throws(() => faults.add('outage'), full)
})

test('A world begins with rules, each time anew', () => {
  const rules = readFaults(
    [{ name: 'a', when: { times: 1 }, match: { credential: TOKEN }, effect: { error: 503 } }, 'slow'],
    OPERATIONS,
  )
  assert.deepEqual(rules[0], {
    name: 'a',
    when: { times: 1 },
    match: { credential: TOKEN },
    effect: { error: { status: 503 } },
  })
  const context = { operations: OPERATIONS, clock: Clock.of('real'), chance: Random.of(1, 'chance') }
  for (let i = 0; i < 2; i += 1) {
    const faults = new Faults(context, rules)
    assert.equal(faults.strike(LIST)?.name, 'a')
    assert.equal(faults.strike(LIST)?.name, 'slow')
    assert.deepEqual(
      faults.add({ effect: 'reset' }).map(({ id }) => id),
      ['fault-3'],
    )
    assert.throws(() => faults.add({ name: 'a', effect: 'reset' }), FaultError)
  }
})

test('A world begins with no rule that cannot be', () => {
  const context = { operations: OPERATIONS, clock: Clock.of('real'), chance: Random.of(1, 'chance') }
  const rules = [{ match: { operation: 'account-creatio' }, effect: { error: { status: 503 } } }]
  assert.throws(() => new Faults(context, rules), { name: 'FaultError', pointer: '/0/match/operation' })
  // The same list is judged by what the other server does.
  const operations = OPERATIONS.filter(({ id }) => id === 'account-creation')
  const list = [{ match: { operation: 'account-creation' }, effect: { error: { status: 503 } } }]
  assert.equal(new Faults({ ...context, operations }, list).strike(CREATE)?.name, 'fault-1')
  assert.throws(() => new Faults({ ...context, operations: [] }, list), FaultError)
})
