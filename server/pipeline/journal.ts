/** Stages 1 and 11: writes down what was asked and what was answered. */
import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { API } from '../paths.ts'
import { Entry } from '../state/journal/journal.ts'
import type { World } from '../state/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the journal will say of this request. Stages fill in what they find out. */
    entry: Entry
  }
}

/** What headers are said to be when nobody will read them. */
const UNREAD: OutgoingHttpHeaders = Object.freeze({})

const opens: FastifyPluginAsync = async (app) => {
  app.decorateRequest('entry', null as unknown as Entry)
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, url, rawHeaders } = request.raw as { method: string; url: string; rawHeaders: string[] }
    const operation = request.operation
    request.entry = new Entry(
      { method, sent: url, from: API.length, rawHeaders, operation },
      request.world.clock.now(),
      performance.now(),
    )
    done()
  })
}

/** A request that was turned away before the first stage. One to a sandbox that cannot be shows its whole URL. */
function unopened({ originalUrl, method, raw }: FastifyRequest, world: World): Entry {
  const isHere = raw.sandbox === undefined || raw.sandbox === world.name
  const shown = isHere ? { sent: raw.url ?? API, from: API.length } : { sent: originalUrl, from: 0 }
  return new Entry(
    { method, ...shown, rawHeaders: raw.rawHeaders, operation: undefined },
    world.clock.now(),
    performance.now(),
  )
}

/** The entry of a request; one that no stage has seen gets its own here. */
export function entryOf(request: FastifyRequest, world: World = request.world): Entry {
  request.entry ??= unopened(request, world)
  return request.entry
}

/**
 * Writes an exchange down, in the journal and in the tally, once: when an answer is replaced by another on its way
 * out, both say what the last one was. It is there before the client has its answer.
 * @param answer left out when the client gets none; `body` is what is sent
 * @param world where, for a request that no stage has seen
 */
export function writeDown(
  request: FastifyRequest,
  answer?: { reply: FastifyReply; body: unknown },
  world: World = request.world,
): void {
  const entry = entryOf(request, world)
  const isNew = entry.id === 0
  const before = entry.answer?.status
  entry.params = (request.params ?? undefined) as Record<string, string> | undefined
  entry.caller = request.caller ?? undefined
  if (answer) {
    const { reply, body } = answer
    entry.answer = {
      status: reply.statusCode,
      headers: world.journal.size === 0 ? UNREAD : (reply.getHeaders() as OutgoingHttpHeaders),
      body: typeof body === 'string' ? body : undefined,
      bytes: Buffer.isBuffer(body) ? body : undefined,
    }
  }
  entry.duration_ms = performance.now() - entry.started
  world.journal.add(entry)
  if (isNew) world.tally.add(entry)
  else world.tally.replace(before, entry)
}

const closes: FastifyPluginAsync = async (app) => {
  app.addHook('onSend', (request, reply, body, done) => {
    writeDown(request, { reply, body })
    done(null, body)
  })
}

export const journalOpens = plugin(opens, { name: 'journal-opens', dependencies: ['world'] })
export const journalCloses = plugin(closes, { name: 'journal-closes', dependencies: ['journal-opens', 'headers'] })
