/** The rules that come with the server, as data. */
import type { PRESETS as NAMES } from '../../../schemas/control/faults.ts'
import type { FaultRule } from '../../../schemas/faults.ts'
import { FAILURES } from '../../errors.ts'

/** Rules under one name. */
export interface Preset {
  /** One line, for the documentation. */
  description: string
  rules: readonly FaultRule[]
}

export type PresetName = (typeof NAMES)[number]

const { AUTHENTICATION, RATE_LIMITED } = FAILURES

/** The probability that the n-th of some rules needs, so that each of them strikes one request in `of`. */
const share = (n: number, of: number) => 1 / (of - n)

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  flaky: {
    description: 'One request in five fails: with 500, 502 or 503, or with a connection that is reset.',
    rules: [
      { name: 'flaky-500', when: { probability: share(0, 20) }, effect: { error: { status: 500 } } },
      { name: 'flaky-502', when: { probability: share(1, 20) }, effect: { error: { status: 502 } } },
      { name: 'flaky-503', when: { probability: share(2, 20) }, effect: { error: { status: 503, retry_after: 1 } } },
      { name: 'flaky-reset', when: { probability: share(3, 20) }, effect: { connection: 'reset' } },
    ],
  },
  slow: {
    description: 'Every answer comes late: half of them after 800 ms or more, a few after several seconds.',
    rules: [{ name: 'slow', effect: { delay: { lognormal: { median: 800, sigma: 0.6 } } } }],
  },
  outage: {
    description: 'Every request is answered with 503.',
    rules: [{ name: 'outage', effect: { error: { status: 503 } } }],
  },
  'rate-limited': {
    description: 'Every request is answered with 429, code 971, and `retry-after: 1`.',
    rules: [
      {
        name: 'rate-limited',
        effect: {
          error: {
            status: RATE_LIMITED.status,
            code: RATE_LIMITED.code,
            message: RATE_LIMITED.message,
            retry_after: 1,
          },
        },
      },
    ],
  },
  'auth-outage': {
    description: 'Nobody can sign in: every request is answered with 403, code 10000.',
    rules: [
      {
        name: 'auth-outage',
        effect: {
          error: { status: AUTHENTICATION.status, code: AUTHENTICATION.code, message: AUTHENTICATION.message },
        },
      },
    ],
  },
  eventual: {
    description: 'Reads lag two seconds behind writes, by the clock of the world.',
    rules: [{ name: 'eventual', effect: { stale: { ms: 2000 } } }],
  },
}
