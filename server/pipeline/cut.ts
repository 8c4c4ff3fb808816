/** Takes connections away from the framework, and ends them. Answers to earlier requests are sent first. */
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import type { FastifyReply } from 'fastify'

declare module 'node:net' {
  interface Socket {
    /** True when the last answer of this connection is under way: requests behind it will get none. */
    isCut?: boolean
  }
}

/**
 * Takes an answer out of the framework's hands and waits until it may be sent: requests may be pipelined, and their
 * answers leave in the same order.
 * @param then gets the connection; what stands in its place when a request is injected, too
 */
export function whenItsTurn(reply: FastifyReply, then: (connection: Writable) => void): void {
  const { raw } = reply.hijack()
  if (raw.socket) then(raw.socket)
  else raw.once('socket', then)
}

/**
 * As {@link whenItsTurn}, for an answer that is the last of its connection. An injected request, which has none, just
 * loses its answer.
 */
export function takeOver(reply: FastifyReply, then: (socket: Socket) => void): void {
  reply.request.raw.socket.isCut = true
  whenItsTurn(reply, (connection) => {
    if (connection instanceof Socket) then(connection)
    else reply.raw.destroy()
  })
}

/** Resets the connection, with a TCP RST. */
export function reset(reply: FastifyReply): void {
  takeOver(reply, (socket) => socket.resetAndDestroy())
}

/** Closes the connection in an orderly way, with a TCP FIN, whatever was or was not answered. */
export function close(reply: FastifyReply): void {
  takeOver(reply, (socket) => shut(reply, socket))
}

/** The end of {@link close}, for an answer that has been taken over. */
export function shut({ request }: FastifyReply, socket: Socket): void {
  // Bytes that nobody reads would turn the FIN into a RST.
  request.raw.resume()
  socket.end()
}
