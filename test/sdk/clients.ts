/** The vendor's SDK, pointed at a simulator behind a real socket. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { TestContext } from 'node:test'
import type { APIError, ClientOptions, Cloudflare } from 'cloudflare'
import { type Config, type Fauxflare, fauxflare } from '../../server/index.ts'
import { closeAfter, TOKEN } from '../simulator.ts'

/** Its CommonJS build: of all its files, tsx would have a look at each that is imported. */
export const sdk = createRequire(import.meta.url)('cloudflare') as typeof import('cloudflare')

/** Every test lives at this moment, unless it asks for another. */
export const NOW = '2026-11-21T10:00:00Z'

/** Starts a simulator on a free port, for one test. */
export async function listening(t: TestContext, options: Partial<Config> = {}): Promise<Fauxflare> {
  const cf = await fauxflare({ clock: NOW, ...options })
  closeAfter(t, cf)
  return cf
}

/** A client that never repeats a request, so that each failure is seen. The environment is not asked for credentials. */
export function clientOf(cf: Fauxflare, options: ClientOptions = {}): Cloudflare {
  return new sdk.Cloudflare({
    baseURL: cf.baseURL,
    apiToken: TOKEN,
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    maxRetries: 0,
    ...options,
  })
}

/** The error that a call ends in. */
export async function refused(call: Promise<unknown>): Promise<APIError> {
  try {
    await call
  } catch (error) {
    assert.ok(error instanceof sdk.APIError, `not an error of the API: ${error}`)
    return error
  }
  return assert.fail('the call was not refused')
}

/** Everything that an iterator gives. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
