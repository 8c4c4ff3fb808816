/** Queries that the live service takes although the contract does not allow them. */
import type { Violation } from '../../schemas/exchanges.ts'
import { ACCOUNT } from '../simulator.ts'

export const A = `/accounts/${ACCOUNT}`
export const LOGS = `${A}/logs/audit?since=2024-01-01&before=2027-01-01`
export const UNKNOWN = 'is not allowed here.'

export const query = (kind: Violation['kind'], pointer: string, message: string): Violation => ({
  kind,
  in: 'query',
  pointer,
  message,
})

/** One request with what is written down about it. */
export const inQueries: [title: string, request: string, ...Violation[]][] = [
  ['an unknown parameter', 'GET /accounts?colour=red', query('unknown_parameter', 'colour', UNKNOWN)],
  [
    'a parameter with a near name',
    'GET /accounts?pages=2',
    query('unknown_parameter', 'pages', `${UNKNOWN} Did you mean "page"?`),
  ],
  ['a parameter of another operation', `GET ${A}/tokens?status=active`, query('unknown_parameter', 'status', UNKNOWN)],
  ['a parameter where there is none', `GET ${A}?x=1`, query('unknown_parameter', 'x', UNKNOWN)],
  ['a parameter without a value', 'GET /accounts?x', query('unknown_parameter', 'x', UNKNOWN)],
  ['a parameter without a name', 'GET /accounts?=1', query('unknown_parameter', '', UNKNOWN)],
  ['a name with a slash and a tilde', 'GET /accounts?a/b~c=1', query('unknown_parameter', 'a/b~c', UNKNOWN)],
  [
    'several at once',
    'GET /accounts?x=1&per_page=100&y=2',
    query('unknown_parameter', 'x', UNKNOWN),
    query('unknown_parameter', 'y', UNKNOWN),
    query('invalid_value', 'per_page', 'must be <= 50'),
  ],
  ['a page that is too large', 'GET /accounts?per_page=51', query('invalid_value', 'per_page', 'must be <= 50')],
  ['a page that is too small', 'GET /accounts?per_page=4', query('invalid_value', 'per_page', 'must be >= 5')],
  [
    'a number in hexadecimal digits',
    'GET /accounts?page=0x2',
    query('coerced_value', 'page', 'must be a plain number: "0x2" was read as 2'),
  ],
  [
    'a number with a zero in front',
    'GET /accounts?page=02',
    query('coerced_value', 'page', 'must be a plain number: "02" was read as 2'),
  ],
  [
    'a number with a sign',
    'GET /accounts?page=%2B2',
    query('coerced_value', 'page', 'must be a plain number: "+2" was read as 2'),
  ],
  [
    'a number with a blank',
    'GET /accounts?page=+2',
    query('coerced_value', 'page', 'must be a plain number: " 2" was read as 2'),
  ],
  [
    'a number among several',
    `GET ${LOGS}&raw_status_code=200&raw_status_code=0xc8`,
    query('coerced_value', 'raw_status_code', 'must be a plain number: "0xc8" was read as 200'),
  ],
  [
    'a time in the place of a day',
    `GET ${LOGS.replace('2024-01-01', '2024-01-01T00:00:00Z')}`,
    query('invalid_value', 'since', 'must match format "date"'),
  ],
  [
    'a word of newer clients',
    `GET ${LOGS}&actor_context=api`,
    query('invalid_value', 'actor_context', 'must be equal to one of the allowed values'),
  ],
  [
    'a deprecated parameter',
    `GET ${LOGS}&audit_log_id=x`,
    query('deprecated_operation', 'audit_log_id', 'is deprecated'),
  ],
  [
    'a deprecated parameter, turned round',
    `GET ${LOGS}&audit_log_id.not[]=x&audit_log_id.not[]=y`,
    query('deprecated_operation', 'audit_log_id.not', 'is deprecated'),
  ],
]
