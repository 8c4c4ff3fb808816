/** Errors of this server's own pages and of its control API: RFC 9457 problems, not the simulated API's envelopes. */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../schemas/control.ts'
import { CloudError, type Mistake } from '../cloud-error.ts'
import { ApiFailure } from '../errors.ts'
import { DataError } from '../state/persistence/data-error.ts'

/** Answers with a problem. */
export function answerProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  errors?: readonly Mistake[] | undefined,
): FastifyReply {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors && { errors: [...errors] }),
  }
  return reply.code(status).serializer(JSON.stringify).header('content-type', 'application/problem+json').send(problem)
}

/** Answers an error of any origin. What is not understood is a bug of ours: a 500. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof CloudError) return answerProblem(reply, error.status, error.message, error.errors)
  if (error instanceof ApiFailure) return answerProblem(reply, error.status, error.message)
  if (error instanceof DataError) return answerProblem(reply, 507, error.message)
  const mistake = mistakeOf(error)
  if (mistake) return answerProblem(reply, 400, error.message, [mistake])
  if (error.message === 'Invalid string length') {
    return answerProblem(reply, 507, 'The answer is longer than a text in Node can be. Keep less in this world.')
  }
  const { statusCode = 500 } = error
  if (statusCode < 500) return answerProblem(reply, statusCode, explain(error))
  request.log.error({ err: error }, error.message)
  const detail = `fauxflare failed: ${error.message}. This is a bug of the simulator; its log has the details.`
  return answerProblem(reply, 500, detail)
}

/** What the state says of data that it does not take. */
const REFUSALS = ['FaultError', 'SnapshotError', 'JournalError']

function mistakeOf(error: Error & { pointer?: unknown; detail?: unknown }): Mistake | undefined {
  const { name, pointer, detail = error.message } = error
  if (!REFUSALS.includes(name) || typeof pointer !== 'string') return undefined
  return { pointer, detail: String(detail) }
}

function explain({ code, message }: FastifyError): string {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'The body is too large: 1 MiB at most, and 512 MiB for PUT /state.'
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'A body must have the content-type application/json.'
  return `${message}.`
}

/** Answers a path that there is not, outside of the control API. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const detail = `There is no ${request.method} ${request.url} here. GET / says what there is, and /openapi.json each call.`
  answerProblem(reply, 404, detail)
}
