/** Who gets at an organization, where credentials must exist: its active members, and those of the ones above it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources } from '../../server/resources/index.ts'
import { AUTOMATION_TOKEN, as } from '../acting.ts'
import { EMAIL, failureOf, type Simulator, simulator } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
const GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
const UNKNOWN_MEMBER = '0123456789abcdef0123456789abcdef'
/** A member of the customers' organization, which is below the root. */
const BELOW = as('ruth.campbell@example.com')
const INVITED = as('tomasz.wolski@example.com')
const CANCELED = as('helena.fischer@example.com')
const STRANGER = as('edward.langley@example.net')

const QUERY = '?since=2026-11-01&before=2026-11-02&action_time=2026-11-01T00:00:00Z'

/** Every operation on an organization, as a request that changes nothing: what it sends is no good. */
const requests = resources
  .flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
  .filter(({ path }) => path.startsWith('/organizations/:organization_id'))
  .map(({ method, path }) => ({
    method,
    below: path
      .replace('/organizations/:organization_id', '')
      .replace('::', ':')
      .replace(/:(?:member_id|id)\b/, UNKNOWN_MEMBER),
    isLog: path.includes('/logs/'),
  }))

type Person = [title: string, headers: Record<string, string>, organization: string, isLetIn: boolean]
const PEOPLE: Person[] = [
  ['a member', as(EMAIL), ROOT, true],
  ['a member of the one above', as(EMAIL), CUSTOMERS, true],
  ['a member of the one below alone, at home', BELOW, CUSTOMERS, true],
  ['a member of the one below alone', BELOW, ROOT, false],
  ['a member of another hierarchy', as(EMAIL), GROUP, false],
  ['somebody who was only invited', INVITED, ROOT, false],
  ['somebody who was sent away', CANCELED, ROOT, false],
  ['a stranger', STRANGER, ROOT, false],
  ['the token of an account below it', AUTOMATION_TOKEN, ROOT, false],
]

test('there are thirteen operations on an organization', () => {
  assert.equal(requests.length, 13)
})

for (const [title, headers, organization, isLetIn] of PEOPLE) {
  test(`${title} ${isLetIn ? 'gets' : 'does not get'} at an organization`, async (t) => {
    const { call } = await simulator(t, { auth: 'enforce' })
    for (const { method, below, isLog } of requests) {
      const request = `${method} /organizations/${organization}${below}${isLog ? QUERY : ''}`
      const answer = await call(request, { headers, ...(/P/.test(method) && { body: [] }) })
      if (isLetIn) assert.notEqual(answer.status, 403, `${request}: ${answer.text}`)
      else {
        assert.deepEqual(failureOf(answer), [403, 10000, 'Authentication error'], request)
        assert.ok(answer.headers['fauxflare-denied'], 'and why')
      }
    }
  })
}

const statusOf = async (call: Simulator['call'], headers: Record<string, string>) =>
  (await call(`GET /organizations/${ROOT}`, { headers })).status

test('whoever is added or sent away gets in or stays out from the next call on', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const headers = as(EMAIL)
  const member = { user: { email: 'edward.langley@example.net' }, status: 'active' }
  assert.equal(await statusOf(call, STRANGER), 403)
  const added = await call(`POST /organizations/${ROOT}/members`, { body: { member }, headers })
  assert.equal(await statusOf(call, STRANGER), 200)
  await call(`DELETE /organizations/${ROOT}/members/${added.body.result.id}`, { headers })
  assert.equal(await statusOf(call, STRANGER), 403)
})
