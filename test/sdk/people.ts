/** People of the documented world, each with the vendor's SDK, where credentials must exist. */
import type { TestContext } from 'node:test'
import type { APIError, Cloudflare } from 'cloudflare'
import { apiKey } from '../../fixtures/docs/hash.ts'
import type { Fauxflare } from '../../server/index.ts'
import { ACCOUNT, EMAIL, KEY } from '../simulator.ts'
import { clientOf, listening, refused } from './clients.ts'

/** A simulator that asks for credentials that exist. */
export const guarded = (t: TestContext): Promise<Fauxflare> => listening(t, { auth: 'enforce' })

/** Somebody with address and global key, for example `signedIn(cf, 'alice@example.com')`. */
export const signedIn = (cf: Fauxflare, email: string): Cloudflare =>
  clientOf(cf, { apiToken: null, apiEmail: email, apiKey: email === EMAIL ? KEY : apiKey(email) })

/** Whoever has a token; one without a value is an error of the test. */
export function bearing(cf: Fauxflare, value: string | undefined): Cloudflare {
  if (value === undefined) throw new Error('There is no value.')
  return clientOf(cf, { apiToken: value })
}

/** Gives the documented account another name: what only those may who may change its settings. */
export const rename = (client: Cloudflare, name: string) =>
  client.accounts.update({ account_id: ACCOUNT, id: ACCOUNT, type: 'standard', name })

/** What the header explains that comes with a refusal. */
export function explained({ headers }: APIError): { permission_groups: string[]; policy?: string; reason: string } {
  return JSON.parse(headers?.get('fauxflare-denied') ?? '')
}

/** `[status, code, message]` of what a call is refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown[]> {
  const { status, errors } = await refused(call)
  return [status, errors[0]?.code, errors[0]?.message]
}

/** What somebody is told who has a good credential, but not the right. */
export const UNAUTHORIZED = [403, 9109, 'Unauthorized to access requested resource']
/** What somebody is told of an account that they have nothing to do with: the same as if there were none. */
export const UNKNOWN_ACCOUNT = [403, 9109, 'Invalid account identifier']
/** What the bearer of a token is told that is no good, or not yet, or no more. */
export const INVALID_TOKEN = [403, 9109, 'Invalid access token']
/** What such a token is told of itself. */
export const UNVERIFIED = [401, 1000, 'Invalid API Token']
