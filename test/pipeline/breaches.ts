/** Requests that the live service takes although the contract does not allow them, in all their kinds. */
import type { Violation } from '../../schemas/exchanges.ts'
import { ACCOUNT } from '../simulator.ts'
import { A, inQueries, LOGS, query, UNKNOWN } from './query-breaches.ts'

const ROLE = '3536bcfad5faccb999b47003c79917fb'
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const POLICY = {
  access: 'allow',
  permission_groups: [{ id: '05784afa30c1afe1440e79d9351c7430' }],
  resource_groups: [{ id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }],
}
const account = (fields: object) => ({ id: ACCOUNT, name: 'a', type: 'standard', ...fields })
const token = (fields: object) => ({ name: 'a', policies: [], ...fields })
const JSON_HEADER = 'content-type'

/** One request with what is written down about it, and how strict mode refuses it. */
export interface BreachCase {
  title: string
  request: string
  body?: unknown
  /** The content type, `null` for none; JSON where it is left out. */
  type?: string | null
  violations: Violation[]
  /** The code of the refusal, and where it points to when it is about a body. */
  code: number
  pointer?: string
}

const body = (kind: Violation['kind'], pointer: string, message: string): Violation => ({
  kind,
  in: 'body',
  pointer,
  message,
})
const READ_ONLY = 'is read-only: the server sets it'

const inBodies: [title: string, request: string, sent: unknown, ...Violation[]][] = [
  ['an undeclared field', 'POST /accounts', { name: 'a', colour: 'red' }, body('unknown_field', '/colour', UNKNOWN)],
  [
    'an undeclared field with a near name',
    `PUT ${A}`,
    account({ settings: { enforce_two_factor: true } }),
    body('unknown_field', '/settings/enforce_two_factor', `${UNKNOWN} Did you mean "enforce_twofactor"?`),
  ],
  [
    'an undeclared field in a list',
    `POST ${A}/members`,
    { email: 'a@b.c', policies: [{ ...POLICY, x: 1 }] },
    body('unknown_field', '/policies/0/x', UNKNOWN),
  ],
  [
    'a name with a slash and a tilde',
    'POST /accounts',
    { name: 'a', 'x/y~z': 1 },
    body('unknown_field', '/x~1y~0z', UNKNOWN),
  ],
  [
    'a read-only field',
    `PUT ${A}`,
    account({ created_on: '2014-03-01T12:21:02.0000Z' }),
    body('read_only_field', '/created_on', READ_ONLY),
  ],
  [
    'a read-only field further down',
    `PUT ${A}`,
    account({ managed_by: { parent_org_name: 'b' } }),
    body('read_only_field', '/managed_by/parent_org_name', READ_ONLY),
  ],
  [
    'several read-only fields',
    `PUT ${A}/subscriptions/${SUBSCRIPTION}`,
    { id: SUBSCRIPTION, price: 20, frequency: 'monthly' },
    body('read_only_field', '/id', READ_ONLY),
    body('read_only_field', '/price', READ_ONLY),
  ],
  [
    'a field that the live service does without',
    `PUT ${A}`,
    { id: ACCOUNT, name: 'a' },
    body('missing_field', '/type', 'is required'),
  ],
  [
    'a value that the live service takes',
    `PUT ${A}`,
    account({ settings: { abuse_contact_email: null } }),
    body('invalid_value', '/settings/abuse_contact_email', 'must be string'),
  ],
  [
    'a word that the live service takes',
    `POST ${A}/subscriptions`,
    { frequency: 'not-applicable' },
    body('invalid_value', '/frequency', 'must be equal to one of the allowed values'),
  ],
  [
    'all kinds at once',
    `PUT ${A}`,
    { id: 'account_id', name: 'a', created_on: 'then', x: 1 },
    body('missing_field', '/type', 'is required'),
    body('unknown_field', '/x', UNKNOWN),
    body('invalid_value', '/id', 'must NOT have fewer than 32 characters'),
    body('read_only_field', '/created_on', READ_ONLY),
  ],
]

const type = (found: string): Violation => ({
  kind: 'content_type',
  in: 'header',
  pointer: JSON_HEADER,
  message: `must be application/json, ${found}`,
})

