/** Which requests a rule matches, and what is told about those that it does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Match } from '../../../schemas/faults.ts'
import { type Asked, differencesTo, matcherOf } from '../../../server/state/faults/matching.ts'
import { ACCOUNT, CREATE, LIST, UNKNOWN } from './rules-in-a-world.ts'

const TOKEN = LIST.caller?.token ?? ''
const withAgent = (agent: string): Asked => ({ ...LIST, headers: { 'user-agent': agent } })
const at = (path: string): Asked => ({ ...LIST, path })

const rows: [match: Match, asked: Asked, isMatch: boolean][] = [
  [{}, LIST, true],
  [{}, UNKNOWN, true],
  [{ operation: 'account-members-list-members' }, LIST, true],
  [{ operation: 'account-members-list-members' }, CREATE, false],
  [{ operation: 'account-members-list-members' }, UNKNOWN, false],
  [{ method: 'GET' }, LIST, true],
  [{ method: 'GET' }, CREATE, false],
  [{ account_id: ACCOUNT }, LIST, true],
  [{ account_id: 'other' }, LIST, false],
  [{ account_id: ACCOUNT }, CREATE, false],
  [{ account_id: ACCOUNT }, UNKNOWN, false],
  [{ account_id: 'a' }, { ...LIST, params: { accounts_or_zones: 'accounts', account_or_zone_id: 'a' } }, true],
  [{ account_id: 'a' }, { ...LIST, params: { accounts_or_zones: 'zones', account_or_zone_id: 'a' } }, false],
  // A placeholder in the path stands for the id: both are the account.
  [{ account_id: 'account_id' }, at('/accounts/account_id/members'), true],
  [{ account_id: ACCOUNT }, at('/accounts/account_id/members'), true],
  [{ account_id: 'members' }, at('/accounts/account_id/members'), false],
  [{ account_id: 'move' }, { ...CREATE, path: '/accounts/move' }, false],
  // All that is given must hold.
  [{ method: 'GET', account_id: ACCOUNT, credential: TOKEN }, LIST, true],
  [{ method: 'GET', account_id: 'other', credential: TOKEN }, LIST, false],

  [{ path: `/accounts/${ACCOUNT}/members` }, LIST, true],
  [{ path: '/accounts' }, LIST, false],
  [{ path: '/acounts' }, UNKNOWN, true],
  [{ path: '/accounts/*' }, at('/accounts/1'), true],
  [{ path: '/accounts/*' }, at('/accounts'), false],
  [{ path: '/accounts/*' }, at('/accounts/1/members'), false],
  [{ path: '/accounts/*' }, at('/accounts/.x'), true],
  [{ path: '/accounts/**' }, at('/accounts'), true],
  [{ path: '/accounts/**' }, at('/accounts/1/members'), true],
  [{ path: '/accounts/*/members/**' }, at('/accounts/1/members'), true],
  [{ path: '/accounts/*/members/**' }, at('/accounts/1/members/2'), true],
  [{ path: '/accounts/*/members/**' }, at('/accounts/1/roles/2'), false],
  [{ path: '/accounts/*/{members,roles}' }, at('/accounts/1/roles'), true],
  [{ path: '/accounts/*/{members,roles}' }, at('/accounts/1/tokens'), false],
  [{ path: '/accounts/:account_id' }, at('/accounts/1'), true],
  [{ path: '/accounts/{account_id}/members' }, at('/accounts/1/members'), true],
  [{ path: '/client/v4/accounts' }, at('/accounts'), true],
  [{ path: '/client/v4' }, at('/'), true],
  [{ path: 'accounts//*/' }, at('/accounts/1'), true],
  [{ path: '/ACCOUNTS' }, at('/accounts'), false],
  [{ path: '/accounts/a-*' }, at('/accounts/a-b'), true],
  [{ path: '/account?' }, at('/accounts'), true],
  [{ path: '/accounts.x' }, at('/accountssx'), false],
  [{ path: '/**' }, at(`/${'a'.repeat(1000)}`), true],
  // No operation has such a path, and globs take long for it.
  [{ path: '/**' }, at(`/${'a'.repeat(2000)}`), false],

  [{ header: { 'User-Agent': 'Cloudflare/JS*' } }, LIST, true],
  [{ header: { 'user-agent': 'Cloudflare/Python*' } }, LIST, false],
  [{ header: { 'user-agent': 'Cloudflare/JS' } }, LIST, false],
  [{ header: { 'USER-AGENT': '*' } }, LIST, true],
  [{ header: { 'x-other': '*' } }, LIST, false],
  [{ header: { accept: 'application/*' } }, LIST, true],
  [{ header: { accept: 'text/html' } }, LIST, false],
  [{ header: { accept: '*', 'x-other': '*' } }, LIST, false],
  [{ header: { __proto__: '*' } as never }, LIST, true],
  [{ header: JSON.parse('{"__proto__":"*"}') }, LIST, false],
  [{ header: { tostring: '*' } }, LIST, false],
  [{ header: { 'user-agent': 'a*' } }, withAgent('abc'), true],
  [{ header: { 'user-agent': '*c' } }, withAgent('abc'), true],
  [{ header: { 'user-agent': 'a*c*e' } }, withAgent('abcde'), true],
  [{ header: { 'user-agent': 'a*d*c' } }, withAgent('abcde'), false],
  [{ header: { 'user-agent': 'a?c' } }, withAgent('abc'), true],
  [{ header: { 'user-agent': 'a?c' } }, withAgent('ac'), false],
  [{ header: { 'user-agent': '**' } }, withAgent(''), true],
  [{ header: { 'user-agent': '' } }, withAgent(''), true],
  [{ header: { 'user-agent': '' } }, withAgent('a'), false],
  [{ header: { 'user-agent': 'Mozilla/5.0 (X11; *) [{+.' } }, withAgent('Mozilla/5.0 (X11; a/b) [{+.'), true],
  [{ header: { 'user-agent': 'a.c' } }, withAgent('abc'), false],
  [{ header: { 'user-agent': '*ab' } }, withAgent('aab'), true],

  [{ credential: TOKEN }, LIST, true],
  [{ credential: 'other' }, LIST, false],
  [{ credential: 'user@example.com' }, CREATE, true],
  [{ credential: TOKEN }, CREATE, false],
  [{ credential: TOKEN }, UNKNOWN, false],
]

