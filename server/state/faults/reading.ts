/** Reads what is given as faults: rules, presets and lists of those, with all their aliases and abbreviations. */
import { Type } from 'typebox'
import { FaultRule, Match, When } from '../../../schemas/faults.ts'
import { oneOf } from '../../../schemas/fields.ts'
import { stepTo } from '../../pointer.ts'
import { closed } from '../../readings.ts'
import { readEffect } from './aliases.ts'
import { FaultError, shown } from './errors.ts'
import { hold, isFields } from './explanation.ts'
import { Origins } from './origins.ts'
import { PRESETS, type PresetName } from './presets.ts'

/** How many rules a world may have. */
export const MOST_RULES = 1000

/** The names of the presets. */
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[]

const RULE = closed(FaultRule)

/** What is said beside the name of a preset holds for each of its rules. */
const PRESET = closed(
  Type.Object({ preset: oneOf(PRESET_NAMES), match: Type.Optional(Match), when: Type.Optional(When) }),
)

/** A rule as it was read, in the words of the schema. */
export interface ReadRule {
  rule: FaultRule
  /** Where it says what. */
  origins: Origins
}

/**
 * Reads rules. Whether they can ever strike is not looked at.
 * @param input a rule, a preset (`"flaky"` or `{ "preset": "flaky" }`), or a list of those
 * @throws FaultError with a pointer into `input`
 */
export function readRules(input: unknown): ReadRule[] {
  const given = asJson(input)
  if (!Array.isArray(given)) return readOne(given, '')
  // So many are not even read.
  if (given.length > MOST_RULES) throw new FaultError('', `must be a list of ${MOST_RULES} rules at most.`)
  return given.flatMap((item, at) => readOne(item, stepTo(at)))
}

/** A copy that nobody else can change, and that is what it would be had it come over the wire. */
function asJson(input: unknown): unknown {
  let text: string | undefined
  try {
    text = JSON.stringify(input)
  } catch (error) {
    throw new FaultError('', `must be JSON: ${(error as Error).message}.`)
  }
  if (text === undefined) throw new FaultError('', 'must be a rule, a preset or a list of those, and is nothing.')
  return JSON.parse(text)
}

function readOne(given: unknown, at: string): ReadRule[] {
  if (typeof given === 'string') {
    const origins = new Origins(at)
    origins.make('/preset', at)
    return origins.within(() => readPreset({ preset: given }, origins))
  }
  if (!isFields(given)) throw new FaultError(at, `must be a rule, a preset or a list of those, not ${shown(given)}.`)
  const origins = new Origins(at)
  if (Object.hasOwn(given, 'preset')) return origins.within(() => readPreset(given, origins))
  const rule = readRule(given, origins)
  origins.within(() => hold(RULE, rule))
  return [{ rule: rule as FaultRule, origins }]
}

function readPreset(given: unknown, origins: Origins): ReadRule[] {
  hold(PRESET, given)
  origins.make('/name', origins.of('/preset'))
  const { preset, match, when } = given as { preset: PresetName; match?: Match; when?: When }
  return PRESETS[preset].rules.map((rule) => ({
    rule: {
      ...structuredClone(rule),
      ...(match && { match }),
      ...((rule.when || when) && { when: { ...rule.when, ...when } }),
    },
    origins,
  }))
}

/** A rule in its own words. Whether they are right is not looked at yet. */
function readRule(given: Record<string, unknown>, origins: Origins): unknown {
  const { effect, sequence } = given
  const rule = { ...given }
  if (Object.hasOwn(given, 'effect')) {
    const read = readEffect(effect, '/effect', origins)
    rule.effect = read.effect
    if (read.probability !== undefined) rule.when = withToxicity(given.when, read.probability, origins)
  }
  if (Array.isArray(sequence)) {
    rule.sequence = sequence.map((step, at) => {
      const read = readEffect(step, `/sequence/${at}`, origins)
      if (read.probability === undefined) return read.effect
      throw new FaultError(
        `${origins.of(`/sequence/${at}`)}/toxicity`,
        'cannot stand in a sequence: give the rule a "when" with a "probability".',
      )
    })
  }
  return rule
}

function withToxicity(when: unknown = {}, toxicity: unknown, origins: Origins): unknown {
  if (!isFields(when)) return when
  const here = `${origins.of('/effect')}/toxicity`
  if (Object.hasOwn(when, 'probability')) {
    throw new FaultError(here, 'cannot stand beside the "probability" of the rule: both say how often it strikes.')
  }
  origins.make('/when/probability', here)
  return { ...when, probability: toxicity }
}