const types: [title: string, type: string | null, Violation][] = [
  ['a form', 'application/x-www-form-urlencoded', type('not application/x-www-form-urlencoded')],
  ['plain text', 'text/plain;charset=UTF-8', type('not text/plain;charset=UTF-8')],
  ['no content type', null, type('and is missing')],
  ['a content type that is none', ';;', type('not ;;')],
  ['what only looks like JSON', 'application/jsonp', type('not application/jsonp')],
  ['a very long one', `text/${'x'.repeat(300)}`, type(`not text/${'x'.repeat(35)}…`)],
]

const operation = (id: string): Violation => ({
  kind: 'deprecated_operation',
  in: 'operation',
  pointer: id,
  message: 'is deprecated',
})

export const BREACHES: readonly BreachCase[] = [
  ...inQueries.map(([title, request, ...violations]) => ({ title, request, violations, code: 6008 })),
  ...inBodies.map(([title, request, sent, ...violations]) => {
    return { title, request, body: sent, violations, code: 1001, pointer: violations[0]?.pointer as string }
  }),
  ...types.map(([title, sent, violation]) => {
    return { title, request: 'POST /accounts', body: { name: 'a' }, type: sent, violations: [violation], code: 10400 }
  }),
  {
    title: 'a deprecated operation',
    request: `GET ${A}/roles`,
    violations: [operation('account-roles-list-roles')],
    code: 10400,
  },
  {
    title: 'a deprecated operation with a wrong query',
    request: `GET ${A}/roles/${ROLE}?x=1`,
    violations: [operation('account-roles-role-details'), query('unknown_parameter', 'x', UNKNOWN)],
    code: 10400,
  },
  {
    title: 'body and query at once',
    request: `POST ${A}/tokens?x=1`,
    body: token({ y: 1 }),
    violations: [body('unknown_field', '/y', UNKNOWN), query('unknown_parameter', 'x', UNKNOWN)],
    code: 1001,
    pointer: '/y',
  },
  {
    title: 'a refusal with words of its own',
    request: `PUT ${A}/members/${MEMBER}`,
    body: { status: 'accepted' },
    violations: [body('read_only_field', '/status', READ_ONLY)],
    code: 1001,
    pointer: '/status',
  },
]

/** Requests that are right: nothing is written down about them. */
export const RIGHT: readonly Pick<BreachCase, 'title' | 'request' | 'body' | 'type'>[] = [
  { title: 'no query', request: 'GET /accounts' },
  { title: 'numbers', request: 'GET /accounts?page=2&per_page=5' },
  { title: 'a number as JSON may write it', request: 'GET /accounts?page=1e0&per_page=5.0' },
  { title: 'names in brackets', request: `GET ${LOGS}&action_type[]=create&id[not]=x` },
  { title: 'a list in one piece', request: `GET ${LOGS}&action_type=create,delete&raw_status_code=200` },
  { title: 'a boolean', request: `GET ${A}/tokens?include_expired=true` },
  { title: 'a body', request: 'POST /accounts', body: { name: 'a' } },
  {
    title: 'ids of policies, which the contract both requires and forbids',
    request: `POST ${A}/members`,
    body: { email: 'a@b.c', policies: [{ id: 'x', ...POLICY }] },
  },
  { title: 'a read-only field that is not sent', request: `PUT ${A}`, body: account({ managed_by: {} }) },
  { title: 'a charset', request: 'POST /accounts', body: { name: 'a' }, type: 'application/json; charset=utf-8' },
  { title: 'capital letters', request: 'POST /accounts', body: { name: 'a' }, type: 'Application/JSON' },
  { title: 'a kind of JSON', request: 'POST /accounts', body: { name: 'a' }, type: 'application/vnd.api+json' },
  { title: 'a delete with what is no JSON', request: `DELETE ${A}/members/${MEMBER}`, body: '[]', type: 'text/plain' },
  {
    title: 'an empty body without a type',
    request: `PUT ${A}/tokens/ed17574386854bf78a67040be0a770b0/value`,
    body: '',
    type: null,
  },
]
