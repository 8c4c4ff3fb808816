/** What is no rule: each refusal points to what is wrong in what was given, and says what would be right. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from './rules-in-a-world.ts'

const circle: unknown[] = []
circle.push(circle)
let deep: unknown = 1
for (let i = 0; i < 100_000; i += 1) deep = [deep]

/** What is wrong in what was given, and some of what is said about it. */
const forms: [given: unknown, pointer: string, message: RegExp][] = [
  [undefined, '', /nothing/],
  [null, '', /must be a rule, a preset or a list of those, not null/],
  [7, '', /not 7/],
  [() => 1, '', /nothing/],
  [circle, '', /must be JSON: .*circular/],
  [deep, '', /must be JSON/],
  [1n, '', /must be JSON/],
  [[{ effect: 'reset' }, 7], '/1', /not 7/],
  [[['flaky']], '/0', /not \["flaky"\]/],
  [Array.from({ length: 1001 }, () => ({ effect: 'reset' })), '', /1000 rules at most/],
  [Array.from({ length: 1000 }, () => ({ effect: 'reset' })), '', /more than 1000 rules/],
  ['flakey', '', /Did you mean "flaky"\?/],
  [{ preset: 'flakey' }, '/preset', /"slow", .*Did you mean "flaky"\?/],
  [[{ effect: 'reset' }, { preset: 7 }], '/1/preset', /not 7/],
  [{ preset: 'slow', name: 'x' }, '/name', /"match"/],
  [{ preset: 'slow', when: { tims: 1 } }, '/when/tims', /Did you mean "times"\?/],
  [{}, '/effect', /is required/],
  [{ efect: 'reset' }, '/efect', /not allowed here. Did you mean "effect"\? There are "name", /],
  [{ effect: 'reset', '': 1 }, '/', /not allowed here/],
  [{ effect: 'reset', 'a/b~': 1 }, '/a~1b~0', /not allowed here/],
  [JSON.parse('{"effect":"reset","__proto__":{}}'), '/__proto__', /not allowed here/],
  [JSON.parse('{"effect":{"__proto__":{}}}'), '/effect/__proto__', /not allowed here/],
  [{ name: '', effect: 'reset' }, '/name', /fewer than 1 char/],
  [{ name: 'fault-7', effect: 'reset' }, '/name', /must not look like an id/],
  [{ name: 'first', effect: 'reset' }, '/name', /there is a rule "first" already/],
  [[{ name: 'a', effect: 'reset' }, 'slow', { name: 'a', effect: 'reset' }], '/2/name', /a rule "a" already/],
  [['flaky', 'flaky'], '/1', /a rule "flaky-500" already/],
  [['slow', { preset: 'slow' }], '/1/preset', /a rule "slow" already/],
  [{ match: 'x', effect: 'reset' }, '/match', /must be object, not "x"/],
  [{ match: { method: 'get' }, effect: 'reset' }, '/match/method', /Did you mean "GET"\?/],
  [{ match: { header: { 'x-a': 7 } }, effect: 'reset' }, '/match/header/x-a', /must be string, not 7/],
]

