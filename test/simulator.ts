/** A simulator for one test: made for it, closed with it. */
import type { TestContext } from 'node:test'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Config } from '../schemas/config.ts'
import { readConfig } from '../server/config.ts'
import { DEMO, fixturesOf } from '../server/fixtures/begin.ts'
import { API } from '../server/paths.ts'
import type { Snapshot } from '../server/state/snapshot.ts'
import { worldOptionsOf } from '../server/world-options.ts'
import { Worlds } from '../server/worlds.ts'
import { giveBack, lend } from './lent-server.ts'

/** The documented account, and credentials that every test may use. */
export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
export const TOKEN = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
export const EMAIL = 'user@example.com'
export const KEY = '144c9defac04969c7bfad8efaa8ea194'
/** Well formed, and the id of nothing. */
export const UNKNOWN = '0123456789abcdef0123456789abcdef'

/** An answer of the API, read. */
export interface Reply {
  status: number
  headers: LightMyRequestResponse['headers']
  /** The body as text. */
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of every shape
  body: any
}

export interface Simulator {
  /** The server. Whoever takes hold of it has it for good: it is closed with the test, and not handed on. */
  readonly app: FastifyInstance
  worlds: Worlds
  /** Calls the API, as `call('GET /accounts')`, with the documented token unless other headers are given. */
  call(request: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Reply>
}

/** Rows are immutable, so that one reading of the fixtures serves every test of a file. */
const snapshots = new Map<string, Snapshot>()
async function snapshotOf({ fixtures, seed, clock }: Config): Promise<Snapshot> {
  const name = fixtures === DEMO ? `${fixtures} ${seed} ${clock}` : fixtures
  const snapshot = snapshots.get(name) ?? (await fixturesOf(fixtures, { seed, clock }))
  snapshots.set(name, snapshot)
  return snapshot
}

/** Starts a simulator without a socket. The clock stands still, so that answers can be compared. */
export async function simulator(t: TestContext, options: Partial<Config> = {}): Promise<Simulator> {
  const config = readConfig({ given: { clock: '2026-11-21T10:00:00Z', ...options } })
  const worlds = new Worlds(await snapshotOf(config), await worldOptionsOf(config), config.maxSandboxes)
  const server = await lend(config, worlds)
  const { app } = server
  let isTaken = false
  let open = 0
  closeAfter(t, {
    // A request that is still open would go on in the next test.
    close: () => (isTaken || open > 0 ? app.close() : giveBack(config, server)),
  })
  return {
    get app() {
      isTaken = true
      return app
    },
    worlds,
    async call(request, { body, headers = { authorization: `Bearer ${TOKEN}` } } = {}) {
      const [method, path] = request.split(' ') as ['GET', string]
      open += 1
      const answer = await app.inject({
        method,
        url: API + path,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      open -= 1
      const text = answer.body
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text,
        body: text === '' ? undefined : JSON.parse(text),
      }
    },
  }
}

/**
 * Closes something after a test, and lets go of it: what a test is told to do in the end is kept until the process
 * ends, and everything that it refers to.
 */
export function closeAfter(t: TestContext, closing: { close(): unknown }): void {
  let open: typeof closing | undefined = closing
  t.after(async () => {
    await open?.close()
    open = undefined
  })
}

/** `[status, code, message]` of a failure. */
export function failureOf({ status, body }: Reply): [status: number, code: number, message: string] {
  return [status, body.errors[0].code, body.errors[0].message]
}
