/** Reads an effect: abbreviations, and the names that other tools have for the same things. */
import type { Effect } from '../../../schemas/faults.ts'
import { CONNECTION_FAULTS, type Connection } from '../../../schemas/wire-faults.ts'
import { didYouMean } from '../../near.ts'
import { stepTo } from '../../pointer.ts'
import { FaultError, shown } from './errors.ts'
import { isFields } from './explanation.ts'
import type { Origins } from './origins.ts'
import { readToxic, TOXIC_NAMES } from './toxics.ts'

/** WireMock's four faults. */
const WIREMOCK: Readonly<Record<string, Connection>> = {
  CONNECTION_RESET_BY_PEER: 'reset',
  EMPTY_RESPONSE: 'close',
  MALFORMED_RESPONSE_CHUNK: 'garbage',
  RANDOM_DATA_THEN_CLOSE: 'noise',
}

const CONNECTIONS = new Map<string, Connection>([
  ...CONNECTION_FAULTS.map((name) => [name, name] as const),
  ...Object.entries(WIREMOCK),
])

/** The effects that are one word. */
export const WORDS = [...CONNECTIONS.keys(), 'duplicate']

/** What a word does; undefined for one that is no effect. */
export function effectOf(word: string): Effect | undefined {
  const connection = CONNECTIONS.get(word)
  if (connection !== undefined) return { connection }
  return word === 'duplicate' ? { duplicate: true } : undefined
}

/** An effect in its own words. Whether they are right is not looked at yet. */
export interface ReadEffect {
  effect: unknown
  /** How often it is to strike, where it says so itself. */
  probability?: unknown
}

/** What one field of an effect stands for. */
type Parts = Readonly<Record<string, unknown>>

/**
 * Reads an effect.
 * @param at where it stands in the rule; `origins` is told of what was given elsewhere
 * @throws FaultError for names and toxics that there are not, and for two that both say the same thing
 * @example readEffect('EMPTY_RESPONSE', '/effect', origins).effect // { connection: 'close' }
 * @example readEffect({ error: 503, latency: { latency: 100 } }, '/effect', origins).effect // { error: { status: 503 }, delay: { ms: 100 } }
 */
export function readEffect(given: unknown, at: string, origins: Origins): ReadEffect {
  if (typeof given === 'string') return { effect: wordAt(given, at, at, WORDS, origins) }
  if (!isFields(given)) return { effect: given }
  if (Object.hasOwn(given, 'type')) return readToxicObject(given, at, origins)
  const effect = new Map<string, unknown>()
  const saidBy = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    for (const [part, read] of Object.entries(readField(name, value, at, origins))) {
      const other = saidBy.get(part)
      if (other !== undefined) {
        throw new FaultError(origins.of(at) + stepTo(name), `cannot stand beside "${other}": both are a "${part}".`)
      }
      effect.set(part, read)
      saidBy.set(part, name)
    }
  }
  return { effect: Object.fromEntries(effect) }
}

function readField(name: string, value: unknown, at: string, origins: Origins): Parts {
  const here = at + stepTo(name)
  if (name === 'fault') return wordAt(value, here, at, [...CONNECTIONS.keys()], origins)
  if (name === 'connection' && typeof value === 'string')
    return wordAt(value, here, at, [...CONNECTIONS.keys()], origins)
  if (TOXIC_NAMES.includes(name)) return toxicAt(name, value, here, at, origins)
  if (name === 'error' && typeof value === 'number') {
    origins.make(`${here}/status`, origins.of(here))
    return { error: { status: value } }
  }
  if (name === 'delay' && typeof value === 'number') {
    origins.make(`${here}/ms`, origins.of(here))
    return { delay: { ms: value } }
  }
  if (name === 'spoil' && isFields(value)) {
    origins.move(`${here}/0`, origins.of(here))
    return { spoil: [value] }
  }
  return Object.fromEntries([[name, value]])
}

/** @param from where the word stands; @param at where the effect stands */
function wordAt(value: unknown, from: string, at: string, words: readonly string[], origins: Origins): Parts {
  const effect = typeof value === 'string' && words.includes(value) ? effectOf(value) : undefined
  if (!effect) {
    const near = typeof value === 'string' ? didYouMean(value, words) : ''
    throw new FaultError(origins.of(from), `must be one of ${words.join(', ')}, not ${shown(value)}.${near}`)
  }
  const given = origins.of(from)
  for (const part of Object.keys(effect)) origins.make(at + stepTo(part), given)
  return effect
}

function toxicAt(name: string, attributes: unknown, from: string, at: string, origins: Origins): Parts {
  const given = origins.of(from)
  const parts = readToxic(name, attributes, given)
  for (const part of Object.keys(parts)) origins.make(at + stepTo(part), given)
  return { ...parts }
}

const TOXIC_FIELDS = ['type', 'stream', 'toxicity', 'attributes']

/** A toxic as Toxiproxy writes it: `{ "type": "latency", "toxicity": 0.5, "attributes": { "latency": 100 } }`. */
function readToxicObject(given: Record<string, unknown>, at: string, origins: Origins): ReadEffect {
  const here = origins.of(at)
  for (const name of Object.keys(given)) {
    if (TOXIC_FIELDS.includes(name)) continue
    throw new FaultError(here + stepTo(name), `is no field of a toxic. There are ${TOXIC_FIELDS.join(', ')}.`)
  }
  const { type, stream = 'downstream', toxicity, attributes = {} } = given
  if (typeof type !== 'string' || !TOXIC_NAMES.includes(type)) {
    const near = typeof type === 'string' ? didYouMean(type, TOXIC_NAMES) : ''
    throw new FaultError(`${here}/type`, `must be one of ${TOXIC_NAMES.join(', ')}, not ${shown(type)}.${near}`)
  }
  if (stream !== 'downstream') {
    throw new FaultError(`${here}/stream`, 'must be "downstream": faults strike the way of the answer.')
  }
  const effect = toxicAt(type, attributes, `${at}/attributes`, at, origins)
  return toxicity === undefined ? { effect } : { effect, probability: toxicity }
}
