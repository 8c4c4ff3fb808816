/** The last stage: what a fault does to the way of an answer that was made. It has been written down by then. */
import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import plugin from 'fastify-plugin'
import type { Effect } from '../../schemas/faults.ts'
import type { Connection } from '../../schemas/wire-faults.ts'
import type { Random } from '../state/random.ts'
import { close, reset, shut, takeOver, whenItsTurn } from './cut.ts'

/** An answer, ready to be sent. */
interface Sent {
  reply: FastifyReply
  body: Buffer
}

type Drip = Extract<Connection, { drip: unknown }>['drip']

/** How much noise there is, in bytes. */
const NOISE = 256

/** No size of a chunk begins like this. */
const GARBAGE = 'fauxflare: this is no chunk\r\n'

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('onSend', (request, reply, payload, done) => {
    const effect = request.strike?.effect
    if (!effect || !damage({ reply, body: bytesOf(payload, reply) }, effect)) done(null, payload)
  })
}

/** What comes behind the headers: nothing for HEAD and 204. */
function bytesOf(payload: unknown, { request }: FastifyReply): Buffer {
  if (request.method === 'HEAD') return Buffer.alloc(0)
  return Buffer.isBuffer(payload) ? payload : Buffer.from(typeof payload === 'string' ? payload : '')
}

/**
 * Sends an answer as a fault wants it sent. One without a body has none to damage: instead of half of nothing, or
 * garbage that nobody waits for, its connection is closed.
 * @returns false when there is no such fault
 */
function damage(sent: Sent, { connection, duplicate }: Effect): boolean {
  const { reply, body } = sent
  const isEmpty = body.length === 0
  if (duplicate) reset(reply)
  else if (connection === 'noise') noise(reply, reply.request.world.chance)
  else if (connection === 'truncate') isEmpty ? close(reply) : truncate(sent, body.length >> 1)
  else if (connection === 'garbage') isEmpty ? close(reply) : garbage(reply)
  else if (typeof connection !== 'object') return false
  else if ('truncate' in connection) isEmpty ? close(reply) : truncate(sent, connection.truncate.bytes)
  // What is empty has no speed and no end that could be late.
  else if (isEmpty) return false
  else if ('drip' in connection || 'slow_close' in connection) slowly(sent, connection)
  else return false
  return true
}

/** The headers promise the whole body, half of it comes, and then the end. */
function truncate({ reply, body }: Sent, bytes: number): void {
  takeOver(reply, (socket) => {
    writeHead(reply, { 'content-length': body.length })
    reply.raw.write(body.subarray(0, bytes), () => shut(reply, socket))
  })
}

/** The headers promise chunks, and what comes is none. */
function garbage(reply: FastifyReply): void {
  takeOver(reply, (socket) => {
    writeHead(reply, { 'transfer-encoding': 'chunked' })
    socket.write(GARBAGE)
    shut(reply, socket)
  })
}

/** Something comes, but it is no HTTP. */
function noise(reply: FastifyReply, chance: Random): void {
  const bytes = Buffer.from(chance.hex(2 * NOISE), 'hex')
  takeOver(reply, (socket) => {
    socket.write(bytes)
    shut(reply, socket)
  })
}

function slowly(sent: Sent, connection: Exclude<Connection, string>): void {
  // A client that goes away is noticed only while it is read from, and nobody reads the body of a GET.
  sent.reply.request.raw.resume()
  if ('drip' in connection) drip(sent, connection.drip)
  else if ('slow_close' in connection) closeSlowly(sent, connection.slow_close.ms)
}

/** The headers come at once, the body a slice at a time, each when the bytes before it and its own had their time. */
function drip({ reply, body }: Sent, drip: Drip): void {
  const { bytes_per_s, slice_bytes = Math.ceil(bytes_per_s / 10), slice_variation = 0 } = drip
  const { chance } = reply.request.world
  const size = () => {
    const drawn = slice_variation === 0 ? 0 : Math.round((chance.fraction() * 2 - 1) * slice_variation)
    // Timers tick in milliseconds.
    return Math.max(slice_bytes + drawn, Math.ceil(bytes_per_s / 1000))
  }
  const next = (from: number) => {
    const slice = size()
    const part = body.subarray(from, from + slice)
    reply.server.waits.wait(reply, (part.length / bytes_per_s) * 1000, () => {
      if (from + slice >= body.length) return void reply.raw.end(part)
      reply.raw.write(part)
      next(from + slice)
    })
  }
  whenItsTurn(reply, () => {
    writeHead(reply, { 'content-length': body.length })
    next(0)
  })
}

/** Everything comes at once, but for the word that this was everything: so it is sent in chunks. */
function closeSlowly({ reply, body }: Sent, ms: number): void {
  whenItsTurn(reply, () => {
    writeHead(reply, {})
    reply.raw.write(body)
    reply.server.waits.wait(reply, ms, () => reply.raw.end())
  })
}

function writeHead(reply: FastifyReply, headers: OutgoingHttpHeaders): void {
  reply.raw.writeHead(reply.statusCode, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...headers })
  reply.raw.flushHeaders()
}

export default plugin(stage, { name: 'connection', dependencies: ['journal-closes', 'faults'] })
