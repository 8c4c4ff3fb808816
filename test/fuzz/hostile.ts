/** Values, texts and bodies that nobody should send, and somebody will. */
import fc from 'fast-check'

/** What may stand in a JSON text where something else is expected. Written out, since not all of it has a value in JS. */
const LITERALS = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '123456789012345678901234567890',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"😀"',
  '"__proto__"',
  '"constructor"',
  '"<script>"',
  '"../../etc/passwd"',
  '"0123456789abcdef0123456789abcdef"',
  '"2026-02-30T00:00:00Z"',
  '"0000-01-01T00:00:00+23:59"',
  '"9999-12-31T23:59:59-23:59"',
  `"${'x'.repeat(33)}"`,
  `"${'x'.repeat(5000)}"`,
  '[]',
  '[[]]',
  '[null]',
  '[""]',
  '[{}]',
  '{}',
  '{"id":null}',
  '{"id":"x","extra":1}',
  '{"constructor":1,"toString":"x","hasOwnProperty":{},"valueOf":[]}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  `${'['.repeat(200)}${']'.repeat(200)}`,
  `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
]

/** Keys that a client might add anywhere. */
const KEYS = ['extra', 'id', 'constructor', 'toString', 'hasOwnProperty', 'account_id', 'owner_id', 'status', '', 'a.b']

/** A body: JSON text in which placeholders stand for what is not JSON. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Every place in a value, as the keys that lead there. */
function places(value: Json, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, child]) => places(child, [...at, key]))]
}

/** The value with another one put in a place. Objects are copied on the way. */
function put(value: Json, [key, ...rest]: (string | number)[], next: (old: Json | undefined) => Json): Json {
  if (key === undefined) return next(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, Json>
  copy[key] = put(copy[key] as Json, rest, next)
  return copy as Json
}

/** Stands for a literal until the whole is written as text. */
const marker = (text: string) => `\u{f0000}${text}\u{f0001}`
const unmark = (json: string) =>
  json.replace(/"\u{f0000}((?:[^"\\]|\\.)*)\u{f0001}"/gu, (_, text: string) => JSON.parse(`"${text}"`) as string)

interface Change {
  place: number
  literal: string
  /** `replace` puts the literal there; `add` adds it to an object or list; `drop` takes away what is there. */
  kind: 'replace' | 'add' | 'drop'
  key: string
}

function change(value: Json, { place, literal, kind, key }: Change): Json {
  const all = places(value)
  const at = all[place % all.length] as (string | number)[]
  return put(value, at, (old) => {
    if (kind === 'replace' || typeof old !== 'object' || old === null) return marker(literal)
    if (Array.isArray(old)) return kind === 'add' ? [...old, marker(literal)] : old.slice(1)
    if (kind === 'add') return { ...old, [key]: marker(literal) }
    return Object.fromEntries(Object.entries(old).slice(1))
  })
}

/** Any JSON text that might stand for a value. */
const literal = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LITERALS) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
)

/**
 * A body that was valid before one to three things were done to it.
 * @example fc.assert(fc.property(spoiled({ name: 'x' }), (text) => …)) // '{"name":[[]]}', '{}', …
 */
export function spoiled(valid: unknown): fc.Arbitrary<string> {
  const one = fc.record({
    place: fc.nat({ max: 60 }),
    literal,
    kind: fc.constantFrom('replace', 'replace', 'add', 'drop') as fc.Arbitrary<Change['kind']>,
    key: fc.constantFrom(...KEYS),
  })
  return fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map((changes) => unmark(JSON.stringify(changes.reduce<Json>(change, valid as Json))))
}

/** Bodies that are no JSON, or too much of it. */
export const BROKEN: [name: string, text: string][] = [
  ['nothing', ''],
  ['blanks', ' \n\t'],
  ['half an object', '{"name":'],
  ['two values', '{} {}'],
  ['a comment', '{"name":"x"/* */}'],
  ['single quotes', "{'name':'x'}"],
  ['a trailing comma', '{"name":"x",}'],
  ['NaN', '{"name":NaN}'],
  ['a control character', '{"name":"\u0001"}'],
  ['a lone surrogate', '{"name":"\ud800"}'],
  ['a form', 'name=x&type=standard'],
  ['XML', '<?xml version="1.0"?><name>x</name>'],
  ['a NUL', '\u0000'],
  ['a byte order mark alone', '\ufeff'],
  ['10,000 lists in each other', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['10,000 open lists', '['.repeat(10_000)],
  ['5,000 objects in each other', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ['a prototype', '{"__proto__":{"name":"x"}}'],
  ['a number that is too large', '1e400'],
  ['half a megabyte of text', `{"email":"${'x'.repeat(500_000)}"}`],
  ['100,000 keys', `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":0`).join()}}`],
]
