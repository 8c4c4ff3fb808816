/** Well-formed rules that could never do what they say. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KEY } from '../../simulator.ts'
import { faultsAlone, kept, OPERATIONS, refusal } from './rules-in-a-world.ts'

const matches: [match: object, field: string, message: RegExp][] = [
  [{ operation: 'account-creatio' }, 'operation', /Did you mean "account-creation"\?/],
  [{ operation: 'zzz' }, 'operation', /There are "accounts-list-accounts", .* more/],
  [{ operation: '__proto__' }, 'operation', /must be the id of an operation/],
  [{ operation: 'account-creation', method: 'GET' }, 'method', /must be POST, as "account-creation" is, not GET/],
  [{ operation: 'accounts-list-accounts', method: 'PATCH' }, 'method', /must be GET, as .* is, not PATCH/],
  [
    { operation: 'account-creation', path: '/accounts/*' },
    'path',
    /must fit \/accounts, the path of "account-creation"/,
  ],
  [{ path: '/acounts/*/members' }, 'path', /Did you mean "\/accounts\/\*\/members"\?/],
  [{ path: '/client/v4/acounts' }, 'path', /Did you mean "\/accounts"\?/],
  [{ method: 'POST', path: '/accounts/*/roles' }, 'path', /an operation with the method POST/],
  [{ path: '/' }, 'path', /must fit the path/],
  [{ path: '/accounts/*/members/*/*' }, 'path', /must fit the path/],
  [{ path: '/accounts?page=2' }, 'path', /the query is no part of/],
  [{ path: '/accounts/{a' }, 'path', /"}" for each "{"/],
  [{ path: '/accounts/a}' }, 'path', /"}" for each "{"/],
  [{ path: '/accounts/}{' }, 'path', /must be a glob/],
  [{ path: '/accounts/[a' }, 'path', /without "\["/],
  [{ path: '/accounts/(a|b)' }, 'path', /without "\("/],
  [{ path: '/accounts/\\*' }, 'path', /without "\\"/],
  [{ path: '/accounts/\u{1f600}' }, 'path', /without "\u{1f600}"/u],
  [{ path: '/accounts/*a*b*c' }, 'path', /two "\*" in a segment/],
  [{ path: '/**/**/**' }, 'path', /two "\*\*" at most/],
  [{ path: '/{**,**}/{**,x}' }, 'path', /two "\*\*" at most/],
  [{ path: `/${'a'.repeat(1100)}` }, 'path', /more than 1024/],
  [{ path: '/acounts/*/subscriptions' }, 'path', /Did you mean "\/accounts\/\*\/subscriptions"\?/],
  [{ path: '' }, 'path', /fewer than 1/],
  [{ operation: 'account-creation', account_id: 'a' }, 'account_id', /no account in \/accounts\. Leave it out/],
  [
    { path: '/organizations/**', account_id: 'a' },
    'account_id',
    /no account in \/organizations, \/organizations\/{organization_id}/,
  ],
  [{ credential: 'abc' }, 'credential', /a bearer token .* or an e-mail address; nobody can sign in/],
  [{ credential: '[redacted]' }, 'credential', /nobody can sign in/],
  [{ credential: `Bearer ${'a'.repeat(40)}` }, 'credential', /leave "Bearer" out/],
  [{ credential: KEY }, 'credential', /that of a global key stands for the key/],
  [{ header: { 'a b': 'x' } }, 'header/a b', /must be the name of a header/],
  [{ header: { '': 'x' } }, 'header/', /must be the name of a header/],
  [{ header: { ä: 'x' } }, 'header/ä', /must be the name of a header/],
]

for (const [match, field, message] of matches) {
  test(`A match ${JSON.stringify(match).slice(0, 80)} is refused at ${field}: ${message.source}`, () => {
    const error = refusal({ match, effect: 'reset' })
    assert.equal(error.pointer, `/match/${field}`)
    assert.match(error.detail, message)
    assert.equal(refusal(['slow', { preset: 'outage', match }]).pointer, `/1/match/${field}`)
  })
}

