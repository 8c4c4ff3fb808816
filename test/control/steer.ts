/** Calls the control API, and holds what it answers against the schemas of its calls. */
import type { FastifyInstance } from 'fastify'
import { CONTROL_CALLS, type ControlCall, Problem } from '../../schemas/control.ts'
import { compile } from '../../server/ajv.ts'
import { closed } from '../../server/readings.ts'
import type { Reply } from '../simulator.ts'

export type Steer = (request: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>

/**
 * Calls the control API of a world, as `steer('PUT /clock', { mode: 'frozen' })`.
 * @param sandbox the name of one; the default world when it is left out
 */
export function steering(app: FastifyInstance, sandbox?: string): Steer {
  const prefix = `${sandbox === undefined ? '' : `/sandboxes/${sandbox}`}/_fauxflare`
  return async (request, body, headers = {}) => {
    const [method, path] = request.split(' ') as ['GET', string]
    const isJson = method.startsWith('P') || body !== undefined
    const answer = await app.inject({
      method,
      url: prefix + path,
      headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = answer.body
    const isRead = /json/.test(String(answer.headers['content-type'])) && text !== ''
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text,
      body: isRead ? JSON.parse(text) : undefined,
    }
  }
}

/** The call that a request means. */
export function callOf(request: string): ControlCall {
  const [method, url = ''] = request.split(' ')
  const steps = (url.split('?', 1)[0] as string).split('/')
  const found = CONTROL_CALLS.find((call) => {
    const wanted = call.path.split('/')
    const fits = wanted.every((step, at) => step.startsWith(':') || step === steps[at])
    return call.method === method && wanted.length === steps.length && fits
  })
  if (!found) throw new Error(`There is no call ${request}`)
  return found
}

/** What is wrong with an answer to a call that there is; nothing when it is as declared. */
export function misfits(request: string, { status, headers, body, text }: Reply): string[] {
  const { answer, status: made, statusAgain } = callOf(request)
  const type = String(headers['content-type'])
  if (status >= 400) {
    const problem = compile(closed(Problem))(body)
    return [
      ...(type === 'application/problem+json' ? [] : [`content-type ${type}`]),
      ...(body?.status === status ? [] : [`status ${body?.status} in a ${status}`]),
      ...(problem ? [`${problem.pointer} ${problem.message}`] : []),
    ]
  }
  const isDeclared = status === made || status === statusAgain
  if (!answer) return [...(isDeclared ? [] : [`status ${status}`]), ...(text === '' ? [] : ['a body'])]
  const problem = compile(closed(answer))(body)
  return [
    ...(isDeclared ? [] : [`status ${status}`]),
    ...(/^application\/json/.test(type) ? [] : [`content-type ${type}`]),
    ...(problem ? [`${problem.pointer} ${problem.message}`] : []),
  ]
}
