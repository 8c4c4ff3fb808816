/** Oddities of the live service, for worlds that have them: schemas/quirks.ts says what each is and who saw it. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { GATEWAY } from '../../schemas/envelope.ts'
import type { Operation } from '../../schemas/operation.ts'
import { organizations } from '../../schemas/organizations.ts'
import type { QuirkName } from '../../schemas/quirks.ts'
import type { TokenPolicy } from '../../schemas/tokens.ts'
import { ORGANIZATION_SETTLES_MS } from '../assumed.ts'
import { type ApiFailure, fail } from '../errors.ts'
import { identityOf } from '../rules/identity.ts'

type Body = Record<string, unknown>

/** What a request is refused with, before anything is looked at but the credential. */
type Refuses = (operation: Operation, request: FastifyRequest) => ApiFailure | undefined

const REFUSES: Partial<Record<QuirkName, Refuses>> = {
  'members-need-key': ({ method, path }, { caller }) => {
    const isMeant = /\/members\/:member_id$|^\/memberships\//.test(path) && /^(?:PUT|DELETE)$/.test(method)
    if (isMeant && !path.startsWith('/organizations/') && caller.scheme === 'api_token') return fail('KEY_WANTED')
  },

  'organizations-settle': ({ method, path }, { params, world }) => {
    if (method !== 'GET' || !path.startsWith('/organizations/')) return
    const row = world.store.table(organizations).get((params as { organization_id: string }).organization_id)
    const age = row && world.clock.now() - Date.parse(row.create_time)
    if (age !== undefined && age >= 0 && age < ORGANIZATION_SETTLES_MS) return fail('AUTHENTICATION')
  },
}

/** What is made of an answer that fits the contract. */
type Alters = (operation: Operation, body: Body, status: number) => Body | undefined

const ALTERS: Partial<Record<QuirkName, Alters>> = {
  'members-empty-result': ({ path }, body, status) => {
    if (status >= 400 && path.startsWith('/accounts/:account_id/members')) return { ...body, result: [] }
  },

  'members-created-without-roles': ({ method, path }, body, status) => {
    if (status >= 400 || method !== 'POST' || path !== '/accounts/:account_id/members') return
    const { roles: _, ...member } = body.result as Body
    return { ...body, result: member }
  },

  'tokens-reordered': ({ path }, body, status) => {
    if (status >= 400 || !/^\/(?:user|accounts\/:account_id)\/tokens(?:\/:token_id)?$/.test(path)) return
    const { result } = body
    return { ...body, result: Array.isArray(result) ? result.map(reordered) : reordered(result as Body) }
  },

  'gateway-short-errors': ({ family }, body, status) => {
    if (status !== 403 || !GATEWAY.includes(family)) return
    return { success: false, errors: body.errors }
  },
}

/** A token with its policies, and the groups in them, the last first. */
function reordered(token: Body): Body {
  const policies = token.policies as TokenPolicy[] | undefined
  if (!policies) return token
  const turned = policies.map((policy) => ({ ...policy, permission_groups: policy.permission_groups.toReversed() }))
  return { ...token, policies: turned.reverse() }
}

const refusing: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', (request, _reply, done) => {
    const { quirks } = request.world
    const operation = request.operation
    if (!operation || quirks.length === 0) return done()
    const failures = quirks.map((quirk) => REFUSES[quirk]?.(operation, request))
    done(failures.find((failure) => failure !== undefined))
  })

  app.addHook('preHandler', (request, _reply, done) => {
    const { caller, world } = request
    if (world.quirks.length === 0) return done()
    const operation = request.operation
    if (operation?.id === 'accounts-list-accounts' && world.quirks.includes('accounts-page-ignored')) {
      const identity = identityOf(caller, world)
      if (identity?.token && !identity.user) Object.assign(request.query as Body, { page: 1 })
    }
    done()
  })
}

const altering: FastifyPluginAsync = async (app) => {
  app.addHook('preSerialization', (request, reply, payload, done) => {
    const { quirks } = request.world
    const operation = request.operation
    if (!operation || quirks.length === 0) return done(null, payload)
    let body = payload as Body
    for (const quirk of quirks) body = ALTERS[quirk]?.(operation, body, reply.statusCode) ?? body
    done(null, body)
  })
}

/** What is refused: a stage right behind that of credentials. */
export const quirksRefuse = plugin(refusing, { name: 'quirks-refuse', dependencies: ['authentication'] })
/** What answers look like: a stage behind the check of the contract, since the contract knows nothing of them. */
export const quirksAlter = plugin(altering, { name: 'quirks-alter', dependencies: ['contract'] })
