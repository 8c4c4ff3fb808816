/** Whoever is in the documented world can be acted as, with a key and with a token, and does what they may. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { tokenValue } from '../../fixtures/docs/hash.ts'
import { rows } from '../../fixtures/rows.ts'
import { users } from '../../schemas/users.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, simulator, TOKEN } from '../simulator.ts'

const byToken = (email: string) => ({ authorization: `Bearer ${email === EMAIL ? TOKEN : tokenValue(email)}` })

test('everybody is known by key and by token', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  for (const { email } of rows(users)) {
    for (const headers of [as(email), byToken(email)]) {
      const { status, body } = await call('GET /user', { headers })
      assert.equal(status, 200, `${email} ${JSON.stringify(body.errors)}`)
      assert.equal(body.result.email, email)
    }
    assert.equal((await call('GET /user/tokens/verify', { headers: byToken(email) })).status, 200)
  }
})

const AUDIT = `GET /accounts/${ACCOUNT}/logs/audit?since=2026-10-01&before=2026-10-02`

/** What the people of the README get: an account, its members, its subscriptions, its audit log, a change, a new member. */
const RIGHTS: Record<string, string> = {
  'user@example.com': '200 200 200 200 200 200',
  'priya.raman@example.com': '200 200 200 200 200 403',
  'anna.kowalska@example.com': '200 200 200 200 403 403',
  'lucas.ferreira@example.com': '200 403 403 200 403 403',
  'noah.bergstrom@example.com': '200 403 403 403 403 403',
  'julia.stein@example.org': '403 403 403 403 403 403',
  'mina.sato@example.net': '403 403 403 403 403 403',
}

for (const [email, expected] of Object.entries(RIGHTS)) {
  test(`${email} does with the token what is done with the key, as the role says`, async (t) => {
    for (const headers of [as(email), byToken(email)]) {
      const { call } = await simulator(t, { auth: 'enforce' })
      const member = { email: 'new@example.com', roles: ['3536bcfad5faccb999b47003c79917fb'] }
      const answers = [
        await call(`GET /accounts/${ACCOUNT}`, { headers }),
        await call(`GET /accounts/${ACCOUNT}/members`, { headers }),
        await call(`GET /accounts/${ACCOUNT}/subscriptions`, { headers }),
        await call(AUDIT, { headers }),
        await call(`PUT /accounts/${ACCOUNT}`, { headers, body: { name: 'Acme' } }),
        await call(`POST /accounts/${ACCOUNT}/members`, { headers, body: member }),
      ]
      assert.equal(answers.map(({ status }) => status).join(' '), expected)
      for (const { status, headers: told } of answers) assert.equal('fauxflare-denied' in told, status === 403)
    }
  })
}

test('the README tells the keys and tokens that they have', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  for (const email of Object.keys(RIGHTS)) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${email}\` |`))
    assert.ok(row?.includes(as(email)['x-auth-key'] ?? 'a key'), email)
    assert.ok(row?.includes(byToken(email).authorization.slice(7)), email)
  }
})
