/** Compares what single values two schemas allow: their types, null, and the values they list. */
import { isDeepStrictEqual } from 'node:util'
import { type Direction, type Finding, finding } from './difference.ts'
import type { Shape } from './shape.ts'

/** The types of a shape in words: `string or null`. */
export function typeNames({ types, nullable, variants }: Shape): string {
  if (variants) return [...new Set(variants.map(typeNames)), ...(nullable ? ['null'] : [])].join(' or ')
  if (!types) return 'anything'
  return [...types, ...(nullable ? ['null'] : [])].join(' or ') || 'nothing'
}

/** Compares the types of two shapes without variants; null is looked at apart. */
export function compareTypes(direction: Direction, ours: Shape, theirs: Shape): Finding[] {
  const [us, them] = [typeNames(ours), typeNames(theirs)]
  if (!theirs.types) {
    if (!ours.types || direction === 'response') return []
    return [finding('narrower-request', '', `${us} refuses what they accept: ${them}`, them, us)]
  }
  if (!ours.types) return [finding('type', '', `says no type, theirs is ${them}`, them, us)]
  if (theirs.types.size === 0) {
    if (ours.types.size === 0 || direction === 'request') return []
    return [finding('wider-response', '', `may be ${us}, theirs is only ${them}`, them, us)]
  }
  if (!overlap(ours.types, theirs.types)) return [finding('type', '', `is ${us}, theirs is ${them}`, them, us)]
  if (!within(theirs.types, ours.types) && direction === 'request') {
    return [finding('narrower-request', '', `${us} refuses what ${them} accepts`, them, us)]
  }
  if (within(ours.types, theirs.types)) return []
  if (direction === 'response') return [finding('wider-response', '', `may be ${us}, theirs is ${them}`, them, us)]
  // Another type beside theirs is kindness; a number for an integer is a limit left out.
  if (!theirs.types.has('integer') || ours.types.has('integer')) return []
  return [finding('missing-limit', '', `${us} is looser than ${them}`, them, us)]
}

/** Compares whether null is allowed. Null counts as a value: one that they have and we never send is missing. */
export function compareNull(direction: Direction, ours: Shape, theirs: Shape): Finding[] {
  // Where theirs is anything, the comparison of the types has said so already.
  if (ours.nullable === theirs.nullable || !(theirs.types || theirs.variants)) return []
  const [us, them] = [typeNames(ours), typeNames(theirs)]
  if (direction === 'request') {
    return ours.nullable ? [] : [finding('narrower-request', '', 'refuses null, which they accept', them, us)]
  }
  if (ours.nullable) return [finding('wider-response', '', 'may be null, theirs never is', them, us)]
  return [finding('missing-null', '', 'is never null, theirs may be', them, us)]
}

/** Compares enumerations. A value of theirs that we do not list is missing, whichever way the data flows. */
export function compareValues(direction: Direction, ours: Shape, theirs: Shape): Finding[] {
  if (!theirs.values && !ours.values) return []
  const [us, them] = [listed(ours.values), listed(theirs.values)]
  if (!theirs.values) {
    if (direction === 'response') return []
    return [finding('narrower-request', '', `accepts only ${us}, they accept more`, them, us)]
  }
  if (!ours.values) {
    const kind = direction === 'request' ? 'missing-enum-value' : 'wider-response'
    return [finding(kind, '', `lists no values, theirs are ${them}`, them, us)]
  }
  const missing = theirs.values.filter((value) => !includes(ours.values, value))
  const added = direction === 'request' ? [] : ours.values.filter((value) => !includes(theirs.values, value))
  return [
    ...missing.map((value) => finding('missing-enum-value', '', `lacks ${listed([value])}`, listed([value]), us)),
    ...added.map((value) => finding('wider-response', '', `may be ${listed([value])}`, them, listed([value]))),
  ]
}

function includes(values: readonly unknown[] | undefined, value: unknown): boolean {
  return values?.some((other) => isDeepStrictEqual(other, value)) === true
}

function listed(values: readonly unknown[] | undefined): string {
  return values ? values.map((value) => JSON.stringify(value)).join(', ') : 'any value'
}

function within(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return [...inner].every((type) => outer.has(type) || (type === 'integer' && outer.has('number')))
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((type) => within(new Set([type]), b)) || [...b].some((type) => within(new Set([type]), a))
}
