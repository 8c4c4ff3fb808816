/** Stage 3: who is asking. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Caller } from '../../schemas/operation.ts'
import { isUse } from '../assumed.ts'
import { admitToVerify, signIn } from '../rules/credentials.ts'
import type { Identity } from '../rules/identity.ts'
import { noteUse } from '../rules/token-use.ts'
import { Callers } from './callers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
    /** Whom the credential stands for. Undefined where it need not exist, and where nobody is held to it. */
    identity: Identity | undefined
  }
}

/**
 * `off` asks for nothing; `any` (the default) takes every well-formed credential; `enforce` takes those that exist in
 * the world, and lets them do what their policies and roles allow.
 */
export type AuthMode = 'off' | 'any' | 'enforce'

/** @throws ApiFailure for a credential that does not exist, or is of no use now, here, or for this */
function admit(request: FastifyRequest): void {
  const { caller, world } = request
  const operation = request.operation
  if (!operation) return
  const occasion = { operation, from: request, world }
  // These answer for themselves whether a token is good.
  if (operation.path.endsWith('/tokens/verify')) {
    admitToVerify(caller, occasion)
    return
  }
  const { identity, signedIn } = signIn(caller, occasion)
  request.caller = signedIn
  request.identity = identity
}

const stage: FastifyPluginAsync<{ auth: AuthMode }> = async (app, { auth }) => {
  const nobody: Caller = { scheme: 'none' }
  const callers = new Callers()
  app.decorateRequest('caller', null as unknown as Caller)
  app.decorateRequest('identity', undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    // A path that does not exist is told to everybody, so that a typo is not taken for a matter of credentials.
    if (request.is404) return done()
    try {
      request.caller = callers.of(request.headers)
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
    const token = request.identity?.token
    if (token && isUse(reply.statusCode)) noteUse(token, request.world)
    done(null, payload)
  })
}

export default plugin(stage, { name: 'authentication', dependencies: ['world'] })
