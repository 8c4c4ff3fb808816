/** Paths and methods that the control API does not have. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CONTROL_CALLS } from '../../schemas/control.ts'
import { didYouMean } from '../near.ts'
import { CONTROL } from '../paths.ts'
import { answerProblem } from './problem.ts'

/** A path that there is, and what it may be asked. */
const paths = new Map<string, string[]>()
for (const { path, method } of CONTROL_CALLS) paths.set(path, [...(paths.get(path) ?? []), method])

/** Answers 405 for a path that takes other methods, and 404 with the nearest path for any other. */
export function answerUnknown(request: FastifyRequest, reply: FastifyReply): void {
  const path = (request.url.split('?', 1)[0] as string).slice(CONTROL.length)
  const [known, methods] = [...paths].find(([pattern]) => fits(pattern, path)) ?? []
  if (known !== undefined && methods) {
    const allow = methods.join(', ')
    reply.header('allow', allow)
    answerProblem(reply, 405, `${CONTROL}${path} does not take ${request.method}; it takes ${allow}.`)
    return
  }
  if (path === '' || path === '/') {
    const detail = `There is nothing at ${CONTROL} itself, but calls below it, such as GET ${CONTROL}/health. /openapi.json lists each under the tag Control, and so does fauxflare ctl --help.`
    answerProblem(reply, 404, detail)
    return
  }
  const near = didYouMean(
    CONTROL + path,
    [...paths.keys()].map((pattern) => CONTROL + pattern),
  )
  const detail = `There is no ${CONTROL}${path}.${near} /openapi.json lists each call under the tag Control.`
  answerProblem(reply, 404, detail)
}

function fits(pattern: string, path: string): boolean {
  const [wanted, found] = [pattern.split('/'), path.split('/')]
  return (
    wanted.length === found.length &&
    wanted.every((segment, at) => (segment.startsWith(':') ? found[at] !== '' : segment === found[at]))
  )
}
