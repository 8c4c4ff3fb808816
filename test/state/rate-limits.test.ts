/** How many requests a credential has left: windows, refusals, and a clock that is moved. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Clock } from '../../server/state/clock.ts'
import { type Allowance, RateLimits, rateLimitOf } from '../../server/state/rate-limits.ts'

const TEN_IN_A_MINUTE = { limit: 10, window_s: 60 }

/** A limiter whose clock stands still until it is moved. */
function limiter() {
  const clock = Clock.of('2026-11-21T10:00:00Z')
  const limits = new RateLimits(clock)
  const move = (ms: number) => clock.set({ mode: 'frozen', now: new Date(clock.now() + ms).toISOString() })
  const take = (credential = 'a', limit = TEN_IN_A_MINUTE, name = '') => limits.take(name, credential, limit)
  const spend = (count: number, credential = 'a') => {
    for (let taken = 0; taken < count; taken += 1) take(credential)
  }
  return { limits, move, take, spend }
}

/** Bytes that are in use. */
function heap(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

const told = ({ remaining, reset_s, isOver }: Allowance) => [remaining, reset_s, isOver]

test('A window begins with the first request and counts down', () => {
  const { take, move } = limiter()
  assert.deepEqual(take(), { limit: 10, window_s: 60, remaining: 9, reset_s: 60, isOver: false })
  move(1)
  assert.deepEqual(told(take()), [8, 60, false])
  move(999)
  assert.deepEqual(told(take()), [7, 59, false])
  move(58_001)
  assert.deepEqual(told(take()), [6, 1, false])
})

test('The window that is over leaves nothing behind', () => {
  const { take, move, spend } = limiter()
  spend(10)
  move(59_999)
  assert.equal(take().isOver, true)
  const other = limiter()
  other.spend(10)
  other.move(60_000)
  assert.deepEqual(told(other.take()), [9, 60, false])
})

test('The last request of a limit passes, the next is refused', () => {
  const { take, spend } = limiter()
  spend(9)
  assert.deepEqual(told(take()), [0, 60, false])
  assert.deepEqual(told(take()), [0, 60, true])
})

test('Who was refused is refused for a whole window from then on, and asking does not prolong it', () => {
  const { take, move, spend } = limiter()
  spend(10)
  move(50_000)
  assert.deepEqual(told(take()), [0, 60, true])
  // The window that began with the first request would be over by now.
  move(30_000)
  assert.deepEqual(told(take()), [0, 30, true])
  move(29_500)
  assert.deepEqual(told(take()), [0, 1, true])
  move(500)
  assert.deepEqual(told(take()), [9, 60, false])
})

test('After the seconds that are told, the next request passes', () => {
  for (const ms of [0, 1, 400, 999, 1000, 30_500, 59_001, 59_999]) {
    const { take, move, spend } = limiter()
    spend(11)
    move(ms)
    const { reset_s, isOver } = take()
    assert.equal(isOver, true)
    assert.ok(Number.isInteger(reset_s) && reset_s >= 1, String(reset_s))
    move(reset_s * 1000)
    assert.equal(take().isOver, false, `after ${ms} ms`)
  }
})

test('A window of a fraction of a second is told as a second', () => {
  const { take, move } = limiter()
  const quick = { limit: 1, window_s: 0.25 }
  assert.deepEqual(told(take('a', quick)), [0, 1, false])
  assert.deepEqual(told(take('a', quick)), [0, 1, true])
  move(250)
  assert.deepEqual(told(take('a', quick)), [0, 1, false])
})

test('A limit of none refuses every request', () => {
  const { take, move } = limiter()
  assert.equal(take('a', { limit: 0, window_s: 60 }).isOver, true)
  move(60_000)
  assert.deepEqual(told(take('a', { limit: 0, window_s: 60 })), [0, 60, true])
})

test('Credentials count each for itself, and so do limits of different names', () => {
  const { take, spend } = limiter()
  spend(11)
  assert.equal(take('a').isOver, true)
  assert.equal(take('b').remaining, 9)
  assert.equal(take('a', TEN_IN_A_MINUTE, 'fault-1').remaining, 9)
  assert.equal(take('a', TEN_IN_A_MINUTE, 'fault-2').remaining, 9)
  assert.equal(take('a', TEN_IN_A_MINUTE, 'fault-1').remaining, 8)
})

test('A clock that is set back lets everybody begin anew, refused or not', () => {
  const { take, move, spend } = limiter()
  spend(5, 'b')
  spend(11)
  move(-1)
  assert.deepEqual(told(take()), [9, 60, false])
  assert.deepEqual(told(take('b')), [9, 60, false])
  spend(11)
  move(-365 * 86_400_000)
  assert.deepEqual(told(take()), [9, 60, false])
})

test('A clock that is set ahead ends a refusal', () => {
  const { take, move, spend } = limiter()
  spend(11)
  move(86_400_000)
  assert.deepEqual(told(take()), [9, 60, false])
})

test('Ten thousand credentials are remembered, and then the one whose window began first is forgotten', () => {
  const { limits, take, move, spend } = limiter()
  spend(10, 'first')
  spend(11, 'second')
  move(1)
  // The refusal began anew, later than the window of the first.
  for (let at = 0; at < 9_998; at += 1) take(`c${at}`)
  assert.equal(limits.size, 10_000)
  assert.equal(take('second').isOver, true)
  take('one more')
  assert.equal(limits.size, 10_000)
  assert.equal(take('second').isOver, true)
  assert.equal(take('first').remaining, 9)
})

test('A long credential is told from others by all of it, and is not kept as it is', () => {
  const { limits, take, spend } = limiter()
  const long = 'x'.repeat(15_000)
  spend(11, `${long}a`)
  assert.equal(take(`${long}a`).isOver, true)
  assert.equal(take(`${long}b`).remaining, 9)
  const before = heap()
  for (let at = 0; at < 10_000; at += 1) take(Buffer.from(`${at}${long}`).toString('latin1'))
  assert.equal(limits.size, 10_000)
  // 150 MB had been sent, as a socket brings them: none shares its characters with another.
  assert.ok(heap() - before < 50_000_000)
})

const texts: [text: string, limit: number, window_s: number][] = [
  ['1200/300s', 1200, 300],
  ['0/1s', 0, 1],
  ['20/1m', 20, 60],
  ['20/m', 20, 60],
  ['5000/2h', 5000, 7200],
  ['7/s', 7, 1],
]

for (const [text, limit, window_s] of texts) {
  test(`Reads ${text}`, () => assert.deepEqual(rateLimitOf(text), { limit, window_s }))
}

for (const text of [
  '',
  'off',
  '10',
  '/1s',
  '10/',
  '10/0s',
  '10/1',
  '10/1d',
  '-1/1s',
  '1.5/1s',
  '10/1.5s',
  ' 1/1s',
  '1/1s\n',
]) {
  test(`Refuses ${JSON.stringify(text)} as a limit`, () => assert.throws(() => rateLimitOf(text), RangeError))
}
