/** Who says to ask, by the headers of a request. ERRORS.md §2.1 has the evidence for every answer here. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../../schemas/operation.ts'
import { EMAIL } from '../assumed.ts'
import { Capped } from '../capped.ts'
import { KEY, TOKEN } from '../credentials.ts'
import { fail } from '../errors.ts'

const CHAIN = {
  authorization: { code: 6111, message: 'Invalid format for Authorization header' },
  key: { code: 6103, message: 'Invalid format for X-Auth-Key header' },
  email: { code: 6102, message: 'Invalid format for X-Auth-Email header' },
}

/** The headers that credentials are read from, as sent. */
interface Sent {
  authorization: unknown
  email: unknown
  key: unknown
  serviceKey: unknown
}

/** How many callers are remembered: some more than the tokens that an account may have. */
const MOST = 1000

/** Headers that are longer, in characters, are read each time. Those of a credential hardly are. */
const LONGEST = 256

/** Callers by what they sent: clients send the same credentials over and over. */
export class Callers {
  /** By the secret, with all that was sent along. */
  readonly #known = new Capped<string, { sent: Sent; caller: Caller }>(MOST)

  /** How many are remembered. */
  get size(): number {
    return this.#known.size
  }

  /**
   * Reads the credentials of a request. Clients send all that they have at once, so one complete and well-formed
   * credential is enough, whatever else is there.
   * @returns the same object for the same headers
   * @throws ApiFailure 9106 without any, 9107 with half a pair, 6003 with a malformed one
   */
  of(headers: IncomingHttpHeaders): Caller {
    const { authorization } = headers
    const email = headers['x-auth-email']
    const key = headers['x-auth-key']
    const serviceKey = headers['x-auth-user-service-key']
    const secret = authorization ?? key ?? serviceKey
    const known = typeof secret === 'string' ? this.#known.get(secret) : undefined
    if (
      known &&
      known.sent.authorization === authorization &&
      known.sent.email === email &&
      known.sent.key === key &&
      known.sent.serviceKey === serviceKey
    ) {
      return known.caller
    }
    const sent: Sent = { authorization, email, key, serviceKey }
    const caller = callerFrom(sent)
    if (typeof secret === 'string' && lengthOf(sent) <= LONGEST) this.#known.set(secret, { sent, caller })
    return caller
  }
}

function lengthOf({ authorization, email, key, serviceKey }: Sent): number {
  return [authorization, email, key, serviceKey].reduce((sum: number, text) => sum + String(text ?? '').length, 0)
}

function callerFrom(sent: Sent): Caller {
  const [authorization, email, key, serviceKey] = [sent.authorization, sent.email, sent.key, sent.serviceKey].map(
    trimmed,
  )
  const bearer = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]
  if (bearer !== undefined && TOKEN.test(bearer)) return { scheme: 'api_token', token: bearer }
  if (email && key && EMAIL.test(email) && KEY.test(key)) return { scheme: 'api_key', email, key }
  // The shape of service keys is not published.
  if (serviceKey) return { scheme: 'user_service_key' }

  const problems = [
    ...(email && !EMAIL.test(email) ? [CHAIN.email] : []),
    ...(key && !KEY.test(key) ? [CHAIN.key] : []),
    ...(bearer === undefined ? [] : [CHAIN.authorization]),
  ]
  if (problems.length > 0) throw fail('BAD_HEADERS', {}, { chain: problems })
  throw fail(email || key ? 'HALF_CREDENTIALS' : 'NO_CREDENTIALS')
}

function trimmed(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined
}
