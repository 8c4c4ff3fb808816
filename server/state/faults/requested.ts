/** The fault that a single request asks for, in its header `Fauxflare-Fault`. */
import type { Effect, FaultRule } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { didYouMean } from '../../near.ts'
import type { Random } from '../random.ts'
import { effectOf, WORDS } from './aliases.ts'
import { FaultError, shown } from './errors.ts'
import { isFields } from './explanation.ts'
import { PRESET_NAMES } from './reading.ts'
import { readyRules } from './rule.ts'

/** A fault that strikes a request. */
export interface Strike {
  /** What answers and the journal call it: the name of the rule or its id, or the word that asked for it. */
  name: string
  effect: Effect
  /** The id of the rule that it comes from. Absent for a fault that the request itself describes. */
  rule?: string
  /**
   * Takes the strike back, since it did nothing to the request: a limit that is not reached yet.
   * @returns what strikes in its place, from the rules behind
   */
  pass?(): Strike | undefined
}

/**
 * Reads what a request asks for.
 * @param text a preset, a fault of the connection in any of its names, `duplicate`, or an effect or a rule as JSON
 * @param namesOf the rules that could have been asked for, for the message
 * @returns undefined when what was asked for has a probability, and does not strike this time
 * @throws FaultError that lists what there is, and for effects that cannot be
 */
export function readRequested(
  text: string,
  operations: readonly Operation[],
  chance: Random,
  namesOf: () => readonly string[],
): Strike | undefined {
  const given = /^[[{"]/.test(text) ? parsed(text) : text
  if (typeof given !== 'string') return drawn(readyJson(given, operations), chance)
  const effect = effectOf(given)
  if (effect) return { name: given, effect }
  if ((PRESET_NAMES as readonly string[]).includes(given))
    return drawn(readyJson({ preset: given }, operations), chance)
  const names = namesOf()
  throw new FaultError(
    '',
    `must be a fault, not ${shown(given)}.${didYouMean(given, [...PRESET_NAMES, ...WORDS, ...names])} ${choices(names)}`,
    '',
  )
}

function choices(names: readonly string[]): string {
  const rules =
    names.length === 0
      ? ''
      : ` The rules of this world are ${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}.`
  return `The presets are ${PRESET_NAMES.join(', ')}; the effects ${WORDS.join(', ')}.${rules} Or give an effect or a rule as JSON.`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FaultError('', `must be JSON when it begins like that: ${(error as Error).message}.`, '')
  }
}

const OF_A_RULE = ['name', 'match', 'when', 'effect', 'sequence', 'preset']

/** What a header cannot say, since it is about the one request that it came with. */
const POINTLESS = ['match', 'sequence', 'when/after', 'when/times', 'when/every', 'when/between']

function readyJson(given: unknown, operations: readonly Operation[]): FaultRule[] {
  if (!isFields(given)) throw new FaultError('', `must be one fault, not ${shown(given)}.`, '')
  const isRule = OF_A_RULE.some((name) => Object.hasOwn(given, name))
  if (isRule) refusePointless(given)
  try {
    const rules = readyRules(isRule ? given : { effect: given }, operations).map(({ rule }) => rule)
    const { preset } = given
    return typeof preset === 'string' ? rules.map((rule) => ({ ...rule, name: preset })) : rules
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    throw new FaultError(isRule ? error.pointer : error.pointer.replace(/^\/effect/, ''), error.detail, '')
  }
}

function refusePointless(given: Record<string, unknown>): void {
  for (const place of POINTLESS) {
    const [first = '', second] = place.split('/')
    const value = given[first]
    if (second === undefined ? !Object.hasOwn(given, first) : !isFields(value) || !Object.hasOwn(value, second))
      continue
    throw new FaultError(`/${place}`, 'has no place in a header, which is about one request. Leave it out.', '')
  }
}

function drawn(rules: readonly FaultRule[], chance: Random): Strike | undefined {
  for (const { name, when, effect } of rules) {
    if (!effect || (when?.probability !== undefined && chance.fraction() >= when.probability)) continue
    return { name: name ?? nameOf(effect), effect }
  }
  return undefined
}

/** `delay+error`, or the word for a fault of the connection. */
function nameOf(effect: Effect): string {
  return Object.entries(effect)
    .map(([part, value]) => {
      if (part !== 'connection') return part
      return typeof value === 'string' ? value : (Object.keys(value)[0] ?? part)
    })
    .join('+')
}
