/** Stage 10: holds every answer to the closed schema of its operation and status. */

import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { TSchema } from 'typebox'
import { type Family, failure, success } from '../../schemas/envelope.ts'
import type { Operation } from '../../schemas/operation.ts'
import { type Check, compile } from '../ajv.ts'
import { fail } from '../errors.ts'
import { closed } from '../readings.ts'

/** `fail` turns a mismatch into a 500, `warn` logs it, `off` does not look. */
export type ContractMode = 'off' | 'warn' | 'fail'

/** The checks of answers. They are compiled when they are first needed, and every server of the process uses them. */
const successes = new Map<Operation, Check>()
const failures = new Map<Family, Check>()
const missing = new Map<Operation, Check>()

function checkFor(operation: Operation | undefined, status: number): Check {
  if (operation && status < 400) return kept(successes, operation, () => success(operation))
  const { family = 'iam', notFound } = operation ?? {}
  return operation && notFound && status === 404
    ? kept(missing, operation, () => failure(family, notFound.info))
    : kept(failures, family, () => failure(family))
}

/** What a map has for a key; made when it is not there yet. */
function kept<Key>(checks: Map<Key, Check>, key: Key, schema: () => TSchema): Check {
  let check = checks.get(key)
  if (!check) {
    check = compile(closed(schema()))
    checks.set(key, check)
  }
  return check
}

const stage: FastifyPluginAsync<{ contract: ContractMode }> = async (app, { contract }) => {
  if (contract === 'off') return
  app.addHook('preSerialization', (request, reply, payload, done) => {
    const operation = request.routeOptions.config.endpoint?.operation
    const problem = checkFor(operation, reply.statusCode)(payload)
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
