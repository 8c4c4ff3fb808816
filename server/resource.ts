/**
 * The hinge. A resource is its operations (data, from `schemas/`) and their behaviours (code, from
 * `server/resources/`), side by side. `routes.ts` makes routes of it; this file knows no HTTP.
 */
import type { Behaviour, Operation, OperationShape } from '../schemas/operation.ts'
import type { Problem } from './ajv.ts'
import { type ApiFailure, type FailureName, fail } from './errors.ts'
import type { World } from './state/world.ts'

/** A behaviour for each operation: a missing or a wrong one does not compile. */
export type Behaviours<Operations extends Record<string, OperationShape>> = {
  [Name in keyof Operations]: Behaviour<Operations[Name]>
}

/**
 * What to answer when a request does not fit its schema. The first row that fits the problem is taken.
 * @example ['/email', 'required', 'VALUE_REQUIRED', { name: 'email' }]
 */
export type Refusal = readonly [
  /** A pointer, `*` standing for one segment, or `**` for anything. */
  pointer: string,
  /** The keyword that was violated, or `*`. */
  keyword: string,
  failure: FailureName,
  words?: Record<string, string>,
]

/** One operation with what it does. */
export interface Endpoint {
  operation: Operation
  tag: string
  behave(world: World): Behaviour<OperationShape>
  refusals: readonly Refusal[]
}

/** One resource: its name and its endpoints. */
export interface Resource {
  tag: string
  endpoints: readonly Endpoint[]
}

/**
 * Puts operations and behaviours together.
 * @param tag the heading under which the document lists the operations
 * @param behaviours made once for each world
 * @param refusals what to answer when a request does not fit, by operation, `*` for all of them
 * @example resource('Account Roles', operations, (world) => ({ list: () => …, get: ({ params }) => … }))
 */
export function resource<Operations extends Record<string, OperationShape>>(
  tag: string,
  operations: Operations,
  behaviours: (world: World) => Behaviours<Operations>,
  refusals: { [Name in keyof Operations | '*']?: readonly Refusal[] } = {},
): Resource {
  const made = new WeakMap<World, Behaviours<Operations>>()
  const of = (world: World) => {
    let found = made.get(world)
    if (!found) {
      found = behaviours(world)
      made.set(world, found)
    }
    return found
  }
  return {
    tag,
    endpoints: Object.entries(operations).map(([name, operation]) => ({
      operation: operation as Operation,
      tag: operation.tag ?? tag,
      behave: (world) => of(world)[name] as Behaviour<OperationShape>,
      refusals: [...(refusals[name] ?? []), ...(refusals['*'] ?? [])],
    })),
  }
}

/**
 * Finds the failure for a body that does not fit its schema.
 * @param isPointed whether failures that the live service was heard to answer say in `source` where the problem is,
 *   too. The live service does not.
 */
export function refuse(problem: Problem, refusals: readonly Refusal[], isPointed = false): ApiFailure {
  const { pointer: at } = problem
  const text = `${at || 'the body'} ${problem.message}`
  for (const [pointer, keyword, failure, words] of refusals) {
    const fits = keyword === '*' || keyword === problem.keyword
    if (fits && matches(pointer, at))
      return fail(failure, { problem: text, ...words }, isPointed ? { pointer: at } : {})
  }
  return fail('INVALID_BODY', { problem: text }, { pointer: at })
}

function matches(pattern: string, pointer: string): boolean {
  if (pattern === '**') return true
  const wanted = pattern.split('/')
  const found = pointer.split('/')
  return wanted.length === found.length && wanted.every((segment, at) => segment === '*' || segment === found[at])
}
