/** Stage 9: gives every answer its envelope, one of four families. CONTRACT.md §5, ERRORS.md §1. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { Operation } from '../../schemas/operation.ts'
import type { ErrorItem } from '../errors.ts'
import { wholeOf } from './parts.ts'

/** An entry of `messages`. `"type": null` is really there in the live service. */
export interface OwnMessage {
  code: number
  message: string
  type?: null
}

/** What a behaviour answered, on its way through the later stages. */
export class Answer {
  readonly result: unknown
  readonly messages: readonly OwnMessage[]
  readonly info: Record<string, unknown> | undefined

  constructor(result: unknown, messages: readonly OwnMessage[] = [], info?: Record<string, unknown>) {
    this.result = result
    this.messages = messages
    this.info = info
  }
}

/** What went wrong, on its way through the later stages. Not an error itself: Fastify would start over with one. */
export class Refused {
  readonly item: ErrorItem

  constructor(item: ErrorItem) {
    this.item = item
  }
}

/**
 * The body of an answer, in the live service's order of keys.
 * @param status of the answer, where it says anything about its body
 */
export function wrap(
  payload: Answer | Refused,
  { family, besideResult, notFound }: Pick<Operation, 'family' | 'besideResult' | 'notFound'>,
  status?: number,
): Record<string, unknown> {
  if (payload instanceof Refused) {
    const info = status === 404 && notFound ? { result_info: notFound.value } : {}
    const body = { success: false, errors: [payload.item], messages: [], ...info }
    return family === 'organizations' ? body : { result: null, ...body }
  }
  const { result, messages, info } = payload
  const body: Record<string, unknown> = besideResult ? picked(result as Record<string, unknown>, besideResult) : {}
  body.result = result
  body.success = true
  body.errors = []
  if (family !== 'audit') body.messages = messages
  if (info) body.result_info = info
  return body
}

function picked(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fields[name]]))
}

/** What has no operation (an unknown path) looks like the accounts API. */
export const NO_OPERATION = { family: 'iam' } as const

/** Whether the result is all that an answer has to say. */
function isAlone(payload: Answer | Refused): payload is Answer {
  return payload instanceof Answer && payload.messages.length === 0 && payload.info === undefined
}

/** What is read may be read again. */
function isRead(operation: Operation | typeof NO_OPERATION): operation is Operation {
  return 'method' in operation && operation.method === 'GET'
}

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('preSerialization', (request, reply, payload, done) => {
    if (!(payload instanceof Answer || payload instanceof Refused)) return done(null, payload)
    const operation = request.operation ?? NO_OPERATION
    const enclose = () => wrap(payload, operation, reply.statusCode)
    done(null, isAlone(payload) && isRead(operation) ? wholeOf(payload.result, operation, enclose) : enclose())
  })
}

export default plugin(stage, { name: 'envelope', dependencies: ['paging'] })
