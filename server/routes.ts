/** Makes routes of resources: the half of the hinge that knows HTTP. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { BehaviourRequest, OperationShape } from '../schemas/operation.ts'
import { bodyJson } from './pipeline/body-json.ts'
import type { OwnMessage } from './pipeline/envelope.ts'
import { Answer } from './pipeline/envelope.ts'
import { type RequestMode, validation } from './pipeline/validation.ts'
import type { Endpoint, Resource } from './resource.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Takes back what the behaviour changed. Absent before it ran, and when it is kept or changes nothing. */
    undo?: (() => void) | undefined
  }
  interface FastifyContextConfig {
    /** The operation that a route belongs to, with what it does. Absent on routes that are not the API's. */
    endpoint?: Endpoint
  }
}

/** Registers every endpoint of the resources. */
export function addRoutes(app: FastifyInstance, resources: readonly Resource[], requests: RequestMode): void {
  app.decorateRequest('undo')
  // Routes take it over when they are made. Bytes are passed on as well, of which Fastify's types know nothing.
  app.setReplySerializer(bodyJson as (body: unknown) => string)
  for (const endpoint of resources.flatMap((resource) => resource.endpoints)) {
    const { operation } = endpoint
    app.route({
      method: operation.method,
      url: operation.path,
      config: { endpoint },
      schema: {
        params: operation.params,
        querystring: operation.query,
        ...(operation.body && { body: operation.body }),
      },
      // The schema is for the document. Fastify's own check would see the value alone, and not the request.
      validatorCompiler: () => () => true,
      preValidation: validation(endpoint, requests),
      handler: handler(endpoint),
    })
  }
}

function handler(endpoint: Endpoint) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const messages: OwnMessage[] = []
    const asked = {
      params: request.params,
      query: request.query,
      body: request.body ?? undefined,
      caller: request.caller,
      messages,
    } as BehaviourRequest<OperationShape>
    // Whatever goes wrong from here on, no row has changed; the ids that were drawn stay drawn.
    if (request.method !== 'GET') {
      const { history, store } = request.world
      history.record(store)
      request.undo = store.checkpoint()
    }
    const result = endpoint.behave(request.world)(asked)
    if (endpoint.operation.status === 204) reply.code(204).send()
    else reply.send(new Answer(result, messages))
  }
}
