/** The parts of answers that come again: a row is shown to many requests, and checked and written as JSON for the first. */
import type { Operation } from '../../schemas/operation.ts'
import type { Check, Problem } from '../ajv.ts'
import { Recent } from '../recent.ts'

/** What is known of an object that stands in answers as it is: an item of a list, or the one thing that was asked for. */
interface Part {
  /** The check that it passed last. */
  passed: Check
  /** As JSON: as text, or in UTF-8 once it stood in a long list; undefined as long as nobody asked. */
  json: string | Buffer | undefined
  /** Itself in the envelope of an operation that came for it again. */
  whole: { operation: Operation; body: Whole } | undefined
}

/** The whole body of an answer, the same object each time. */
interface Whole {
  [KNOWN]?: { passed: Check | undefined; json: string | undefined }
}

/** Where what is known of a whole body stands: seen by nobody who walks through it, and not taken along into a copy. */
const KNOWN = Symbol('known')

/** At least so many are remembered: some pages of each of the lists that are being read. */
const parts = new Recent<object, Part>(2000)

/**
 * Checks a part of an answer, unless it passed this check before. From then on its JSON is remembered as well.
 * @param value what nobody will change
 */
export function checkPart(value: unknown, check: Check): Problem | undefined {
  const part = partOf(value)
  if (part?.passed === check) return undefined
  const problem = check(value)
  if (problem) return problem
  if (part) part.passed = check
  else if (isObject(value)) parts.set(value, { passed: check, json: undefined, whole: undefined })
  return undefined
}

/**
 * The body of an answer that shows a part and says nothing else, the same each time: from its second time on it is
 * checked ({@link checkWhole}) and written ({@link wholeJson}) no more than once.
 * @param wrap puts the part into the envelope of the operation
 */
export function wholeOf(value: unknown, operation: Operation, wrap: () => object): object {
  const part = partOf(value)
  if (!part) return wrap()
  if (part.whole?.operation !== operation) {
    const known = { passed: undefined, json: undefined }
    part.whole = { operation, body: Object.defineProperty(wrap(), KNOWN, { value: known }) }
  }
  return part.whole.body
}

/** Checks the body of an answer, unless it is a whole one that passed this check before. */
export function checkWhole(body: unknown, check: Check): Problem | undefined {
  const known = (body as Whole | null)?.[KNOWN]
  if (known?.passed === check) return undefined
  const problem = check(body)
  if (known && !problem) known.passed = check
  return problem
}

/** A whole body as JSON; undefined for any other body. */
export function wholeJson(body: object): string | undefined {
  const known = (body as Whole)[KNOWN]
  if (known) known.json ??= JSON.stringify(body)
  return known?.json
}

/**
 * A value as JSON: of a part that was checked, what was written before.
 * @returns text, or its UTF-8
 */
export function jsonOf(value: unknown): string | Buffer {
  const part = partOf(value)
  if (!part) return JSON.stringify(value) ?? 'null'
  part.json ??= JSON.stringify(value)
  return part.json
}

/** The same in UTF-8, and from now on so. */
export function bytesOf(value: unknown): Buffer {
  const json = jsonOf(value)
  if (typeof json !== 'string') return json
  const bytes = Buffer.from(json)
  const part = partOf(value)
  if (part) part.json = bytes
  return bytes
}

const partOf = (value: unknown): Part | undefined => (isObject(value) ? parts.get(value) : undefined)
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
