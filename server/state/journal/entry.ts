/** An exchange as it is written down while it happens. `exchange.ts` makes of it what people read. */
import type { OutgoingHttpHeaders } from 'node:http'
import type { Exchange, Violation } from '../../../schemas/exchanges.ts'
import type { Caller, Operation } from '../../../schemas/operation.ts'
import type { Place } from './footprint.ts'

/** What a client was answered. */
export interface EntryAnswer {
  status: number
  headers: OutgoingHttpHeaders
  /** As text; undefined when there is none, and when it was sent as bytes. */
  body: string | undefined
  /** What was sent as bytes, which are UTF-8. The journal makes a text of them when it is read. */
  bytes?: Buffer | undefined
  /** True when `body` is only the beginning of what was sent. The journal sets it. */
  isCut?: boolean
}

/**
 * What is known of a request. The stages fill in what they find out; the journal keeps it and the tally counts it.
 * A class, so that every entry has the same shape from the start.
 */
export class Entry {
  /** Counts up within a world; 0 until it is in the journal. */
  id = 0
  /** When it came, by the clock of the world, milliseconds. */
  readonly time: number
  /** When it came, in real time, as `performance.now()` has it. */
  readonly started: number
  readonly method: string
  /** The URL that was asked for. */
  readonly sent: string
  /** Where in it {@link Entry.url} begins. */
  readonly from: number
  /** Names and values in turn, as they were received: no stage has touched them. */
  readonly rawHeaders: readonly string[]
  /** Undefined when nothing answers to this path and method. */
  readonly operation: Operation | undefined
  /** What the path names. */
  params: Readonly<Record<string, string>> | undefined = undefined
  caller: Caller | undefined = undefined
  /** The body as text, as sent; undefined when there is none, and when it was not read. */
  body: string | undefined = undefined
  /** True when `body` is only the beginning of what was sent. The journal sets it. */
  isBodyCut = false
  /** Undefined when the client got none. */
  answer: EntryAnswer | undefined = undefined
  /** The rule or effect that struck. */
  fault: string | undefined = undefined
  violations: Violation[] | undefined = undefined
  /** Why the caller may not do it. */
  denied: Exchange['denied'] = undefined
  /** What it is about; undefined where nobody was let in, and where there is no such thing. */
  place: Place | undefined = undefined
  /** The nearest operation, where nothing answers. */
  nearest: string | undefined = undefined
  /** Real time until it was written down. */
  duration_ms = 0

  constructor(
    request: Pick<Entry, 'method' | 'sent' | 'from' | 'rawHeaders' | 'operation'>,
    time: number,
    started: number,
  ) {
    this.time = time
    this.started = started
    this.method = request.method
    this.sent = request.sent
    this.from = request.from
    this.rawHeaders = request.rawHeaders
    this.operation = request.operation
  }
  /** Path and query below `/client/v4`, as sent. */
  get url(): string {
    return this.sent.slice(this.from)
  }
}
