/** The faults of one world: rules in their order, what became of them, and which one strikes. */
import type { FaultRule, KeptRule } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { FaultError } from './errors.ts'
import type { Asked } from './matching.ts'
import { MOST_RULES } from './reading.ts'
import { readRequested, type Strike } from './requested.ts'
import { ActiveRule, type ReadyRule, readyRules } from './rule.ts'

export { FaultError } from './errors.ts'
export type { Asked } from './matching.ts'
export { MOST_RULES } from './reading.ts'
export type { Strike } from './requested.ts'

/** What rules are checked against and draw from. */
export interface FaultContext {
  operations: readonly Operation[]
  clock: Clock
  chance: Random
  /** Told of each rule that goes; one whose `struck` is 0 was unused. */
  onUnused?: (rule: KeptRule, why: string) => void
}

/**
 * Reads what would be added, without a world to add it to.
 * @param input a rule, a preset, or a list of those; aliases are read
 * @returns rules in the words of the schema, secrets and all, for `new Faults(context, rules)`
 * @throws FaultError for what is no rule, and for a rule that can never strike
 * @example readFaults('flaky', operations)
 */
export function readFaults(input: unknown, operations: readonly Operation[]): FaultRule[] {
  return readyRules(input, operations).map(({ rule }) => rule)
}

/** Worlds are made all the time, mostly with the same rules: those are read once. */
const known = new WeakMap<readonly FaultRule[], { operations: readonly Operation[]; ready: ReadyRule[] }>()

function readyOnce(rules: readonly FaultRule[], operations: readonly Operation[]): ReadyRule[] {
  let found = known.get(rules)
  if (found?.operations !== operations) {
    found = { operations, ready: readyRules(rules, operations) }
    known.set(rules, found)
  }
  return found.ready
}

export class Faults {
  readonly #context: FaultContext
  #rules: ActiveRule[] = []
  /** How many ids were given out. */
  #count = 0

  /**
   * @param rules that the world begins with; the list must not change afterwards
   * @throws FaultError as {@link Faults.add}
   */
  constructor(context: FaultContext, rules: readonly FaultRule[] = []) {
    this.#context = context
    if (rules.length > 0) this.#add(readyOnce(rules, context.operations))
  }

  /** True when there is no rule: a request need not even be looked at. */
  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /**
   * Adds rules after the ones that are there: all that are given, or none.
   * @param input a rule, a preset (`"flaky"`, or `{ "preset": "flaky" }`, which takes `match` and `when` for all of its
   * rules), or a list of those. Names that WireMock and Toxiproxy have for the same faults are read; `error` may be
   * just a status, `delay` just milliseconds, `spoil` just one change, `effect` just a word.
   * @returns the rules as they are kept, without the tokens in them
   * @throws FaultError with a JSON pointer into `input`: for what is no rule, for a rule that can never strike, for a
   * name that is taken, and when there are too many
   * @example faults.add({ match: { operation: 'account-creation' }, when: { times: 2 }, effect: { error: 503 } })
   * @example faults.add(['slow', { effect: 'CONNECTION_RESET_BY_PEER', when: { every: 3 } }])
   */
  add(input: unknown): KeptRule[] {
    return this.#add(readyRules(input, this.#context.operations)).map(({ kept }) => kept)
  }

  /** In the order in which they are asked. Tokens in them are redacted. */
  list(): readonly KeptRule[] {
    return this.#rules.map(({ kept }) => kept)
  }

  /** By id or name. */
  get(id: string): KeptRule | undefined {
    return this.#find(id)?.kept
  }

  /**
   * @param id of a rule, or its name
   * @returns whether there was such a rule
   */
  remove(id: string): boolean {
    const rule = this.#find(id)
    if (!rule) return false
    this.#rules = this.#rules.filter((other) => other !== rule)
    this.#tell([rule], 'removed')
    return true
  }

  clear(): void {
    this.retire('cleared')
  }

  /**
   * Lets all rules go, since their world does.
   * @param why they go, in a word for the report: `reset`
   */
  retire(why: string): void {
    const rules = this.#rules
    this.#rules = []
    this.#tell(rules, why)
  }

  /**
   * The fault that strikes this request: that of the first rule that matches it and whose turn it is. The rules behind
   * that one do not see the request, unless the strike is passed on to them.
   */
  strike(asked: Asked): Strike | undefined {
    return this.#strikeFrom(0, asked)
  }

  #strikeFrom(first: number, asked: Asked): Strike | undefined {
    const { clock, chance } = this.#context
    const rules = this.#rules
    for (let at = first; at < rules.length; at += 1) {
      const rule = rules[at] as ActiveRule
      const effect = rule.ask(asked, clock, chance)
      if (effect === null) return undefined
      if (effect === undefined) continue
      const pass = () => {
        rule.takeBack(false)
        return this.#strikeFrom(at + 1, asked)
      }
      return { name: rule.label, effect, rule: rule.id, pass }
    }
    return undefined
  }

  /**
   * The fault that a request asks for in its header `Fauxflare-Fault`.
   * @param text a rule of this world by its name or id, which then strikes out of turn; a preset; a fault of the
   * connection; `duplicate`; an effect or a rule as JSON
   * @returns undefined when what was asked for has a probability, and does not strike this time
   * @throws FaultError for anything else. Its message, which names what there is, goes behind a colon.
   * @example faults.requested('reset')
   * @example faults.requested('{"error":{"status":503}}')
   */
  requested(text: string): Strike | undefined {
    const asked = text.trim()
    const rule = this.#find(asked)
    if (rule) {
      const pass = () => {
        rule.takeBack(true)
        return undefined
      }
      return { name: rule.label, effect: rule.strike(), rule: rule.id, pass }
    }
    const { operations, chance } = this.#context
    return readRequested(asked, operations, chance, () => this.#rules.map(({ label }) => label))
  }

  #find(id: string): ActiveRule | undefined {
    return this.#rules.find((rule) => rule.id === id || rule.name === id)
  }

  #add(ready: readonly ReadyRule[]): ActiveRule[] {
    if (this.#rules.length + ready.length > MOST_RULES) {
      throw new FaultError('', `would make more than ${MOST_RULES} rules. Remove some that are no longer used.`)
    }
    const names = new Set(this.#rules.map(({ name }) => name))
    for (const { rule, named } of ready) {
      const { name } = rule
      if (name === undefined) continue
      if (names.has(name)) throw new FaultError(named, `must be another one: there is a rule "${name}" already.`)
      names.add(name)
    }
    const added = ready.map((one, at) => new ActiveRule(one, `fault-${this.#count + at + 1}`))
    this.#count += added.length
    this.#rules = [...this.#rules, ...added]
    return added
  }

  #tell(rules: readonly ActiveRule[], why: string): void {
    const { onUnused } = this.#context
    if (onUnused) for (const { kept } of rules) onUnused(kept, why)
  }
}
