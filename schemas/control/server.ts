/** Calls about the server as a whole. */
import { Type } from 'typebox'
import type { Paging } from '../envelope.ts'
import { oneOf } from '../fields.ts'
import { Report } from '../report.ts'
import { call } from './call.ts'

/** What the health check answers. */
export const Health = Type.Object(
  {
    status: oneOf(['ok']),
    version: Type.String({ example: '0.1.0' }),
    uptime_s: Type.Integer({ description: 'Seconds since the process started.' }),
  },
  { title: 'Health' },
)

export const health = call({
  id: 'control-health',
  method: 'GET',
  path: '/health',
  summary: 'Check the health',
  description: 'Answers as soon as the server does. No token is asked for.',
  answer: Health,
  status: 200,
  isOpen: true,
})

/** An operation of the simulated API. */
export const KnownOperation = Type.Object(
  {
    id: Type.String({ example: 'account-members-list-members' }),
    method: oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: Type.String({ example: '/accounts/{account_id}/members' }),
    documented: Type.Boolean({ description: 'Whether it stands in the published contract.' }),
    pagination: Type.Unsafe<Paging | null>({
      type: 'string',
      nullable: true,
      enum: ['page', 'cursor', 'token', 'single', 'history', null],
      description: 'How a list is cut. Null where the answer is no list.',
    }),
    permissions: Type.Array(Type.String(), { description: 'Permission groups, any of which opens it.' }),
  },
  { title: 'KnownOperation' },
)

export const operations = call({
  id: 'control-operations',
  method: 'GET',
  path: '/operations',
  summary: 'List operations',
  description: 'What the simulated API can do. Faults and questions name operations by their id.',
  answer: Type.Object({ operations: Type.Array(KnownOperation) }, { title: 'KnownOperations' }),
  status: 200,
})

export const report = call({
  id: 'control-report',
  method: 'GET',
  path: '/report',
  summary: 'Report on the clients',
  description:
    'How the clients of this world broke the contract, which operations they called, and which faults never struck, since the server started: a reset does not clear it.',
  answer: Report,
  status: 200,
})