const possible: object[] = [
  {},
  { path: '**' },
  { path: '/**' },
  { path: '/accounts' },
  { path: 'accounts/' },
  { path: '/client/v4/accounts/*/members/**' },
  { path: '/accounts/:account_id/members' },
  { path: '/accounts/{account_id}/members/{member_id}' },
  { path: '/accounts/*/{members,roles}/*' },
  { path: '{accounts,organizations}/**' },
  { path: '/{accounts/*/members,organizations}' },
  { path: '/accounts/*/{{members,x/y},roles}' },
  { path: '/**/members/*-*' },
  { path: '/acc?unts' },
  { path: '/accounts/023e105f4ecef8ad9ca31a8372d0c353' },
  { header: { 'X-Anything': '(((' } },
  { account_id: 'a', method: 'DELETE' },
  { account_id: 'a', path: '/accounts/*/subscriptions' },
  { path: '/zones/*/subscriptions' },
]

for (const match of possible) {
  test(`A match ${JSON.stringify(match)} is taken`, () => {
    assert.deepEqual(kept({ match, effect: 'reset' }).match, match)
  })
}

test('Every path of an operation is fitted by its own globs', () => {
  for (const { id, method, path: template } of OPERATIONS) {
    const path = template.replace(/\(.*?\)/, '')
    for (const glob of [
      path,
      path.replace(/:\w+/g, '*'),
      path.replace(/(?<=\/):(\w+)/g, '{$1}'),
      `/client/v4${path}/`,
      '/**',
    ]) {
      kept({ match: { operation: id, method, path: glob }, effect: 'reset' })
    }
  }
})

const contradictions: [effect: object, part: string, match?: object][] = [
  [{ error: 500, stale: { ms: 1 } }, 'stale'],
  [{ error: 500, duplicate: true }, 'duplicate'],
  [{ duplicate: true, spoil: { remove: '/result' } }, 'spoil'],
  [{ duplicate: true, connection: 'reset' }, 'connection'],
  [{ duplicate: true, connection: { drip: { bytes_per_s: 1 } } }, 'connection'],
  [{ duplicate: true, stale: { ms: 1 } }, 'stale'],
  ...['reset', 'close', 'hang', { hang: { ms: 5 } }].flatMap((connection): [object, string][] => [
    [{ connection, error: 500 }, 'error'],
    [{ connection, rate_limit: { limit: 1, window_s: 1 } }, 'rate_limit'],
    [{ connection, spoil: { remove: '/result' } }, 'spoil'],
    [{ connection, stale: { ms: 1 } }, 'stale'],
  ]),
  [{ connection: 'garbage', spoil: { remove: '/result' } }, 'spoil'],
  [{ connection: 'garbage', stale: { ms: 1 } }, 'stale'],
  [{ connection: 'noise', error: 500 }, 'error'],
  [{ connection: 'noise', spoil: { remove: '/result' } }, 'spoil'],
  [{ stale: { ms: 1 } }, 'stale', { method: 'POST' }],
  [{ stale: { ms: 1 } }, 'stale', { operation: 'account-creation' }],
]

for (const [effect, part, match = {}] of contradictions) {
  test(`The effect ${JSON.stringify(effect)} on ${JSON.stringify(match)} is refused at ${part}`, () => {
    assert.equal(refusal({ match, effect }).pointer, `/effect/${part}`)
    assert.equal(refusal({ match, sequence: ['reset', effect] }).pointer, `/sequence/1/${part}`)
  })
}

const combinations: object[] = [
  { delay: 5, error: 503 },
  { delay: 5, connection: 'reset' },
  { delay: 5, duplicate: true },
  { error: 503, connection: 'truncate' },
  { error: 503, connection: 'garbage' },
  { error: 503, connection: { drip: { bytes_per_s: 10 } }, spoil: [{ remove: '/errors/0/code' }] },
  { rate_limit: { limit: 5, window_s: 60 }, error: 503 },
  { stale: { ms: 5 }, spoil: [{ remove: '/result' }], connection: { slow_close: { ms: 5 } } },
]

for (const effect of combinations) {
  test(`The effect ${JSON.stringify(effect)} is taken`, () => {
    assert.deepEqual(Object.keys(kept({ effect }).effect ?? {}), Object.keys(effect))
  })
}

test('What adding one of a list refuses, refuses all of it', () => {
  const { faults } = faultsAlone()
  assert.throws(() => faults.add([{ effect: 'reset' }, 'slow', { match: { operation: 'x' }, effect: 'reset' }]))
  assert.equal(faults.isEmpty, true)
  assert.equal(faults.add({ effect: 'reset' })[0]?.id, 'fault-1')
})
