/** Calls about the journal: what clients sent, and what they got. */
import { Type } from 'typebox'
import { Exchange, Verdict, Verification } from '../exchanges.ts'
import { call } from './call.ts'

export const listRequests = call({
  id: 'control-requests',
  method: 'GET',
  path: '/requests',
  summary: 'List requests',
  description: 'The journal of this world, oldest first. `cursor` asks for the requests after the last one.',
  query: Type.Object(
    {
      operation: Type.Optional(Type.String({ description: 'The id of an operation.', example: 'account-creation' })),
      method: Type.Optional(Type.String({ example: 'POST' })),
      path: Type.Optional(
        Type.String({ description: 'A glob, with or without `/client/v4`.', example: '/accounts/*/members/**' }),
      ),
      status: Type.Optional(
        Type.String({
          pattern: '^[1-5](\\d\\d|xx|XX)$',
          description: 'A status such as `404`, or a class such as `4xx`.',
          example: '4xx',
        }),
      ),
      since: Type.Optional(Type.String({ description: 'ISO 8601, by the clock of the world. From then on.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
      cursor: Type.Optional(Type.String({ description: 'Where the last answer ended.', maxLength: 100 })),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object(
    {
      requests: Type.Array(Exchange),
      cursor: Type.Optional(Type.String({ description: 'Asks for the next ones. Absent on the last page.' })),
      dropped: Type.Integer({ description: 'Older requests that the journal no longer holds.' }),
    },
    { title: 'Exchanges' },
  ),
  status: 200,
})

export const getRequest = call({
  id: 'control-requests-get',
  method: 'GET',
  path: '/requests/:id',
  summary: 'Get a request',
  params: Type.Object({ id: Type.String({ example: '17' }) }),
  answer: Exchange,
  status: 200,
})

export const clearRequests = call({
  id: 'control-requests-clear',
  method: 'DELETE',
  path: '/requests',
  summary: 'Clear the journal',
  status: 204,
})

export const verifyRequests = call({
  id: 'control-requests-verify',
  method: 'POST',
  path: '/requests/verify',
  summary: 'Verify requests',
  description:
    'Was this called, and how often? Always answered with 200: `satisfied` is the verdict, and `nearest` shows what nearly matched and how it differed.',
  body: Verification,
  answer: Verdict,
  status: 200,
})
