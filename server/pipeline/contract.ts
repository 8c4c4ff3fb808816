/** Stage 10: holds every answer to the closed schema of its operation and status. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import { failure, success } from '../../schemas/envelope.ts'
import type { Operation } from '../../schemas/operation.ts'
import { type Check, compile } from '../ajv.ts'
import { fail } from '../errors.ts'
import { closed } from '../readings.ts'

/** `fail` turns a mismatch into a 500, `warn` logs it, `off` does not look. */
export type ContractMode = 'off' | 'warn' | 'fail'

/** Which schema an answer is held to. Compiled when it is first needed, kept for the life of the server. */
function answerCheck(): (operation: Operation | undefined, isSuccess: boolean) => Check {
  const checks = new Map<string, Check>()
  return (operation, isSuccess) => {
    const family = operation?.family ?? 'iam'
    const name = isSuccess && operation ? `success ${operation.id}` : `failure ${family}`
    let check = checks.get(name)
    if (!check) {
      const schema = isSuccess && operation ? success(family, operation.result, operation.paging) : failure(family)
      check = compile(closed(schema))
      checks.set(name, check)
    }
    return check
  }
}

const stage: FastifyPluginAsync<{ contract: ContractMode }> = async (app, { contract }) => {
  if (contract === 'off') return
  const checkFor = answerCheck()
  app.addHook('preSerialization', (request, reply, payload, done) => {
    const operation = request.routeOptions.config.endpoint?.operation
    const problem = checkFor(operation, reply.statusCode < 400)(payload)
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
