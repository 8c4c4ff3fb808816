/** What the OpenAPI document says of a call. */
import { type ControlCall, Problem } from '../../schemas/control.ts'
import { CONTROL, SANDBOXES } from '../paths.ts'

/** The heading of the control API in the document. */
export const CONTROL_TAG = {
  name: 'Control',
  description: `This server’s own API, beside the simulated one. What concerns one world is also below \`${SANDBOXES}/{sandbox}${CONTROL}\`, for that sandbox. POST and PUT must have the content type \`application/json\`, even without a body. \`Host\` and \`Origin\` must be an IP address, \`localhost\`, a name without a dot, or one of \`--allowed-hosts\`.`,
}

/** Where control calls are, unlike those of the simulated API. */
export const CONTROL_SERVERS = [
  { url: '/', description: 'The default world' },
  {
    url: `${SANDBOXES}/{sandbox}`,
    description: 'A sandbox',
    variables: { sandbox: { default: 'default', description: 'Its name. It is made by its first request.' } },
  },
]

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})

/** Marks an operation whose body may be left out; the document itself does not have it. */
export const BODY_OPTIONAL = 'x-body-optional'

/** In the form that @fastify/swagger reads. */
export function describe(call: ControlCall) {
  const { id, summary, description, params, query, body, bodyOptional, answer, status, statusAgain, isOpen } = call
  const done = (words: string) =>
    answer
      ? { description: `${summary}: ${words}`, content: { 'application/json': { schema: answer } } }
      : { description: 'Done. There is no body.', type: 'null' }
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    tags: [CONTROL_TAG.name],
    security: isOpen ? [] : [{}, { control_token: [] }, { control_bearer: [] }],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(bodyOptional && { [BODY_OPTIONAL]: true }),
    response: {
      [status]: done('done'),
      ...(statusAgain && { [statusAgain]: done('it was there already') }),
      '4XX': problem(`${summary}: refused`),
      ...(!isOpen && { '5XX': problem('There are too many sandboxes (507), or the simulator has a bug.') }),
    },
  }
}
