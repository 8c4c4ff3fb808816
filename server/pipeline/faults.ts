/** Stage 5: finds the fault that strikes a request, and does what it does before the operation runs. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { ErrorEffect } from '../../schemas/faults.ts'
import type { Connection } from '../../schemas/wire-faults.ts'
import { ApiFailure, fail } from '../errors.ts'
import { API } from '../paths.ts'
import { itemFor } from '../state/faults/default-errors.ts'
import { delayOf } from '../state/faults/delays.ts'
import { FaultError, type Strike } from '../state/faults/faults.ts'
import { close, reset } from './cut.ts'
import { writeDown } from './journal.ts'
import { applied, preferencesOf } from './prefer.ts'
import { countAgainst } from './rate-limit.ts'
import { readAhead, whenRead } from './unread-body.ts'
import { Waits } from './waits.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The requests that wait for a fault. */
    waits: Waits
  }
  interface FastifyRequest {
    /** The fault that strikes this request. */
    strike: Strike | undefined
  }
}

/** The request header that asks for a fault, and the response header that names the one that struck. */
export const FAULT_HEADER = 'fauxflare-fault'

type Done = (failure?: Error) => void

const stage: FastifyPluginAsync = async (app) => {
  const waits = new Waits()
  app.decorate('waits', waits)
  app.decorateRequest('strike', undefined)
  app.decorateRequest('bodyAhead', undefined)
  app.addHook('preClose', (done) => {
    waits.end()
    done()
  })
  app.addHook('onRequest', (request, reply, done) => {
    const { world, headers } = request
    // A request that was sent right behind one whose connection was cut: as if it had never been read.
    if (request.raw.socket.isCut) return void reply.hijack()
    if (world.faults.isEmpty && headers[FAULT_HEADER] === undefined && headers.prefer === undefined) return done()
    let strike: Strike | undefined
    try {
      strike = requested(request) ?? preferred(request, reply) ?? ruled(request)
    } catch (failure) {
      return done(failure as Error)
    }
    begin(request, reply, strike, done)
  })
  // What was read while a request waited is what its parser gets.
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (request.bodyAhead) request.bodyAhead.handOver(done)
    else done(null, payload)
  })
}

/** Has a strike do what it does, after its delay; without one, the operation runs. */
function begin(request: FastifyRequest, reply: FastifyReply, strike: Strike | undefined, done: Done): void {
  request.strike = strike
  if (!strike) {
    done()
    return
  }
  const { delay } = strike.effect
  if (!delay) {
    perform(request, reply, strike, done)
    return
  }
  readAhead(request)
  reply.server.waits.wait(
    reply,
    delayOf(delay, request.world.chance),
    () => perform(request, reply, strike, done),
    // Whoever does not wait has asked for nothing: the operation does not run.
    () => {
      request.entry.fault = strike.name
      request.entry.body = request.bodyAhead?.text
      writeDown(request)
    },
  )
}

/** The fault that the request asks for by name, or spells out. */
function requested({ headers, world }: FastifyRequest): Strike | undefined {
  const text = headers[FAULT_HEADER]
  if (text === undefined) return undefined
  try {
    return world.faults.requested(utf8(String(text)))
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    throw fail('FAULT_HEADER', { problem: error.message })
  }
}

/** A header as it was meant: Node takes each byte for a character, and names of rules may have any. */
function utf8(header: string): string {
  const text = Buffer.from(header, 'latin1').toString()
  return text.includes('\ufffd') ? header : text
}

/** The fault that the request asks for as RFC 7240 has it. */
function preferred({ headers }: FastifyRequest, reply: FastifyReply): Strike | undefined {
  const preferences = headers.prefer === undefined ? undefined : preferencesOf(String(headers.prefer))
  if (!preferences) return undefined
  reply.header('preference-applied', applied(preferences))
  const { code, wait } = preferences
  return {
    name: 'prefer',
    effect: {
      ...(code !== undefined && { error: { status: code } }),
      ...(wait !== undefined && { delay: { ms: wait * 1000 } }),
    },
  }
}

/** The fault that a rule of the world has for the request. */
function ruled({ operation, method, url, params, headers, caller, world }: FastifyRequest): Strike | undefined {
  if (world.faults.isEmpty) return undefined
  const at = url.indexOf('?')
  return world.faults.strike({
    operation: operation?.id,
    method,
    path: url.slice(API.length, at < 0 ? undefined : at),
    params: params as Record<string, string>,
    headers,
    // Unset where nothing answers: nobody was asked who they are.
    caller: caller ?? undefined,
  })
}

/** What is legal in a header, each other byte percent-encoded: names of rules may have any character. */
function headerText(name: string): string {
  return name.replace(/[^\x20-\x24\x26-\x7e]+/g, (text) =>
    Buffer.from(text).toString('hex').replace(/../g, '%$&').toUpperCase(),
  )
}

/** Everything that comes before the operation, the delay excepted. */
function perform(request: FastifyRequest, reply: FastifyReply, strike: Strike, done: Done): void {
  const { name, effect, rule } = strike
  const { connection, rate_limit, error, stale, ...others } = effect
  const isStale = stale !== undefined && request.method === 'GET'
  const failure =
    // A rule counts for itself, whatever its name is; so does each limit that requests ask for.
    (rate_limit && countAgainst(request, reply, rule ?? JSON.stringify(rate_limit), rate_limit)) ??
    (error && injected(error))
  if (!failure && !connection && !isStale && Object.keys(others).length === 0) {
    // A limit that is not reached is no fault yet, and no change can be stale.
    begin(request, reply, strike.pass?.(), done)
    return
  }
  request.entry.fault = name
  reply.header(FAULT_HEADER, headerText(name))
  const end = connection && endOf(connection)
  if (end) {
    whenRead(request, () => {
      writeDown(request)
      end(reply)
    })
  } else if (failure) {
    done(failure)
  } else {
    if (isStale) request.world = request.world.behind(stale.ms)
    done()
  }
}

/** How a fault of the connection ends a request without an answer; undefined for those that are about an answer. */
function endOf(connection: Connection): ((reply: FastifyReply) => void) | undefined {
  if (connection === 'reset') return reset
  if (connection === 'close') return close
  if (connection === 'hang') return hang
  if (typeof connection !== 'object' || !('hang' in connection)) return undefined
  const { ms } = connection.hang
  return (reply) => hang(reply, ms)
}

function hang(reply: FastifyReply, ms?: number): void {
  const { raw } = reply.hijack().request
  raw.socket.isCut = true
  // A client that goes away is noticed only while it is read from.
  raw.resume()
  reply.server.waits.wait(reply, ms, () => close(reply))
}

function injected(error: ErrorEffect): ApiFailure {
  const { status, retry_after } = error
  const headers = retry_after === undefined ? {} : { 'retry-after': String(retry_after) }
  return new ApiFailure('INJECTED', { status, headers }, itemFor(error))
}

export default plugin(stage, { name: 'faults', dependencies: ['authentication', 'journal-opens'] })
