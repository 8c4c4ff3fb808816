/** The parts of answers that come again: a row is shown to many requests, and checked and written as JSON for the first. */
import type { Check, Problem } from '../ajv.ts'
import { Recent } from '../recent.ts'

/** What is known of an object that stands in answers as it is: an item of a list, or the one thing that was asked for. */
interface Part {
  /** The check that it passed last. */
  passed: Check
  /** As JSON: as text, or in UTF-8 once it stood in a long list; undefined as long as nobody asked. */
  json: string | Buffer | undefined
}

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
  else if (isObject(value)) parts.set(value, { passed: check, json: undefined })
  return undefined
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
