/** A rule that is ready to be asked, and what became of it in one world. */
import type { Effect, FaultRule, KeptRule } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { refuseContradictions } from './combinations.ts'
import { FaultError } from './errors.ts'
import { type Asked, matcherOf, redacted } from './matching.ts'
import { reachOf } from './reach.ts'
import { type ReadRule, readRules } from './reading.ts'

/** A rule that can strike. It is the same for all worlds. */
export interface ReadyRule {
  /** Never changed. */
  rule: FaultRule
  matches(asked: Asked): boolean
  /** The times between which it strikes, in milliseconds since 1970. */
  from: number
  until: number
  /** How often it strikes at most. */
  most: number
  /** Where it got its name, as a pointer into what was given. */
  named: string
}

/**
 * Reads rules, and refuses those that can never strike.
 * @param input a rule, a preset, or a list of those
 * @throws FaultError with a pointer into `input`
 */
export function readyRules(input: unknown, operations: readonly Operation[]): ReadyRule[] {
  return readRules(input).map((read) => ready(read, operations))
}

function ready({ rule, origins }: ReadRule, operations: readonly Operation[]): ReadyRule {
  const { match = {}, when, sequence } = rule
  return origins.within(() => {
    const matches = below('/match', () => matcherOf(match))
    refuseContradictions(
      rule,
      below('/match', () => reachOf(match, operations)),
    )
    const [from, until] = when?.between?.map((time) => Date.parse(time)) ?? []
    return {
      rule: frozen(rule),
      matches: isAboutReads(rule) ? (asked) => asked.method === 'GET' && matches(asked) : matches,
      from: from ?? Number.NEGATIVE_INFINITY,
      until: until ?? Number.POSITIVE_INFINITY,
      most: when?.times ?? sequence?.length ?? Number.POSITIVE_INFINITY,
      named: origins.of('/name'),
    }
  })
}

/** Has errors point into a part of the rule. */
function below<Result>(at: string, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    if (error instanceof FaultError) throw new FaultError(at + error.pointer, error.detail)
    throw error
  }
}

/** A change is not for a rule that does nothing but let reads lag behind: others shall have their turn. */
function isAboutReads({ effect, sequence = [] }: FaultRule): boolean {
  const effects = [effect, ...sequence].filter((one) => one !== undefined && one !== null)
  return effects.every((one) => Object.keys(one).join() === 'stale')
}

/** All worlds share a rule, and callers see it. */
function frozen<Value extends object>(value: Value): Value {
  const left: object[] = [value]
  for (let next = left.pop(); next; next = left.pop()) {
    Object.freeze(next)
    for (const child of Object.values(next)) if (typeof child === 'object' && child !== null) left.push(child)
  }
  return value
}

/** A rule in a world. */
export class ActiveRule {
  readonly id: string
  readonly #ready: ReadyRule
  /** Requests that it matched. */
  #matched = 0
  /** Times that it was its turn, those that let a request pass among them. */
  #turns = 0
  #struck = 0

  constructor(ready: ReadyRule, id: string) {
    this.#ready = ready
    this.id = id
  }

  get name(): string | undefined {
    return this.#ready.rule.name
  }

  /** What answers and the journal call it. */
  get label(): string {
    return this.name ?? this.id
  }

  /** The rule as it is listed: with its counters, without secrets. */
  get kept(): KeptRule {
    const { rule } = this.#ready
    const { match } = rule
    return {
      id: this.id,
      ...rule,
      ...(match && { match: redacted(match) }),
      matched: this.#matched,
      struck: this.#struck,
    }
  }

  /**
   * Shows the rule a request. One that matches is counted.
   * @returns undefined when it is not for this rule, and null when it passes because it is this rule's turn to let it
   */
  ask(asked: Asked, clock: Clock, chance: Random): Effect | null | undefined {
    const { matches, rule, from, until, most } = this.#ready
    if (!matches(asked)) return undefined
    this.#matched += 1
    const { after = 0, every = 1, probability } = rule.when ?? {}
    const turn = this.#matched - after
    if (turn <= 0 || turn % every !== 0 || this.#turns >= most) return undefined
    if (rule.when?.between) {
      const now = clock.now()
      if (now < from || now >= until) return undefined
    }
    if (probability !== undefined && chance.fraction() >= probability) return undefined
    const effect = rule.sequence ? rule.sequence[this.#turns] : rule.effect
    this.#turns += 1
    if (effect) this.#struck += 1
    return effect
  }

  /** Strikes a request that asks for it by name, whatever it matches, out of turn. */
  strike(): Effect {
    const { effect, sequence = [] } = this.#ready.rule
    this.#struck += 1
    return effect ?? (sequence.find((step) => step !== null) as Effect)
  }

  /**
   * Takes the last strike back, which did nothing. A step of a sequence has had its turn all the same.
   * @param isOutOfTurn whether it was one of {@link ActiveRule.strike}
   */
  takeBack(isOutOfTurn: boolean): void {
    this.#struck -= 1
    if (!isOutOfTurn && !this.#ready.rule.sequence) this.#turns -= 1
  }
}
