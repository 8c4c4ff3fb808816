/** What the clients of one world did since the server started: it outlives resets, since a test run is full of them. */
import type { Violation } from '../../../schemas/exchanges.ts'
import type { KeptRule } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import type { Report } from '../../../schemas/report.ts'
import type { TokenRow } from '../../../schemas/tokens.ts'
import { CountedRows, MOST_ROWS } from './counted-rows.ts'
import { Footprint } from './footprint.ts'
import type { Entry } from './journal.ts'
import { Redaction } from './redaction.ts'
import { shortened } from './shortened.ts'

/** What was asked of one operation. */
interface Called {
  requests: number
  statuses: Map<number, number>
  violations: number
}

type Breach = Report['violations'][number]
type Unmatched = Report['unmatched'][number]
type Unused = Report['faults_unused'][number]

/** What a tally tells by itself. Which policy a token needs, the rules find out. */
export type Tallied = Omit<Report, 'token_policy'>

/** So much is kept of a text that a client chose. */
const LONGEST = 200

export class Tally {
  /** What was done where. */
  readonly footprint = new Footprint()
  readonly #called = new Map<string, Called>()
  readonly #breaches = new CountedRows<Breach>()
  readonly #unmatched = new CountedRows<Unmatched>()
  readonly #unused = new CountedRows<Unused>()
  /** The rules that struck and went. */
  readonly #used = new Set<string>()
  /** What counts in the place of this one, since it was handed over. */
  #heir: Tally | undefined = undefined

  /**
   * Several tallies as one, such as those of all worlds of a server.
   * @example Tally.sum(worlds.map(({ tally }) => tally)).report(operations, rules)
   */
  static sum(tallies: Iterable<Tally>): Tally {
    const sum = new Tally()
    for (const tally of tallies) sum.#take(tally)
    return sum
  }

  /** Has another one count everything that this one did, and what it still will: requests may outlive their world. */
  handTo(heir: Tally): void {
    heir.#take(this)
    this.#heir = heir
  }

  /** Counts an exchange that is over. */
  add(entry: Entry): void {
    if (this.#heir) return void this.#heir.add(entry)
    const { operation, answer, violations } = entry
    if (operation === undefined) {
      this.#addUnmatched(entry)
      return
    }
    if (entry.place) this.footprint.add(operation, entry.place)
    if (operation.id === 'account-creation' && answer?.status === 200) this.#addMade(answer.body)
    const called = this.#of(operation.id)
    called.requests += 1
    if (answer) count(called.statuses, answer.status, 1)
    if (violations === undefined) return
    called.violations += violations.length
    for (const violation of violations) this.#addBreach(operation.id, violation, entry)
  }

  /** Notes what a token is given by a client. */
  addGiven(token: Pick<TokenRow, 'owner_id' | 'policies'>): void {
    if (this.#heir) return void this.#heir.addGiven(token)
    const { owner_id, policies } = token
    for (const { effect, resources, permission_groups } of policies) {
      if (effect === 'allow') this.footprint.addGiven({ owner_id, resources, permission_groups })
    }
  }

  /**
   * Counts the answer of an exchange that was counted with another one, or with none.
   * @param before the status that it was counted with
   */
  replace(before: number | undefined, entry: Entry): void {
    if (this.#heir) return void this.#heir.replace(before, entry)
    const { operation, answer } = entry
    if (operation === undefined || answer === undefined || answer.status === before) return
    const { statuses } = this.#of(operation.id)
    if (before !== undefined) count(statuses, before, -1)
    count(statuses, answer.status, 1)
  }

  /**
   * Notes a rule that goes: removed, or with the world that a reset takes away. One that struck counts as used, even
   * where the same rule goes without having struck: after the next reset, or in another world.
   * @param why in words, as it stands in the report
   */
  addUnused(rule: KeptRule, why: string): void {
    if (this.#heir) return void this.#heir.addUnused(rule, why)
    const key = identity(rule)
    if (rule.struck === 0) this.#unused.add(key, () => unused(rule, why))
    else if (this.#used.size < MOST_ROWS) this.#used.add(key)
  }

  /**
   * What there is to tell.
   * @param operations those of the contract, in the order of the report
   * @param rules the rules that are there now; those that never struck are told as unused
   */
  report(operations: readonly Operation[], rules: readonly KeptRule[] = []): Tallied {
    const order = new Map(operations.map(({ id }, at) => [id, at]))
    const place = ({ operation }: { operation: string }) => order.get(operation) ?? order.size
    const documented = operations.filter(({ neighbour }) => !neighbour)
    const missing = documented.map(({ id }) => id).filter((id) => !this.#called.has(id))
    const exercised = documented.length - missing.length
    return {
      operations: [...this.#called]
        .map(([operation, { requests, statuses, violations }]) => ({
          operation,
          requests,
          statuses: Object.fromEntries(statuses),
          violations,
        }))
        .sort((a, b) => place(a) - place(b)),
      coverage: {
        documented: documented.length,
        exercised,
        percent: documented.length === 0 ? 100 : Math.round((1000 * exercised) / documented.length) / 10,
        missing,
      },
      violations: this.#breaches
        .list()
        .sort((a, b) => place(a) - place(b) || b.count - a.count || compare(a.pointer, b.pointer)),
      unmatched: this.#unmatched.list().sort((a, b) => b.count - a.count || compare(a.path, b.path)),
      faults_unused: this.#unusedWith(rules),
      omitted: {
        violations: this.#breaches.omitted,
        unmatched: this.#unmatched.omitted,
        faults_unused: this.#unused.omitted,
      },
    }
  }

  #of(operation: string): Called {
    let called = this.#called.get(operation)
    if (!called) {
      called = { requests: 0, statuses: new Map(), violations: 0 }
      this.#called.set(operation, called)
    }
    return called
  }

  /** @param body the answer to the creation of an account, which a fault may have spoilt */
  #addMade(body = ''): void {
    const id = /"result":\{"id":"(\w+)"/.exec(body)?.[1]
    if (id !== undefined) this.footprint.addMade(id)
  }

  #addBreach(operation: string, violation: Violation, entry: Entry): void {
    const { kind, in: part, message } = violation
    // The same mistake in each item of a list is one mistake.
    const at = part === 'body' ? violation.pointer.replace(/\/\d+(?=\/|$)/g, '/*') : violation.pointer
    this.#breaches.add(`${operation} ${kind} ${part} ${at}`, () => {
      const text = redactor(entry)
      const example = text(`${entry.method} ${entry.url}`)
      return { operation, kind, in: part, pointer: text(at), message: text(message), count: 0, example }
    })
  }

  #addUnmatched(entry: Entry): void {
    const { method, url, nearest } = entry
    const path = url.split('?', 1)[0] as string
    this.#unmatched.add(`${method} ${path.slice(0, LONGEST)}`, () => {
      return { method, path: redactor(entry)(path), ...(nearest !== undefined && { nearest }), count: 0 }
    })
  }

