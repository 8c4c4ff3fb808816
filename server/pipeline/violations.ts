/** What a client did that the contract does not allow and the live service takes: as the journal tells it. */
import type { FastifyReply } from 'fastify'
import type { VIOLATION_KINDS, Violation } from '../../schemas/exchanges.ts'
import type { Problem } from '../ajv.ts'
import { didYouMean } from '../near.ts'
import { stepsOf } from '../pointer.ts'
import { READ_ONLY } from '../readings.ts'
import { shortened } from '../state/journal/shortened.ts'

type Kind = (typeof VIOLATION_KINDS)[number]

/** Names come from clients and may be as long as a body. More of them is not kept. */
const LONGEST = 200

/** What is wrong with a value, by the keyword of the problem; `invalid_value` for all others. */
const KINDS: Record<string, Kind> = {
  required: 'missing_field',
  [READ_ONLY]: 'read_only_field',
  coerced: 'coerced_value',
  deprecated: 'deprecated_operation',
}

/**
 * Writes a problem down as a violation, with the name that may have been meant in the place of an unknown one.
 * @example violationOf('query', { pointer: '/pages', keyword: 'additionalProperties', message: 'is not allowed here', known: ['page'] })
 * // { kind: 'unknown_parameter', in: 'query', pointer: 'pages', message: 'is not allowed here. Did you mean "page"?' }
 */
export function violationOf(place: 'query' | 'body', problem: Problem): Violation {
  const { pointer, keyword, message, known } = problem
  const unknown = place === 'query' ? 'unknown_parameter' : 'unknown_field'
  return {
    kind: keyword === 'additionalProperties' ? unknown : (KINDS[keyword] ?? 'invalid_value'),
    in: place,
    pointer: shortened(place === 'query' ? nameOf(pointer) : pointer, LONGEST),
    message: known ? `${message}.${didYouMean(lastOf(pointer), known)}` : message,
  }
}

/** The parameter that a pointer into a query names. */
export function nameOf(pointer: string): string {
  return stepsOf(pointer)?.[0] ?? ''
}

const lastOf = (pointer: string) => stepsOf(pointer)?.at(-1) ?? ''

/** How many violations the header tells of, and how long it may be. The journal has them all. */
const IN_HEADER = 3
const HEADER_LENGTH = 1000
/** Of one place, in characters: escaped, each is six. */
const PLACE_LENGTH = 60

/**
 * Puts the first violations on an answer, in the header `Fauxflare-Violations`.
 * @example [{"location":["request","query","pages"],"code":"unknown_parameter","message":"is not allowed here."}]
 */
export function tell(reply: FastifyReply, violations: readonly Violation[]): void {
  const told = violations.slice(0, IN_HEADER).map(({ kind, in: place, pointer, message }) => {
    const at = shortened(pointer, PLACE_LENGTH)
    // One that was shortened may end in half a step.
    const segments = (place === 'body' && stepsOf(at)) || [at]
    return ascii(JSON.stringify({ location: ['request', place, ...segments], code: kind, message }))
  })
  while (told.length > 1 && told.join().length > HEADER_LENGTH) told.pop()
  reply.header('fauxflare-violations', `[${told.join()}]`)
}

/** The same JSON in characters that a header may have. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
