/** Waiting in real time, for faults that take some. */
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'

/** The longest that a timer of Node can be set to; with more it would not wait at all. */
const LONGEST = 2 ** 31 - 1

/**
 * The requests of one server that wait for something. A wait ends when its time has come, when the client goes away
 * or when the server closes, whichever is first. None keeps a process alive that has nothing else to do.
 */
export class Waits {
  readonly #ends = new Set<() => void>()

  /** How many there are. */
  get size(): number {
    return this.#ends.size
  }

  /**
   * Waits with a request.
   * @param ms how long; without it, until somebody goes
   * @param then what to do when the time has come
   * @param gone what to do when somebody goes first, beside letting go of the answer
   */
  wait(reply: FastifyReply, ms: number | undefined, then: () => void, gone = () => {}): void {
    const { socket } = reply.request.raw
    // It has gone already, and will not say so again.
    if (socket.destroyed) {
      gone()
      reply.hijack().raw.destroy()
      return
    }
    const stop = () => {
      clearTimeout(timer)
      socket.off('close', end)
      this.#ends.delete(end)
    }
    const end = () => {
      stop()
      gone()
      reply.hijack().raw.destroy()
    }
    const come = () => {
      stop()
      then()
    }
    const timer = ms === undefined ? undefined : setTimeout(come, Math.min(ms, LONGEST))
    // An injected request has no connection that keeps the process alive: for as long as it waits, the timer must.
    if (socket instanceof Socket) timer?.unref()
    // Requests that were sent in one go may all wait at once.
    socket.setMaxListeners(0)
    socket.once('close', end)
    this.#ends.add(end)
  }

  /** Ends them all: the server closes. */
  end(): void {
    for (const end of this.#ends) end()
  }
}
