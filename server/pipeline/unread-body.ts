/** Bodies of requests that end, or wait, before there is a parser to read them: the journal says what was sent all the same. */
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { BODY_LIMIT } from '../assumed.ts'
import { entryOf } from './journal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What was read of the body before its parser; absent where nothing was. */
    bodyAhead?: BodyAhead
  }
}

/** A body that is read as it comes, and kept until somebody wants it. Of one that is too long, the beginning is kept. */
class BodyAhead {
  readonly #raw: IncomingMessage
  readonly #parts: Buffer[] = []
  #size = 0
  #isDone = false
  #then: (() => void)[] = []

  constructor(raw: IncomingMessage) {
    this.#raw = raw
    const stop = () => this.#stop()
    raw
      .on('data', (part: Buffer | string) => this.#take(Buffer.from(part)))
      .once('end', stop)
      .once('close', stop)
  }

  /** As far as it came. */
  get text(): string {
    return Buffer.concat(this.#parts).toString()
  }

  /** Calls back when all of it came or it is too long, or when the client has gone. */
  when(then: () => void): void {
    if (this.#isDone) then()
    else this.#then.push(then)
  }

  /** Gives the parser what was read, when that is all: as the request itself would have. */
  handOver(done: (error: Error | null, payload?: Readable) => void): void {
    this.when(() => {
      const isCut = this.#size <= BODY_LIMIT && !this.#raw.readableEnded
      if (isCut) done(Object.assign(new Error('aborted'), { statusCode: 400 }))
      else done(null, Readable.from(this.#parts))
    })
  }

  #take(part: Buffer): void {
    // What is beyond the limit is read, so that it is noticed when the client goes away, and dropped.
    if (this.#size > BODY_LIMIT) return
    this.#parts.push(part)
    this.#size += part.length
    if (this.#size > BODY_LIMIT) this.#stop()
  }

  #stop(): void {
    this.#isDone = true
    const waiting = this.#then
    this.#then = []
    for (const then of waiting) then()
  }
}

/**
 * Begins to read the body of a request that will wait: a client that goes away is noticed only while it is read from.
 * The parser gets what was read when its turn comes. A body that somebody reads already is left alone.
 */
export function readAhead(request: FastifyRequest): BodyAhead | undefined {
  const { raw, bodyAhead } = request
  if (bodyAhead) return bodyAhead
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers
  if ((length === undefined || length === '0') && encoding === undefined) return undefined
  if (raw.readableDidRead || raw.readableEnded || raw.destroyed) return undefined
  request.bodyAhead = new BodyAhead(raw)
  return request.bodyAhead
}

/**
 * Reads the body of a request, up to the limit that bodies have, into its entry for the journal.
 * @param then what to do when all of it came or it is too long, or when the client has gone
 */
export function whenRead(request: FastifyRequest, then: () => void): void {
  const ahead = readAhead(request)
  if (!ahead) {
    then()
    return
  }
  ahead.when(() => {
    entryOf(request).body = ahead.text
    then()
  })
}