  /** The rules that went unused, and those that are there and did not strike so far. */
  #unusedWith(rules: readonly KeptRule[]): Unused[] {
    const used = new Set(this.#used)
    for (const rule of rules) if (rule.struck > 0) used.add(identity(rule))
    const all = new CountedRows<Unused>()
    all.addAll(this.#unused)
    for (const rule of rules) if (rule.struck === 0) all.add(identity(rule), () => unused(rule, whyIdle(rule)))
    return [...all.entries()].filter(([key]) => !used.has(key)).map(([, row]) => ({ ...row }))
  }

  #take(other: Tally): void {
    for (const [operation, { requests, statuses, violations }] of other.#called) {
      const called = this.#of(operation)
      called.requests += requests
      called.violations += violations
      for (const [status, times] of statuses) count(called.statuses, status, times)
    }
    this.footprint.addAll(other.footprint)
    this.#breaches.addAll(other.#breaches)
    this.#unmatched.addAll(other.#unmatched)
    this.#unused.addAll(other.#unused)
    for (const key of other.#used) this.#used.add(key)
  }
}

function count(statuses: Map<number, number>, status: number, times: number): void {
  const sum = (statuses.get(status) ?? 0) + times
  if (sum === 0) statuses.delete(status)
  else statuses.set(status, sum)
}

/** What makes a rule the same rule after a reset, and in another world. */
function identity({ matched: _, struck: __, ...rule }: KeptRule): string {
  return JSON.stringify(rule)
}

function unused({ id, name, match }: KeptRule, why: string): Unused {
  return { id, ...(name !== undefined && { name }), ...(match && { match }), why, count: 0 }
}

function whyIdle({ matched }: KeptRule): string {
  return matched === 0 ? 'nothing matched it' : 'its turn did not come'
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/** Texts of an exchange without the credentials that came with it, and not too long. */
function redactor(entry: Entry): (text: string) => string {
  const redaction = Redaction.knowing([]).for(entry)
  return (text) => shortened(redaction.text(text), LONGEST)
}
