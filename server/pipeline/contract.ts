/** Stage 10: holds every answer to the closed schema of its operation and status. */

import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { TSchema } from 'typebox'
import { type Family, failure, success } from '../../schemas/envelope.ts'
import type { Operation } from '../../schemas/operation.ts'
import { type Check, compile, type Problem } from '../ajv.ts'
import { fail } from '../errors.ts'
import { closed, type Schema } from '../readings.ts'
import { checkPart, checkWhole } from './parts.ts'

/** `fail` turns a mismatch into a 500, `warn` logs it, `off` does not look. */
export type ContractMode = 'off' | 'warn' | 'fail'

/** The checks of answers. They are compiled when they are first needed, and every server of the process uses them. */
const successes = new Map<Operation, Check>()
const failures = new Map<Family, Check>()
const missing = new Map<Operation, Check>()
/** Of what stands in results, by its schema: what one operation shows and another lists is checked by the same. */
const parts = new Map<TSchema, Check>()

/** Where nobody checks, everything passes; what is read is remembered all the same, and so written once. */
const passes = new Map<Operation, Check>()
const PASS: Check = () => undefined

/** The check of the answers with this status; of those that belong to no operation, where there is none. */
export function checkFor(operation: Operation | undefined, status: number): Check {
  if (operation && status < 400) return kept(successes, operation, () => successCheck(operation))
  const { family = 'iam', notFound } = operation ?? {}
  return operation && notFound && status === 404
    ? kept(missing, operation, () => compile(closed(failure(family, notFound.info))))
    : kept(failures, family, () => compile(closed(failure(family))))
}

/** In the place of {@link checkFor}, where nobody checks. */
function passFor(operation: Operation | undefined, status: number): Check {
  return operation && status < 400 ? kept(passes, operation, () => checkOf(operation, PASS, PASS)) : PASS
}

/** What a map has for a key; made when it is not there yet. */
function kept<Key>(checks: Map<Key, Check>, key: Key, make: () => Check): Check {
  let check = checks.get(key)
  if (!check) {
    check = make()
    checks.set(key, check)
  }
  return check
}

function successCheck(operation: Operation): Check {
  const { result } = operation
  const items = itemsOf(operation)
  const inner = items ?? result
  const part = kept(parts, inner, () => compile(closed(inner)))
  return checkOf(operation, part, compile(hollow(closed(success(operation)), items !== undefined)))
}

/** Checks the envelope anew for each answer, and what stands in it once: what is read may come again. */
function checkOf(operation: Operation, part: Check, shell: Check): Check {
  const checkInner: Check = operation.method === 'GET' ? (value) => checkPart(value, part) : part
  const isList = itemsOf(operation) !== undefined
  return (body) => {
    const problem = shell(body)
    if (problem) return problem
    const { result } = body as { result: unknown }
    return isList && Array.isArray(result) ? firstIn(result, checkInner) : below('/result', checkInner(result))
  }
}

/** The schema of what stands in a list; undefined where the result is none. */
function itemsOf({ result }: Operation): TSchema | undefined {
  return (result as { items?: TSchema }).items
}

/** The schema of an answer without that of what stands in its result. */
function hollow(answer: Schema, isList: boolean): Schema {
  const { result, ...beside } = answer.properties ?? {}
  return { ...answer, properties: { ...beside, result: isList ? { ...result, items: {} } : {} } }
}

function firstIn(items: readonly unknown[], check: Check): Problem | undefined {
  for (let at = 0; at < items.length; at += 1) {
    const problem = check(items[at])
    if (problem) return below(`/result/${at}`, problem)
  }
  return undefined
}

function below(pointer: string, problem: Problem | undefined): Problem | undefined {
  return problem && { ...problem, pointer: pointer + problem.pointer }
}

const stage: FastifyPluginAsync<{ contract: ContractMode }> = async (app, { contract }) => {
  const find = contract === 'off' ? passFor : checkFor
  app.addHook('preSerialization', (request, reply, payload, done) => {
    const operation = request.operation
    const problem = checkWhole(payload, find(operation, reply.statusCode))
    if (!problem) return done(null, payload)
    const failed = fail('CONTRACT', {
      operation: operation?.id ?? `${request.method} ${request.url}`,
      problem: `${problem.pointer || 'the body'} ${problem.message}`,
    })
    if (contract === 'fail') return done(failed)
    request.log.warn({ pointer: problem.pointer }, failed.message)
    done(null, payload)
  })
}

export default plugin(stage, { name: 'contract', dependencies: ['envelope'] })
