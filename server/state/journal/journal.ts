/** The journal of one world: a ring of exchanges, rendered when somebody reads them. */
import type { Exchange, ExchangeFilter, Verdict, Verification } from '../../../schemas/exchanges.ts'
import type { Operation } from '../../../schemas/operation.ts'
import type { Entry } from './entry.ts'
import { JournalError } from './error.ts'
import { renderEntry } from './exchange.ts'
import { matcherOfFilter, readPlace, writePlace } from './filter.ts'
import { JournalRecord } from './record.ts'
import { Redaction } from './redaction.ts'
import { Shared } from './shared.ts'
import { verify } from './verify.ts'

export { Entry, type EntryAnswer } from './entry.ts'
export { JournalError } from './error.ts'

/** A part of the journal. */
export interface JournalPage {
  exchanges: Exchange[]
  /** Asks for the exchanges after these; absent when there are none. */
  cursor?: string
}

export class Journal {
  readonly #size: number
  readonly #operations: readonly Operation[]
  /** The entry with the number n is at (n - 1 - cleared) modulo size. */
  #ring: JournalRecord[] = []
  readonly #shared = new Shared()
  /** How many were written down. */
  #count = 0
  /** How many of those were written down before it was last cleared. */
  #cleared = 0

  /**
   * @param size how many exchanges are kept; 0 keeps none
   * @param operations which there are: questions about others are refused. Without any, none is.
   */
  constructor(size: number, operations: readonly Operation[] = []) {
    this.#size = size
    this.#operations = operations
  }

  /** How many exchanges are kept. */
  get size(): number {
    return this.#size
  }

  /** How many were written down, those that are no longer kept among them. */
  get count(): number {
    return this.#count
  }

  /** How many are no longer kept because newer ones took their place, since the journal was last cleared. */
  get dropped(): number {
    return this.#first - 1 - this.#cleared
  }

  /** Writes an exchange down; it gets its number. One that has its number is written down once more, if it is still there. */
  add(entry: Entry): void {
    if (entry.id === 0) {
      this.#count += 1
      entry.id = this.#count
    }
    if (this.#size === 0 || entry.id < this.#first) return
    const slot = this.#slot(entry.id)
    let record = this.#ring[slot]
    if (!record) {
      record = new JournalRecord()
      this.#ring[slot] = record
    }
    record.write(entry, this.#shared)
  }

  /**
   * What there is, the oldest first. Secrets are redacted.
   * @throws JournalError for a filter that means nothing
   * @example journal.all({ operation: 'account-creation', status: '4xx' })
   */
  all(filter: ExchangeFilter = {}): Exchange[] {
    return this.#page(filter, Number.POSITIVE_INFINITY, this.#first).exchanges
  }

  /**
   * A part of {@link all}. A cursor stays good while new exchanges come in and old ones drop out: it goes on with the
   * first exchange after the last one that was seen, of those that are still there.
   * @param limit at least 1
   * @throws JournalError for a filter or a cursor that means nothing
   */
  page(filter: ExchangeFilter, limit: number, cursor?: string): JournalPage {
    if (!(limit >= 1)) throw new JournalError('limit', `must be at least 1, not ${limit}.`)
    const seen = cursor === undefined ? 0 : readPlace(cursor, this.#count)
    return this.#page(filter, Math.floor(limit), Math.max(this.#first, seen + 1))
  }

  /** The exchange with this number; undefined when it is not there, or no longer. */
  get(id: string): Exchange | undefined {
    const entry = /^[1-9]\d{0,14}$/.test(id) ? this.#at(Number(id)) : undefined
    return entry && renderEntry(entry, Redaction.knowing(this.#entries()))
  }

  /**
   * Answers whether something was asked, and how often.
   * @throws JournalError for a question that means nothing, and when the journal is off
   * @example journal.verify({ match: { operation: 'account-creation' }, times: { exactly: 1 } })
   */
  verify(question: Verification): Verdict {
    if (this.#size === 0) {
      throw new JournalError('', 'cannot be answered: the journal keeps nothing. Start without --journal 0.')
    }
    return verify(question, { entries: [...this.#entries()], dropped: this.dropped, operations: this.#operations })
  }

  /** Forgets what there is. Numbers go on counting. */
  clear(): void {
    this.#ring = []
    this.#cleared = this.#count
  }

  /** The number of the oldest exchange that is kept, or of the next one when none is. */
  get #first(): number {
    return Math.max(this.#cleared, this.#count - this.#size) + 1
  }

  #slot(id: number): number {
    return (id - 1 - this.#cleared) % this.#size
  }

  #at(id: number): Entry | undefined {
    return id >= this.#first && id <= this.#count ? this.#ring[this.#slot(id)]?.read() : undefined
  }

  *#entries(from = this.#first): Iterable<Entry> {
    for (let id = from; id <= this.#count; id += 1) {
      const entry = this.#at(id)
      if (entry) yield entry
    }
  }

  #page(filter: ExchangeFilter, limit: number, from: number): JournalPage {
    const isMeant = matcherOfFilter(filter, this.#operations)
    const redaction = Redaction.knowing(this.#entries())
    const exchanges: Exchange[] = []
    let last = 0
    for (const entry of this.#entries(from)) {
      if (!isMeant(entry)) continue
      if (exchanges.length === limit) return { exchanges, cursor: writePlace(last) }
      exchanges.push(renderEntry(entry, redaction))
      last = entry.id
    }
    return { exchanges }
  }
}
