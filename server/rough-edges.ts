/** Requests that are turned away before there is a route or even a request: they too are answered in the envelope. */
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { fail } from './errors.ts'
import { route } from './paths.ts'
import { Refused, wrap } from './pipeline/envelope.ts'
import { stamp } from './pipeline/headers.ts'
import type { World } from './state/world.ts'

/** A URL that cannot be decoded, such as `/accounts/%ff`. Hooks do not see it, so its headers are put on here. */
export function answerFrameworkError(request: FastifyRequest, reply: FastifyReply, world: World): void {
  const failure = fail('COULD_NOT_ROUTE', { path: route(request.raw.url ?? '/').split('?', 1)[0] ?? '' })
  reply.code(failure.status)
  stamp(reply, world.headers.hex(16), world)
  reply
    // With a serialiser of its own, Fastify adds no charset.
    .serializer(JSON.stringify)
    .send(wrap(new Refused(failure.item), 'iam'))
}

/** Bytes that are not HTTP, or headers that are too long. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  const body = JSON.stringify(wrap(new Refused(fail('BAD_REQUEST', { problem: error.message }).item), 'iam'))
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  if (socket.writable) socket.write(`${head}\r\n\r\n${body}`)
  socket.destroySoon()
}