const whens: [when: unknown, pointer: string, message: RegExp][] = [
  [7, '', /must be object/],
  [{ evry: 2 }, '/evry', /Did you mean "every"\?/],
  [{ times: 0 }, '/times', />= 1, not 0/],
  [{ times: 1.5 }, '/times', /integer, not 1.5/],
  [{ every: 0 }, '/every', />= 1/],
  [{ after: -1 }, '/after', />= 0/],
  [{ probability: 1.1 }, '/probability', /<= 1/],
  [{ probability: Number.NaN }, '/probability', /must be number, not null/],
  [{ between: ['2026-01-01T00:00:00Z'] }, '/between', /fewer than 2/],
  [
    { between: ['2026-01-01', '2027-01-01T00:00:00Z'] },
    '/between/0',
    /a time with its zone, such as 2026-11-21T10:00:00Z, not "2026-01-01"/,
  ],
  [{ between: ['2026-01-01T00:00:00Z', '2026-12-31T23:59:60Z'] }, '/between/1', /a clock can show/],
  [{ between: ['2027-01-01T00:00:00Z', '2026-01-01T00:00:00Z'] }, '/between', /earlier time first/],
  [{ between: ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00'] }, '/between', /end after it begins/],
]

const effects: [effect: unknown, pointer: string, message: RegExp][] = [
  [null, '', /must be object, not null/],
  [{}, '', /at least one of "error", /],
  ['reste', '', /must be one of reset, .*EMPTY_RESPONSE.*Did you mean "reset"\?/],
  [{ fault: 'EMPTY_RESPONS' }, '/fault', /Did you mean "EMPTY_RESPONSE"\?/],
  [{ fault: 7 }, '/fault', /not 7/],
  [{ fault: 'reset', connection: 'close' }, '/connection', /cannot stand beside "fault": both are a "connection"/],
  [{ errror: 503 }, '/errror', /Did you mean "error"\?/],
  [{ error: 200 }, '/error', />= 400, not 200/],
  [{ error: '503' }, '/error', /must be object, not "503"/],
  [{ error: {} }, '/error/status', /is required/],
  [{ error: { status: 503, cod: 1 } }, '/error/cod', /Did you mean "code"\?/],
  [{ error: { status: 503, code: 7 } }, '/error/code', />= 400/],
  [{ delay: -1 }, '/delay', />= 0, not -1/],
  [{ delay: 3_600_001 }, '/delay', /<= 3600000/],
  [
    { delay: { msec: 1 } },
    '/delay',
    /must be { "ms": … }, { "uniform": … } or { "lognormal": … }.*Did you mean "ms"\?/,
  ],
  [{ delay: { ms: 1, uniform: [1, 2] } }, '/delay', /only one of/],
  [{ delay: { uniform: [3, 1] } }, '/delay/uniform', /shorter delay/],
  [{ delay: { uniform: [1] } }, '/delay/uniform', /fewer than 2/],
  [{ delay: { lognormal: { median: 5, sigma: 9 } } }, '/delay/lognormal/sigma', /<= 3/],
  [{ connection: 'rest' }, '/connection', /Did you mean "reset"\?/],
  [{ connection: 7 }, '/connection', /must be "reset", .*{ "drip": … }/],
  [{ connection: {} }, '/connection', /must be "reset"/],
  [{ connection: { dripp: {} } }, '/connection', /Did you mean "drip"\?/],
  [{ connection: { drip: { bytes_per_s: 0 } } }, '/connection/drip/bytes_per_s', />= 1, not 0/],
  [{ connection: { hang: { ms: 1 }, drip: { bytes_per_s: 1 } } }, '/connection', /only one of/],
  [{ rate_limit: { limit: 1 } }, '/rate_limit/window_s', /is required/],
  [{ rate_limit: { limit: 1, window_s: 1e21 } }, '/rate_limit/window_s', /<= 999999999/],
  [{ rate_limit: { limit: 1e21, window_s: 1 } }, '/rate_limit/limit', /<= 999999999/],
  [{ error: { status: 429, retry_after: 1e21 } }, '/error/retry_after', /<= 999999999/],
  [{ rate_limit: { limit: 1, window_s: 0 } }, '/rate_limit/window_s', />= 0.001/],
  [{ stale: 5 }, '/stale', /must be object/],
  [{ duplicate: false }, '/duplicate', /must be true, not false/],
  // Toxics: the pointer is into what was given, not into what became of it.
  [{ latency: { latncy: 5 } }, '/latency/latncy', /Did you mean "latency"\?/],
  [{ latency: 5 }, '/latency', /must be object/],
  [{ latency: { latency: -5 } }, '/latency/latency', />= 0/],
  [{ bandwidth: {} }, '/bandwidth/rate', /is required/],
  [{ slicer: { average_size: 1, delay: 2_000_000 } }, '/slicer', /slower than one byte a second/],
  [{ latency: {}, delay: 5 }, '/delay', /cannot stand beside "latency": both are a "delay"/],
  [{ bandwidth: { rate: 5 }, limit_data: {} }, '/limit_data', /both are a "connection"/],
  [{ reset_peer: { timeout: 5 }, latency: {} }, '/latency', /both are a "delay"/],
  [{ type: 'latncy' }, '/type', /Did you mean "latency"\?/],
  [{ type: 7 }, '/type', /not 7/],
  [{ type: 'latency', name: 'x' }, '/name', /no field of a toxic/],
  [{ type: 'latency', stream: 'upstream' }, '/stream', /downstream/],
  [{ type: 'latency', attributes: { jitter: 'x' } }, '/attributes/jitter', /must be number/],
]

const cases = [
  ...forms,
  ...whens.map(([when, pointer, message]) => [{ when, effect: 'reset' }, `/when${pointer}`, message] as const),
  ...effects.map(([effect, pointer, message]) => [{ effect }, `/effect${pointer}`, message] as const),
  ...effects
    .filter(([effect]) => effect !== null)
    .map(
      ([effect, pointer, message]) => [[{ sequence: ['reset', effect] }], `/0/sequence/1${pointer}`, message] as const,
    ),
  [{ effect: { type: 'latency', toxicity: 2 } }, '/effect/toxicity', /<= 1, not 2/] as const,
  [
    { when: { probability: 1 }, effect: { type: 'latency', toxicity: 1 } },
    '/effect/toxicity',
    /both say how often/,
  ] as const,
  [{ sequence: [{ type: 'latency', toxicity: 1 }] }, '/sequence/0/toxicity', /cannot stand in a sequence/] as const,
  [{ effect: 'reset', sequence: ['reset'] }, '/sequence', /one of the two/] as const,
  [{ sequence: [] }, '/sequence', /fewer than 1/] as const,
  [{ sequence: 'reset' }, '/sequence', /must be array/] as const,
  [{ sequence: [null, null] }, '/sequence', /never strikes/] as const,
  [{ when: { times: 2 }, sequence: ['reset'] }, '/when/times', /as often as it is long/] as const,
]

for (const [given, pointer, message] of cases) {
  const text = given === deep ? 'a very deep list' : String(shownAs(given)).slice(0, 100)
  test(`${text} is refused at "${pointer}": ${message.source}`, () => {
    const error = refusal(given)
    assert.equal(error.pointer, pointer)
    assert.match(error.message, message)
    assert.ok(error.message.startsWith(`Failed to add the fault: ${pointer || 'it'} `), error.message)
    assert.ok(error.message.endsWith(`${pointer || 'it'} ${error.detail}`))
    assert.match(error.detail, /[.?]$/)
  })
}

function shownAs(given: unknown): string {
  try {
    return JSON.stringify(given) ?? String(given)
  } catch {
    return 'What is no JSON'
  }
}
