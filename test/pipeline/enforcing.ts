/** A simulator in which credentials must exist, and tokens made in it for one test. */
import type { TestContext } from 'node:test'
import type { Config } from '../../schemas/config.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { tokens } from '../../schemas/tokens.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, type Reply, type Simulator, simulator } from '../simulator.ts'

/** The documented user. */
export const USER = '7c5dae5552338874e5053f2534d2767a'
/** When the clock of these tests stands still. */
export const NOW = '2026-11-21T10:00:00Z'

export const INVALID_ACCESS = [403, 9109, 'Invalid access token'] as const
export const UNKNOWN_PAIR = [400, 9103, 'Unknown X-Auth-Key or X-Auth-Email'] as const
export const AUTHENTICATION = [403, 10000, 'Authentication error'] as const
export const USER_ONLY = [403, 9109, 'Valid user-level authentication not found'] as const
export const INVALID = [401, 1000, 'Invalid API Token'] as const

export const bearer = (value: string) => ({ authorization: `Bearer ${value}` })
/** The documented user's own address and key. */
export const PAIR = as(EMAIL)

/** What a token of an account may be used for here. */
const ALLOWED = {
  effect: 'allow',
  resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
  // Account Settings Read
  permission_groups: [{ id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }],
}

export interface Made {
  id: string
  value: string
}

export interface Enforcing extends Simulator {
  /** Makes a token of the documented user, without any rights. */
  userToken(body?: object): Promise<Made>
  /** Makes a token of the documented account, that may read it. */
  accountToken(body?: object): Promise<Made>
  /** Asks from an address, for example `from('192.0.2.1', 'GET /accounts', value)`. */
  from(address: string, request: string, value: string, headers?: Record<string, string>): Promise<Reply>
  /** A token as it is kept. */
  rowOf(id: string): TokenRow | undefined
}

/** Starts a simulator with `--auth enforce`. */
export async function enforcing(t: TestContext, options: Partial<Config> = {}): Promise<Enforcing> {
  const made = await simulator(t, { auth: 'enforce', clock: NOW, ...options })
  const { app, call, worlds } = made
  const make = async (path: string, body: object) => {
    const { status, text, body: answer } = await call(`POST ${path}`, { headers: PAIR, body })
    if (status !== 200) throw new Error(`No token was made: ${text}`)
    return { id: answer.result.id, value: answer.result.value }
  }
  return {
    ...made,
    userToken: (body) => make('/user/tokens', { name: 'one', policies: [], ...body }),
    accountToken: (body) => make(`/accounts/${ACCOUNT}/tokens`, { name: 'one', policies: [ALLOWED], ...body }),
    async from(remoteAddress, request, value, headers = {}) {
      const [method, path] = request.split(' ') as ['GET', string]
      const url = `/client/v4${path}`
      const answer = await app.inject({ method, url, remoteAddress, headers: { ...bearer(value), ...headers } })
      return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: answer.json() }
    },
    rowOf: (id) => worlds.of().store.table(tokens).get(id),
  }
}
