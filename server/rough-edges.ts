/** Requests that are turned away before there is a route or even a request: they too are answered in the envelope. */
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerProblem } from './control/problem.ts'
import { fail } from './errors.ts'
import { API, CONTROL } from './paths.ts'
import { NO_OPERATION, Refused, wrap } from './pipeline/envelope.ts'
import { stamp } from './pipeline/headers.ts'
import { writeDown } from './pipeline/journal.ts'
import type { World } from './state/world.ts'
import type { Worlds } from './worlds.ts'

/** A URL that cannot be decoded, such as `/accounts/%ff`. Hooks do not see it, so what they do is done here. */
export function answerFrameworkError(request: FastifyRequest, reply: FastifyReply, worlds: Worlds): void {
  const { url = '/', sandbox } = request.raw
  if (url.startsWith(`${CONTROL}/`)) {
    answerProblem(
      reply,
      400,
      `The path ${url} cannot be decoded: after each % there must be two hexadecimal digits of UTF-8.`,
    )
    return
  }
  const world = worldOf(sandbox, worlds)
  const failure = fail('COULD_NOT_ROUTE', { path: url.split('?', 1)[0] ?? '' })
  const body = JSON.stringify(wrap(new Refused(failure.item), NO_OPERATION))
  reply.code(failure.status)
  stamp(reply, world.headers.hex(16), world)
  if (url.startsWith(API)) writeDown(request, { reply, body }, world)
  // With a serialiser of its own, Fastify adds no charset.
  reply.serializer(String).send(body)
}

/** As for any other request; a sandbox that cannot be is answered by the default world. */
function worldOf(sandbox: string | undefined, worlds: Worlds): World {
  try {
    return worlds.next(sandbox)
  } catch {
    return worlds.next()
  }
}

/** Bytes that are not HTTP, or headers that are too long. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  const body = JSON.stringify(wrap(new Refused(fail('BAD_REQUEST', { problem: error.message }).item), NO_OPERATION))
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  if (socket.writable) socket.write(`${head}\r\n\r\n${body}`)
  socket.destroySoon()
}
