/** The simulated API: the stages in their order, then the resources. */
import type { FastifyPluginAsync } from 'fastify'
import { BODY_LIMIT } from './assumed.ts'
import audit from './pipeline/audit.ts'
import authentication, { type AuthMode } from './pipeline/authentication.ts'
import connection from './pipeline/connection.ts'
import contract, { type ContractMode } from './pipeline/contract.ts'
import envelope from './pipeline/envelope.ts'
import failures from './pipeline/failures.ts'
import faults from './pipeline/faults.ts'
import headers from './pipeline/headers.ts'
import identifiers, { placeholders } from './pipeline/identifiers.ts'
import { journalCloses, journalOpens } from './pipeline/journal.ts'
import jsonBody from './pipeline/json-body.ts'
import keep, { type Keep } from './pipeline/keep.ts'
import paging from './pipeline/paging.ts'
import permission from './pipeline/permission.ts'
import { quirksAlter, quirksRefuse } from './pipeline/quirks.ts'
import rateLimit from './pipeline/rate-limit.ts'
import spoil from './pipeline/spoil.ts'
import target from './pipeline/target.ts'
import type { RequestMode } from './pipeline/validation.ts'
import world, { type WorldFor } from './pipeline/world.ts'
import { resources } from './resources/index.ts'
import { addRoutes } from './routes.ts'

export interface ApiOptions {
  worldFor: WorldFor
  keep: Keep
  auth: AuthMode
  requests: RequestMode
  contract: ContractMode
}

/**
 * The way of a request. Stages before the behaviour are hooks of Fastify's `onRequest`, those after it of
 * `preSerialization` and `onSend`; each kind runs in the order in which it stands here.
 */
const api: FastifyPluginAsync<ApiOptions> = async (app, options) => {
  const { worldFor, auth, requests, contract: mode } = options
  // Errors of every origin, whichever stage they come from.
  await app.register(failures, { resources, prefix: app.prefix, bodyLimit: BODY_LIMIT })

  // On the way in.
  await app.register(world, { worldFor })
  await app.register(placeholders)
  await app.register(journalOpens)
  await app.register(rateLimit)
  await app.register(authentication, { auth })
  await app.register(target)
  await app.register(quirksRefuse)
  if (auth === 'enforce') await app.register(permission)
  await app.register(faults)
  await app.register(identifiers)
  await app.register(jsonBody)
  // Validation is a hook of each route, before the behaviour: see routes.ts.

  // The behaviour.
  addRoutes(app, resources, requests)

  // On the way out.
  await app.register(audit)
  await app.register(paging, { requests })
  await app.register(envelope)
  await app.register(contract, { contract: mode })
  await app.register(quirksAlter)
  // From here on an answer may break the contract, if a fault says so.
  await app.register(spoil)
  await app.register(headers)
  await app.register(keep, { keep: options.keep })
  await app.register(journalCloses)
  // The answer is written down. What happens to its way from here on is the network's doing.
  await app.register(connection)
}

export default api
