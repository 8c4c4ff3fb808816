/** The simulated API: the stages in their order, then the resources. */
import type { FastifyPluginAsync } from 'fastify'
import { BODY_LIMIT } from './assumed.ts'
import authentication, { type AuthMode } from './pipeline/authentication.ts'
import contract, { type ContractMode } from './pipeline/contract.ts'
import envelope from './pipeline/envelope.ts'
import failures from './pipeline/failures.ts'
import headers from './pipeline/headers.ts'
import identifiers from './pipeline/identifiers.ts'
import jsonBody from './pipeline/json-body.ts'
import paging from './pipeline/paging.ts'
import type { RequestMode } from './pipeline/validation.ts'
import world from './pipeline/world.ts'
import { resources } from './resources/index.ts'
import { addRoutes } from './routes.ts'
import type { World } from './state/world.ts'

export interface ApiOptions {
  worldFor: () => World
  auth: AuthMode
  requests: RequestMode
  contract: ContractMode
}

/**
 * The way of a request. Stages before the behaviour are hooks of Fastify's `onRequest`, those after it of
 * `preSerialization` and `onSend`; each kind runs in the order in which it stands here.
 */
const api: FastifyPluginAsync<ApiOptions> = async (app, { worldFor, auth, requests, contract: mode }) => {
  // Errors of every origin, whichever stage they come from.
  await app.register(failures, { resources, prefix: app.prefix, bodyLimit: BODY_LIMIT })

  // On the way in. `permission` belongs between `authentication` and `identifiers`.
  await app.register(world, { worldFor })
  await app.register(authentication, { auth })
  await app.register(identifiers)
  await app.register(jsonBody)
  // Validation is Fastify's own step here: see `validators` in routes.ts.

  // The behaviour.
  addRoutes(app, resources, requests)

  // On the way out. `audit` belongs before `paging`.
  await app.register(paging, { requests })
  await app.register(envelope)
  await app.register(contract, { contract: mode })
  await app.register(headers)
}

export default api
