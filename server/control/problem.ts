/** Errors of this server's own pages and of its control API: RFC 9457 problems, not the simulated API's envelopes. */
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Answers a path that there is not, or a method that it does not take. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const detail = `There is no ${request.method} ${request.url} here. GET / says what there is, and /openapi.json each call.`
  reply
    .code(404)
    .serializer(JSON.stringify)
    .header('content-type', 'application/problem+json')
    .send({ type: 'about:blank', title: 'Not Found', status: 404, detail })
}
