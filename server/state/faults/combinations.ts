/** Refuses rules whose parts contradict each other, so that they could never do what they say. */
import type { Effect, FaultRule, When } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { stepTo } from '../../pointer.ts'
import { FaultError } from './errors.ts'
import { refuseSpoil } from './spoil-places.ts'

/** Pairs of effects that make no sense together, and why. The pointer is to the second. */
const CONTRADICTIONS: readonly (readonly [one: string, other: string, why: string])[] = [
  ['error', 'stale', 'the operation that would read what is stale does not run'],
  ['error', 'duplicate', 'the operation does not run, so that there is no change whose answer could be lost'],
  ['duplicate', 'spoil', 'the answer is lost, so that nobody sees what is wrong with it'],
  ['duplicate', 'connection', 'it resets the connection itself'],
  ['duplicate', 'stale', 'it is about changes, and "stale" about reads'],
]

/** The same for faults of the connection. */
const CONNECTION_CONTRADICTIONS: Readonly<Record<string, readonly [others: readonly (keyof Effect)[], why: string]>> = {
  reset: [['error', 'rate_limit', 'spoil', 'stale'], 'it comes before all of that'],
  close: [['error', 'rate_limit', 'spoil', 'stale'], 'it comes before all of that'],
  hang: [['error', 'rate_limit', 'spoil', 'stale'], 'it comes before all of that'],
  garbage: [['spoil', 'stale'], 'nothing of the body is seen'],
  noise: [['error', 'spoil', 'stale'], 'nothing of the answer is seen'],
}

/**
 * Refuses what contradicts itself in a rule that is well formed.
 * @param operations those that the rule can match
 * @throws FaultError that points into the rule
 */
export function refuseContradictions(rule: FaultRule, operations: readonly Operation[]): void {
  const { name = '', when, effect, sequence } = rule
  if (/^fault-\d+$/.test(name)) throw new FaultError('/name', `must not look like an id, as "${name}" does.`)
  if (effect && sequence) throw new FaultError('/sequence', 'cannot stand beside "effect": give one of the two.')
  if (!effect && !sequence)
    throw new FaultError('/effect', 'is required: what the rule does; or "sequence", several in turn.')
  if (when) refuseWhen(when, sequence)
  if (sequence?.every((step) => step === null)) {
    throw new FaultError('/sequence', 'must have an effect that is not null, or the rule never strikes.')
  }
  if (effect) refuseEffect(effect, operations, '/effect')
  for (const [at, step] of sequence?.entries() ?? []) if (step) refuseEffect(step, operations, `/sequence${stepTo(at)}`)
}

function refuseWhen({ times, between }: When, sequence: FaultRule['sequence']): void {
  if (times !== undefined && sequence) {
    throw new FaultError('/when/times', 'cannot stand beside "sequence", which strikes as often as it is long.')
  }
  if (!between) return
  const [from, to] = between.map((time, at) => {
    const moment = Date.parse(time)
    if (Number.isNaN(moment)) {
      throw new FaultError(`/when/between/${at}`, `must be a time that a clock can show, not "${time}".`)
    }
    return moment
  }) as [number, number]
  if (from >= to) throw new FaultError('/when/between', 'must end after it begins: give the earlier time first.')
}

function refuseEffect(effect: Effect, operations: readonly Operation[], at: string): void {
  const { delay, connection, spoil, stale } = effect
  for (const [one, other, why] of CONTRADICTIONS) {
    if (Object.hasOwn(effect, one) && Object.hasOwn(effect, other)) {
      throw new FaultError(`${at}/${other}`, `cannot stand beside "${one}": ${why}.`)
    }
  }
  if (connection !== undefined) refuseBeside(effect, nameOf(connection), at)
  if (delay && 'uniform' in delay) {
    const [least, most] = delay.uniform as [number, number]
    if (least > most) throw new FaultError(`${at}/delay/uniform`, 'must begin with the shorter delay.')
  }
  if (stale && !operations.some(({ method }) => method === 'GET')) {
    throw new FaultError(`${at}/stale`, 'is about reads, and the rule matches none: only GET can be stale.')
  }
  for (const [index, one] of spoil?.entries() ?? []) {
    try {
      refuseSpoil(one, operations, effect.error !== undefined)
    } catch (error) {
      if (error instanceof FaultError) throw new FaultError(`${at}/spoil/${index}${error.pointer}`, error.detail)
      throw error
    }
  }
}

function refuseBeside(effect: Effect, name: string, at: string): void {
  const [others, why] = CONNECTION_CONTRADICTIONS[name] ?? [[], '']
  const other = others.find((part) => Object.hasOwn(effect, part))
  if (other) throw new FaultError(`${at}/${other}`, `cannot stand beside the connection fault "${name}": ${why}.`)
}

/** `hang` of `{ hang: { ms: 100 } }` too. */
function nameOf(connection: NonNullable<Effect['connection']>): string {
  return typeof connection === 'string' ? connection : (Object.keys(connection)[0] ?? '')
}