for (const [match, asked, isMatch] of rows) {
  const { operation, path, headers } = asked
  const request = match.header ? JSON.stringify(headers) : `${operation} ${path.slice(0, 60)}`
  test(`${JSON.stringify(match)} ${isMatch ? 'matches' : 'does not match'} ${request}`, () => {
    assert.equal(matcherOf(match)(asked), isMatch)
    assert.equal(differencesTo(match)(asked).length === 0, isMatch)
  })
}

test('A glob takes no longer for a text that nearly fits', () => {
  const asked = withAgent('a'.repeat(5000))
  assert.equal(matcherOf({ header: { 'user-agent': `${'*a'.repeat(50)}*b` } })(asked), false)
  const path = at(`/${'a/'.repeat(8000)}`)
  assert.equal(matcherOf({ path: '/**/*a*/**/*a*/x' })(path), false)
})

test('Differences name each thing that is not as asked for, in its own words', () => {
  const match: Match = {
    operation: 'account-creation',
    method: 'POST',
    path: '/accounts',
    account_id: 'other',
    header: { 'User-Agent': 'curl*', 'X-Other': '*', accept: '*' },
  }
  assert.deepEqual(differencesTo(match)(LIST), [
    { field: 'operation', expected: 'account-creation', actual: 'account-members-list-members' },
    { field: 'method', expected: 'POST', actual: 'GET' },
    { field: 'path', expected: '/accounts', actual: LIST.path },
    { field: 'account_id', expected: 'other', actual: ACCOUNT },
    { field: 'header/user-agent', expected: 'curl*', actual: 'Cloudflare/JS 7.3.0' },
    { field: 'header/x-other', expected: '*', actual: null },
  ])
})

test('Differences show no tokens, only e-mail addresses', () => {
  const asked: Asked = { ...LIST, headers: { authorization: `Bearer ${TOKEN}` } }
  const match: Match = { credential: 'another-secret-token', header: { Authorization: 'Bearer another*' } }
  assert.deepEqual(differencesTo(match)(asked), [
    { field: 'header/authorization', expected: 'Bearer [redacted]', actual: 'Bearer [redacted]' },
    { field: 'credential', expected: '[redacted]', actual: '[redacted]' },
  ])
  assert.deepEqual(differencesTo({ credential: 'a@b.c' })(CREATE), [
    { field: 'credential', expected: 'a@b.c', actual: 'user@example.com' },
  ])
  assert.deepEqual(differencesTo({ credential: 'a@b.c' })(UNKNOWN), [
    { field: 'credential', expected: 'a@b.c', actual: null },
  ])
})
