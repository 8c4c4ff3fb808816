/**
 * Says what is wrong with a value, where, and what would be right. Ajv finds that something is wrong; of a choice
 * between several forms it says what is wrong with the first, not with the one that was meant.
 */
import { type Check, compile } from '../../ajv.ts'
import { didYouMean } from '../../near.ts'
import { stepTo } from '../../pointer.ts'
import type { Schema } from '../../readings.ts'
import { FaultError, shown } from './errors.ts'

type Fields = Record<string, unknown>

/** Whether a value is an object with keys. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const checks = new WeakMap<Schema, Check>()

/** Each schema is compiled once. */
function checkOf(schema: Schema): Check {
  let check = checks.get(schema)
  if (!check) {
    check = compile(schema)
    checks.set(schema, check)
  }
  return check
}

/**
 * Holds a value against its schema, in the closed reading.
 * @throws FaultError with the pointer of the first field that is wrong
 * @example hold(closed(When), { tims: 2 }, '/when') // /when/tims is not allowed here. Did you mean "times"? …
 */
export function hold(schema: Schema, value: unknown, at = ''): void {
  const problem = checkOf(schema)(value)
  if (!problem) return
  explain(schema, value, at)
  throw new FaultError(at + problem.pointer, `${problem.message}.`)
}

function explain(schema: Schema, value: unknown, at: string): void {
  if (value === null && schema.nullable) return
  if (schema.anyOf) {
    explainChoice(schema.anyOf, value, at)
    return
  }
  explainItself(schema, value, at)
  const { properties, additionalProperties, items } = schema
  if (Array.isArray(value) && items)
    for (const [index, item] of value.entries()) explain(items, item, at + stepTo(index))
  if (!isFields(value)) return
  if (properties) explainFields(schema, value, at)
  else if (typeof additionalProperties === 'object') {
    for (const [name, field] of Object.entries(value)) explain(additionalProperties, field, at + stepTo(name))
  }
}

function explainFields({ properties = {}, required = [] }: Schema, value: Fields, at: string): void {
  const known = Object.keys(properties)
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      const near = didYouMean(name, known)
      throw new FaultError(at + stepTo(name), `is not allowed here.${near} There ${isOrAre(known)}.`)
    }
  }
  for (const name of required) {
    if (!Object.hasOwn(value, name)) throw new FaultError(at + stepTo(name), 'is required.')
  }
  for (const [name, field] of Object.entries(value)) explain(properties[name] as Schema, field, at + stepTo(name))
}

/** What a value must be, whatever is in it. */
const OWN = new WeakMap<Schema, Schema>()

function explainItself(schema: Schema, value: unknown, at: string): void {
  let own = OWN.get(schema)
  if (!own) {
    const { properties: _, additionalProperties: __, items: ___, required: ____, ...rest } = schema
    own = rest
    OWN.set(schema, own)
  }
  const problem = checkOf(own)(value)
  if (!problem) return
  const allowed = schema.enum
  if (Array.isArray(allowed)) {
    const near = typeof value === 'string' ? nearest(value, allowed.map(String)) : ''
    throw new FaultError(at, `must be ${listed(allowed)}, not ${shown(value)}.${near}`)
  }
  if (schema.format === 'date-time' && typeof value === 'string') {
    throw new FaultError(at, `must be a time with its zone, such as 2026-11-21T10:00:00Z, not ${shown(value)}.`)
  }
  if (problem.keyword === 'minProperties') {
    throw new FaultError(at, `must have at least one of ${listed(Object.keys(schema.properties ?? {}))}.`)
  }
  throw new FaultError(at, `${problem.message}, not ${shown(value)}.`)
}

/** Words of a closed set are told apart by their letters alone. */
function nearest(value: string, words: readonly string[]): string {
  const same = words.find((word) => word.toLowerCase() === value.toLowerCase())
  return didYouMean(same ?? value, words)
}

/** The form that was meant is the one that has a field of what was given. */
function explainChoice(forms: readonly Schema[], value: unknown, at: string): void {
  const word = forms.find(({ properties }) => !properties)
  if (word && typeof value === 'string') {
    explainItself(word, value, at)
    return
  }
  if (!isFields(value)) throw new FaultError(at, `must be ${formsOf(forms)}, not ${shown(value)}.`)
  const names = Object.keys(value)
  const meant = forms.filter(({ properties = {} }) => names.some((name) => Object.hasOwn(properties, name)))
  const [form] = meant
  if (!form) {
    const near = didYouMean(
      names[0] ?? '',
      forms.flatMap(({ properties = {} }) => Object.keys(properties)),
    )
    throw new FaultError(at, `must be ${formsOf(forms)}, not ${shown(value)}.${near}`)
  }
  if (meant.length > 1) throw new FaultError(at, `must be only one of ${formsOf(forms)}, not ${shown(value)}.`)
  explain(form, value, at)
}

/** `"reset", "close" or an object with "drip"`, for messages. */
function formsOf(forms: readonly Schema[]): string {
  const words = forms.flatMap((form) => (Array.isArray(form.enum) ? form.enum.map((word) => shown(word)) : []))
  const objects = forms.flatMap(({ required }) =>
    required ? [`{ ${required.map((name) => `"${name}": …`).join(', ')} }`] : [],
  )
  return either([...words, ...objects])
}

const listed = (values: readonly unknown[]) => either(values.map((value) => shown(value)))

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

const isOrAre = (names: readonly string[]) =>
  `${names.length === 1 ? 'is' : 'are'} ${names.map((name) => `"${name}"`).join(', ')}`
