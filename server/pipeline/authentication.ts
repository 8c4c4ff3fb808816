/** Stage 3: who is asking. ERRORS.md §2.1 has the evidence for every answer here. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Caller } from '../../schemas/operation.ts'
import { EMAIL, isUse } from '../assumed.ts'
import { KEY, TOKEN } from '../credentials.ts'
import { fail } from '../errors.ts'
import { clientAddress } from '../rules/client-address.ts'
import { admitToVerify, signIn } from '../rules/credentials.ts'
import { noteUse } from '../rules/token-use.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

/**
 * `off` asks for nothing; `any` (the default) takes every well-formed credential; `enforce` takes those that exist in
 * the world, and lets them do what their policies and roles allow.
 */
export type AuthMode = 'off' | 'any' | 'enforce'

/** The headers that credentials are read from. */
const CREDENTIALS = ['authorization', 'x-auth-email', 'x-auth-key', 'x-auth-user-service-key'] as const

const CHAIN = {
  authorization: { code: 6111, message: 'Invalid format for Authorization header' },
  key: { code: 6103, message: 'Invalid format for X-Auth-Key header' },
  email: { code: 6102, message: 'Invalid format for X-Auth-Email header' },
}

/**
 * Reads the credentials of a request. Clients send all that they have at once, so one complete and well-formed
 * credential is enough, whatever else is there.
 * @throws ApiFailure 9106 without any, 9107 with half a pair, 6003 with a malformed one
 */
function identify(headers: FastifyRequest['headers']): Caller {
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value.trim() : undefined
  }
  const bearer = /^Bearer\s+(.+)$/i.exec(header('authorization') ?? '')?.[1]
  const email = header('x-auth-email')
  const key = header('x-auth-key')
  if (bearer !== undefined && TOKEN.test(bearer)) return { scheme: 'api_token', token: bearer }
  if (email && key && EMAIL.test(email) && KEY.test(key)) return { scheme: 'api_key', email, key }
  // The shape of service keys is not published.
  if (header('x-auth-user-service-key')) return { scheme: 'user_service_key' }

  const problems = [
    ...(email && !EMAIL.test(email) ? [CHAIN.email] : []),
    ...(key && !KEY.test(key) ? [CHAIN.key] : []),
    ...(bearer === undefined ? [] : [CHAIN.authorization]),
  ]
  if (problems.length > 0) throw fail('BAD_HEADERS', {}, { chain: problems })
  throw fail(email || key ? 'HALF_CREDENTIALS' : 'NO_CREDENTIALS')
}

type Headers = FastifyRequest['headers']

/** Remembers who came last: clients send the same credentials over and over. */
function lately(identify: (headers: Headers) => Caller): (headers: Headers) => Caller {
  let last: { headers: Headers; caller: Caller } | undefined
  return (headers) => {
    if (!last || CREDENTIALS.some((name) => headers[name] !== last?.headers[name])) {
      last = { headers, caller: identify(headers) }
    }
    return last.caller
  }
}

/** Operations that answer for themselves whether a token is good. */
const VERIFIES = /\/tokens\/verify$/

/** @throws ApiFailure for a credential that does not exist, or is of no use now, here, or for this */
function admit(request: FastifyRequest): void {
  const { caller, world } = request
  const operation = request.routeOptions.config.endpoint?.operation
  if (!operation) return
  const occasion = { operation, address: clientAddress(request), world }
  if (VERIFIES.test(operation.path)) {
    admitToVerify(caller, occasion)
    return
  }
  const { user, token } = signIn(caller, occasion)
  const acting = { ...(user && { user_id: user.id }), ...(token && { token }) }
  request.caller = { ...caller, acting }
}

const stage: FastifyPluginAsync<{ auth: AuthMode }> = async (app, { auth }) => {
  const nobody: Caller = { scheme: 'none' }
  const identified = lately(identify)
  app.decorateRequest('caller', null as unknown as Caller)
  app.addHook('onRequest', (request, _reply, done) => {
    // A path that does not exist is told to everybody, so that a typo is not taken for a matter of credentials.
    if (request.is404) return done()
    try {
      request.caller = identified(request.headers)
      if (auth === 'enforce') admit(request)
    } catch (failure) {
      if (auth !== 'off') return done(failure as Error)
      request.caller = nobody
    }
    done()
  })

  if (auth !== 'enforce') return
  app.addHook('onSend', (request, reply, payload, done) => {
    // Behind the answer, which shows how things were; and never for a request that was refused.
    const token = request.caller?.acting?.token
    if (token && isUse(reply.statusCode)) noteUse(token.id, request.world)
    done(null, payload)
  })
}

export default plugin(stage, { name: 'authentication', dependencies: ['world'] })
