/** Request lines and headers that nobody should send, and somebody will. */
import fc from 'fast-check'
import { FILTERS } from '../../schemas/audit-logs.ts'
import { reads, writes } from '../contract/calls.ts'

/** Every method that the parser knows, and some that it does not. */
export const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'PURGE', 'SEARCH', 'M-SEARCH', 'LINK', 'QUERY'),
  },
  { weight: 1, arbitrary: fc.constantFrom('get', 'FOO', 'G\u00c9T', '', 'GET\t') },
)

/** The path of every operation, with the ids that the documentation has. */
const KNOWN = [
  ...new Set(
    [...reads, ...writes]
      .flatMap(({ succeed, fail }) => [...succeed, ...fail.slice(0, 1)])
      .map(([request]) => request.replace(/^\w+ /, '').replace(/\?.*/, '')),
  ),
]

/** Pieces of a path, as they stand in the request line. */
const piece = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '%2e%2e',
    '%00',
    '%ff',
    '%E0%A4%A',
    '%',
    '%zz',
    '%2f',
    '%2F..%2F',
    '%5c',
    '\u0000',
    '\u00ff',
    '*',
    ':account_id',
    '{account_id}',
    '__proto__',
    'constructor',
    'account_id',
    'member_id',
    'organization_id',
    'user_group_id',
    'members:batchCreate',
    '0123456789abcdef0123456789abcdef',
    '0123456789ABCDEF0123456789ABCDEF',
    '%F0%9F%98%80',
    ';a=b',
    'x'.repeat(33),
    'x'.repeat(9000),
    'move',
    'verify',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }).map((text) => text.replace(/[\s?#]/g, '_')),
)

/** A path: known, known with a piece changed, or anything. */
export const path = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...KNOWN) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...KNOWN), fc.nat({ max: 5 }), piece).map(([known, at, text]) =>
      known
        .split('/')
        .with(at % known.split('/').length || 1, text)
        .join('/'),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...KNOWN), piece).map((parts) => parts.join('/')) },
  { weight: 1, arbitrary: fc.array(piece, { maxLength: 6 }).map((pieces) => `/${pieces.join('/')}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('//accounts', '/client/v4//accounts', '/client/v4', 'accounts', '*', '?', ''),
  },
)

const PARAMETERS = [
  'page',
  'per_page',
  'direction',
  'order',
  'status',
  'name',
  'name.contains',
  'limit',
  'cursor',
  'since',
  'before',
  'page_size',
  'page_token',
  'order_by',
  'include_expired',
  'scope',
  'product_category',
  'action_time',
  'id',
  'parent.id',
  'containing.user',
  'name.startsWith',
  'user.email.contains',
  'fuzzyName',
  'fuzzyEmail',
  'match',
  'account.name',
  'actor.ip',
  'export',
  'hide_user_logs',
  ...Object.keys(FILTERS).flatMap((name) => [name, `${name}.not`]),
]
const STRANGE = [
  '',
  '__proto__',
  'constructor',
  'toString',
  '[]',
  ']',
  'a[b]',
  'page[]',
  'name[contains]',
  'since[__proto__]',
]
const VALUES = [
  ...[
    '',
    '0',
    '-1',
    '1',
    '2',
    '50',
    '51',
    '1.5',
    '1e3',
    '1e400',
    '-0',
    '0x10',
    'NaN',
    'Infinity',
    '99999999999999999999',
  ],
  ...[
    'true',
    'null',
    'asc',
    'desc',
    'accepted',
    'success',
    'active',
    '::/0',
    '10.0.0.0/33',
    'user.email',
    'account_name',
    'zerotrust',
    '__proto__',
  ],
  ...['%', '%00', '%ff', '%ED%A0%80', '%F0%9F%98%80', '+', '\u00ff', 'x'.repeat(3000), 'WyJ4IiwxLDJd', 'eyJhIjoxfQ'],
  ...['2026-01-01', '2026-02-30', '2026-01-01T00:00:00', '0000-01-01T00:00:00%2B23:59', '9999-12-31T23:59:59-23:59'],
]

const pair = fc
  .tuple(fc.constantFrom(...PARAMETERS, ...STRANGE), fc.constantFrom(...VALUES), fc.constantFrom('=', '=', '=', ''))
  .map(([name, value, sign]) => (sign ? `${name}=${value}` : name))

/** A query string, which often has what audit logs ask for. */
export const query = fc
  .tuple(fc.constantFrom('', 'since=2026-01-01&before=2026-12-31&'), fc.array(pair, { maxLength: 5 }))
  .map(([start, pairs]) => `${start}${pairs.join('&')}`)

/** Headers, the credentials among them. */
export const headers: fc.Arbitrary<[string, string][]> = fc.array(
  fc.tuple(
    fc.constantFrom(
      'authorization',
      'x-auth-email',
      'x-auth-key',
      'content-type',
      'accept',
      'cookie',
      'x-forwarded-for',
    ),
    fc.oneof(
      fc.constantFrom(
        '',
        'Bearer',
        'Bearer ',
        'Basic eDp5',
        'Bearer \u00ff',
        '__proto__',
        ';;;',
        'text/plain',
        '@',
        'a@b',
      ),
      fc.constantFrom(`Bearer ${'x'.repeat(200)}`, 'application/json, text/html', '0'.repeat(37)),
      fc.string({ unit: 'binary-ascii', maxLength: 30 }).map((text) => text.replace(/[\r\n\0]/g, ' ')),
    ),
  ),
  { maxLength: 4 },
)
