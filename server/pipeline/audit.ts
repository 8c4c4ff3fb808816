/** Stage 7: a change leaves an entry in an audit log, and so does a sensitive read. See server/rules/audit-trail.ts. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Operation } from '../../schemas/operation.ts'
import { LOGGED_FAILURES, SENSITIVE_READS } from '../assumed.ts'
import type { Change } from '../rules/audit-entry.ts'
import { leave, type Noted, noted } from '../rules/audit-trail.ts'
import { clientAddress } from '../rules/client-address.ts'
import { Answer } from './envelope.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How things were before the change that is asked for. Absent on reads that leave no entry. */
    noted: Noted | undefined
  }
}

/**
 * The entry is written into the world of the request, behind the checkpoint of routes.ts: a failure in a later stage
 * takes it back together with the change. Reads pass by, but for the sensitive ones; what a lagging reader sees, who is
 * shown a world of the past, stands in no log. A failure that a fault made up has an entry of its own.
 */
const stage: FastifyPluginAsync = async (app) => {
  app.decorateRequest('noted', undefined)

  app.addHook('preHandler', (request, _reply, done) => {
    const operation = request.operation
    if (operation && isLogged(operation)) done(attempt(() => note(request, operation)))
    else done()
  })

  app.addHook('preSerialization', (request, reply, payload, done) => {
    const { noted } = request
    const isMade = noted && payload instanceof Answer
    const failure = isMade && attempt(() => write(noted, payload.result, { request, reply }))
    if (failure) done(failure)
    else done(null, payload)
  })

  // An answer without a body is not serialised, and neither is a failure an answer.
  app.addHook('onSend', (request, reply, payload, done) => {
    const { noted } = request
    const isMade = noted && reply.statusCode === 204
    const failure = attempt(() => {
      if (isMade) write(noted, undefined, { request, reply })
      else if (isInjected(request, reply)) writeFailure({ request, reply })
    })
    if (failure) done(failure)
    else done(null, payload)
  })
}

/** Every change is, and of the reads those that are sensitive. */
function isLogged({ id, method }: Operation): boolean {
  return method !== 'GET' || SENSITIVE_READS.has(id)
}

/** Whether a change failed as the service fails, and not because the simulator does. */
function isInjected({ method, strike }: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return strike?.effect.error !== undefined && method !== 'GET' && statusCode >= LOGGED_FAILURES
}

/** Nobody catches what a hook throws. */
function attempt(run: () => void): Error | undefined {
  try {
    run()
  } catch (error) {
    return error as Error
  }
}

function note(request: FastifyRequest, operation: Operation): void {
  request.noted = noted(changeOf(request, operation))
}

function changeOf(request: FastifyRequest, operation: Operation): Change {
  return {
    operation,
    params: request.params as Record<string, string>,
    body: request.body,
    bodyLength: request.entry.body?.length ?? 0,
    caller: request.caller,
    target: request.target,
    address: clientAddress(request),
    agent: request.headers['user-agent'],
    ray: request.ray,
    world: request.world,
  }
}

function write(
  before: Noted,
  result: unknown,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  const { headers, clock, history, store } = request.world
  request.noted = undefined
  // A change was prepared for by routes.ts, a read was not.
  if (!request.undo) {
    history.record(store)
    request.undo = store.checkpoint()
  }
  // The header names the entry: that they have one id is read off its name (assumed).
  const drawn = headers.uuid(clock.now(), '')
  request.auditLogId = leave(before, { drawn, status: reply.statusCode, result }) ?? drawn
}

/** A fault strikes before the operation runs: there is nothing to take back. */
function writeFailure(exchange: { request: FastifyRequest; reply: FastifyReply }): void {
  const { request } = exchange
  const operation = request.operation
  if (operation && !request.auditLogId) write(noted(changeOf(request, operation)), undefined, exchange)
}

export default plugin(stage, { name: 'audit', dependencies: ['target'] })
