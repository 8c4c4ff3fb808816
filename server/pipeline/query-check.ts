/** Half of stage 6: the query, whose texts become numbers and booleans while they are checked. */
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { compileFullQuery, compileQuery, type Problem } from '../ajv.ts'
import { PARAMETER_RULES } from '../assumed.ts'
import { type ApiFailure, fail } from '../errors.ts'
import { requested, type Schema } from '../readings.ts'
import { shortened } from '../state/journal/shortened.ts'
import { parseQuery } from './query.ts'
import { nameOf } from './violations.ts'

type Query = Record<string, unknown>

/** How the queries of one operation are checked. */
export interface QueryCheck {
  /** Whether it is what the contract allows. Makes of `request.query` what a behaviour reads, if it is. */
  fits(request: FastifyRequest): boolean
  /** All that the contract does not allow in it. */
  problems(request: FastifyRequest): Problem[]
  /** What even the live service would refuse. Makes of `request.query` what a behaviour reads, if there is nothing. */
  take(request: FastifyRequest): Problem | undefined
}

/** @param hurdle the reading that a query must pass to be looked at no more */
export function queryCheck(schema: TSchema, hurdle: 'strict' | 'both'): QueryCheck {
  const check = compileQuery(() => requested(schema, hurdle), true)
  const lenient = compileQuery(() => requested(schema, 'lenient'), false)
  const full = compileFullQuery(() => requested(schema, 'strict'))
  const split = commaLists(schema)
  const looseTexts = textsOfNumbers(schema)
  const old = namesOf(schema, ({ deprecated }) => deprecated === true)
  // A check leaves behind what it has read so far, so that another must begin with the text again.
  const anew = (request: FastifyRequest): Query => split(parseQuery(request.url.slice(queryStart(request.url))))

  return {
    fits(request) {
      const query = request.query as Query
      // What is no plain number is read as one below.
      const isPlain = looseTexts(query) === undefined
      for (const name of old) if (query[name] !== undefined) return false
      return check(split(query)) === undefined && isPlain
    },
    problems(request) {
      const query = anew(request)
      const aged = old.filter((name) => query[name] !== undefined).map(deprecated)
      return [...(looseTexts(query) ?? []), ...full(query), ...aged]
    },
    take(request) {
      const query = anew(request)
      request.query = query
      return lenient(query)
    },
  }
}

/** Where the query begins in a URL, as the router sees it. */
function queryStart(url: string): number {
  const at = url.search(/[?#]/)
  return at < 0 ? url.length : at + 1
}

function namesOf(schema: TSchema, isMeant: (property: Schema) => boolean): string[] {
  const properties = Object.entries((schema as Schema).properties ?? {})
  return properties.filter(([, property]) => isMeant(property)).map(([name]) => name)
}

/** Lists of a closed set may also be sent in one piece: `action_type=create,delete` (CONTRACT.md §4). */
function commaLists(schema: TSchema): (query: Query) => Query {
  const names = namesOf(schema, ({ items }) => items?.enum !== undefined)
  return (query) => {
    for (const name of names) {
      const sent = query[name]
      if (sent !== undefined) query[name] = [sent].flat().flatMap((text) => String(text).split(','))
    }
    return query
  }
}

/** A number as JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Finds what is read as a number without being written as one: `0x10`, `+5`, `05`, ` 5`. */
function textsOfNumbers(schema: TSchema): (query: Query) => Problem[] | undefined {
  const isNumber = ({ type }: Schema) => type === 'number' || type === 'integer'
  const names = namesOf(schema, (property) => isNumber(property) || (property.items ? isNumber(property.items) : false))
  return (query) => {
    let found: Problem[] | undefined
    for (const name of names) {
      const sent = query[name]
      if (sent === undefined) continue
      const text = typeof sent === 'string' ? (isLoose(sent) ? sent : undefined) : (sent as string[]).find(isLoose)
      if (text === undefined) continue
      found ??= []
      found.push({ pointer: `/${name}`, keyword: 'coerced', message: coerced(text) })
    }
    return found
  }
}

const isLoose = (text: string) => String(+text) !== text && !NUMBER.test(text) && text !== '' && !Number.isNaN(+text)
const coerced = (text: string) => `must be a plain number: ${JSON.stringify(shortened(text, 40))} was read as ${+text}`
const deprecated = (name: string): Problem => ({ pointer: `/${name}`, keyword: 'deprecated', message: 'is deprecated' })

/** What is about the parameter as such, and not about its value. */
const ABOUT_PARAMETERS = ['required', 'additionalProperties', 'deprecated']

/** The failure for a query that does not fit. */
export function refuseQuery({ pointer, keyword, message }: Problem): ApiFailure {
  const name = nameOf(pointer)
  const rule = ABOUT_PARAMETERS.includes(keyword) ? message : (PARAMETER_RULES[name] ?? message)
  return fail(
    name === 'per_page' ? 'BAD_PARAMETERS' : 'BAD_QUERY',
    {},
    { chain: [{ code: 11000, message: `${name} variable ${rule}` }] },
  )
}
