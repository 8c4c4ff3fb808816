/** Reads the header `Prefer` of RFC 7240: `code=503` and `wait=3` ask for a fault of one request. */
import { fail } from '../errors.ts'

/** What a client would rather have. */
export interface Preferences {
  /** The status of a failure. */
  code?: number
  /** Seconds to wait before anything else happens. */
  wait?: number
}

/** An entry of the list. A comma within quotes ends none. */
const ENTRY = /(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g

/** `name`, `name=word` or `name="quoted \"text\""`. What stands behind it are parameters, which mean nothing here. */
const PREFERENCE = /^\s*([^\s=;"]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;"]*))?/

const NUMBER = /^\d+(?:\.\d+)?$/

/** What the preferences may be that mean something here. All others are ignored, as the RFC demands. */
const MEANINGS = {
  code: { isAllowed: (code: number) => Number.isInteger(code) && code >= 400 && code <= 599, rule: '400 to 599' },
  wait: { isAllowed: (wait: number) => wait <= 3600, rule: '0 to 3600, in seconds' },
}
type Name = keyof typeof MEANINGS

/**
 * Reads what a request prefers. Names may be in any case, and of several preferences of one name the first counts.
 * @param header the lines of the header, joined by commas
 * @returns undefined when there is nothing in it that means something here
 * @throws ApiFailure when `code` or `wait` have values that they cannot have
 * @example preferencesOf('respond-async, wait=3, code="429"') // { wait: 3, code: 429 }
 */
export function preferencesOf(header: string): Preferences | undefined {
  const found: Preferences = {}
  for (const [entry] of header.matchAll(ENTRY)) {
    const [, name = '', value = ''] = PREFERENCE.exec(entry) ?? []
    const key = name.toLowerCase() as Name
    if (Object.hasOwn(MEANINGS, key)) found[key] ??= numberOf(key, value)
  }
  return found.code === undefined && found.wait === undefined ? undefined : found
}

function numberOf(name: Name, value: string): number {
  const text = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value
  const { isAllowed, rule } = MEANINGS[name]
  if (NUMBER.test(text) && isAllowed(Number(text))) return Number(text)
  const given = text === '' ? 'nothing' : JSON.stringify(text)
  throw fail('PREFER_HEADER', { problem: `"${name}" must be a number from ${rule}, not ${given}.` })
}

/**
 * What the header `Preference-Applied` says.
 * @example applied({ code: 429, wait: 3 }) // 'code=429, wait=3'
 */
export function applied({ code, wait }: Preferences): string {
  return [code === undefined ? '' : `code=${code}`, wait === undefined ? '' : `wait=${wait}`].filter(Boolean).join(', ')
}
