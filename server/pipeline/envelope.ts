/** Stage 9: gives every answer its envelope, one of four families. CONTRACT.md §5, ERRORS.md §1. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { Family } from '../../schemas/envelope.ts'
import type { ErrorItem } from '../errors.ts'

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

/** The body of an answer, in the live service's order of keys. */
export function wrap(payload: Answer | Refused, family: Family): Record<string, unknown> {
  if (payload instanceof Refused) {
    const body = { success: false, errors: [payload.item], messages: [] }
    return family === 'organizations' ? body : { result: null, ...body }
  }
  const { result, messages, info } = payload
  return {
    result,
    success: true,
    errors: [],
    ...(family === 'audit' ? {} : { messages }),
    ...(info && { result_info: info }),
  }
}

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('preSerialization', (request, _reply, payload, done) => {
    if (!(payload instanceof Answer || payload instanceof Refused)) return done(null, payload)
    // What has no operation (an unknown path) looks like the accounts API.
    done(null, wrap(payload, request.routeOptions.config.endpoint?.operation.family ?? 'iam'))
  })
}

export default plugin(stage, { name: 'envelope', dependencies: ['paging'] })
