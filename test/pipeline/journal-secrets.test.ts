/** No credential and no token's value can be read in the journal, whatever clients do with them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ACCOUNT, type Simulator, simulator } from '../simulator.ts'

const A = `/client/v4/accounts/${ACCOUNT}`
const POLICIES = [
  {
    effect: 'allow',
    resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
    permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
  },
]

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-')
const digit = fc.constantFrom(...'0123456789abcdef')

/** A credential, with the headers that carry it. */
const credentials = fc.oneof(
  fc.string({ unit: letter, minLength: 40, maxLength: 80 }).map((secret) => ({
    secret,
    headers: { authorization: `Bearer ${secret}` },
  })),
  // Of the wrong length: refused, and no less a secret.
  fc.string({ unit: letter, minLength: 20, maxLength: 39 }).map((secret) => ({
    secret,
    headers: { Authorization: `bearer  ${secret}` },
  })),
  fc.string({ unit: digit, minLength: 32, maxLength: 45 }).map((secret) => ({
    secret,
    headers: { 'X-Auth-Key': secret, 'X-Auth-Email': 'user@example.com' },
  })),
  fc.string({ unit: letter, minLength: 20, maxLength: 80 }).map((text) => ({
    secret: `v1.0-${text}`,
    headers: { 'x-auth-user-service-key': `v1.0-${text}` },
  })),
)

interface Sent {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  body?: unknown
}

/** What a client might do with a secret, or with the value of a token. */
const request = fc.constantFrom<(text: string) => Sent>(
  () => ({ method: 'GET', url: '/client/v4/accounts' }),
  (text) => ({ method: 'GET', url: `/client/v4/accounts/${text}` }),
  (text) => ({ method: 'GET', url: `/client/v4/${text}/accounts` }),
  (text) => ({ method: 'GET', url: `/sandboxes/${text}/accounts` }),
  (text) => ({ method: 'GET', url: `/sandboxes/a b/${text}` }),
  (text) => ({ method: 'GET', url: `${A}/%ff/${text}` }),
  (text) => ({ method: 'GET', url: `${A}/members/${text}` }),
  (text) => ({ method: 'GET', url: `${A}/members?${text}=1&page=${text}` }),
  (text) => ({ method: 'GET', url: `/client/v4/accounts?name=${text}` }),
  (text) => ({ method: 'GET', url: `${A}/tokens/verify?x=${encodeURIComponent(`<${text}>`)}` }),
  () => ({ method: 'GET', url: `${A}/tokens/verify` }),
  (text) => ({ method: 'POST', url: '/client/v4/accounts', body: { name: text, [text]: text } }),
  (text) => ({ method: 'POST', url: '/client/v4/accounts', body: { name: 'a', type: text } }),
  (text) => ({ method: 'POST', url: `${A}/members`, body: { email: `${text}@example.com`, roles: [text] } }),
  (text) => ({ method: 'POST', url: `${A}/members`, body: `{"email": "${text}` }),
  (text) => ({ method: 'POST', url: `${A}/members`, body: { padding: 'x'.repeat(16_340), text } }),
  (text) => ({ method: 'POST', url: `${A}/tokens`, body: { name: 'a', policies: POLICIES, value: text } }),
  (text) => ({ method: 'PUT', url: `${A}/tokens/token_id`, body: { name: 'a', policies: POLICIES, value: text } }),
  () => ({ method: 'PUT', url: `${A}/tokens/token_id/value`, body: {} }),
  (text) => ({ method: 'DELETE', url: `${A}/tokens/${text}` }),
)

/** Sends something, and returns the value of a token where the answer has one. */
async function ask({ app }: Simulator, headers: Record<string, string>, { body, ...sent }: Sent) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await app.inject({
    ...sent,
    headers: { ...headers, 'x-mine': sent.url },
    ...(payload !== undefined && { payload }),
  })
  const { result } = answer.json()
  return typeof result === 'string' ? result : (result?.value as string | undefined)
}

/** What of a secret would give it away. */
const partsOf = (secret: string) => [secret.slice(0, 16), secret.slice(-16)]

/** Fails when any of these, or a part of one, is in a text. */
function assertHidden(secrets: readonly string[], shown: unknown): void {
  const text = JSON.stringify(shown)
  for (const secret of secrets) {
    for (const part of partsOf(secret)) {
      const at = text.indexOf(part)
      assert.ok(at < 0, `${secret} in ${text.slice(Math.max(0, at - 200), at + 100)}`)
    }
  }
}

test('whatever was sent and answered, no secret of it can be read', async (t) => {
  const made = await simulator(t)
  let values = 0
  await fc.assert(
    fc.asyncProperty(
      credentials,
      credentials,
      fc.array(request, { minLength: 1, maxLength: 6 }),
      async (one, other, makes) => {
        // In a world that does not know the other, a part that they share would be looked for in vain.
        fc.pre(!partsOf(one.secret).some((part) => other.secret.includes(part)))
        for (const name of made.worlds.names) {
          if (name === 'default') made.worlds.reset()
          else made.worlds.delete(name)
        }
        const secrets = [one.secret, other.secret]
        await ask(made, other.headers, { method: 'GET', url: '/client/v4/accounts' })
        for (const make of makes) {
          for (const text of [...secrets]) {
            const value = await ask(made, one.headers, make(text))
            if (value !== undefined) secrets.push(value)
          }
        }
        for (const name of made.worlds.names) {
          const { journal } = made.worlds.of(name)
          const question = { match: { credential: one.secret, body: { name: one.secret } } }
          // Worlds have nothing in common: what was a credential in one is a mere word in another.
          const known = secrets.filter((secret) => name === 'default' || secret !== other.secret)
          assertHidden(known, [journal.all(), journal.page({}, 3), journal.verify(question)])
        }
        values += secrets.length - 2
      },
    ),
    { seed: 20261122, numRuns: 60 },
  )
  assert.ok(values > 0, 'no token was made')
})

test('the value of a token is withheld from the journal, not from its client', async (t) => {
  const made = await simulator(t)
  const { call, worlds } = made
  const path = `/accounts/${ACCOUNT}/tokens`
  const created = (await call(`POST ${path}`, { body: { name: 'a', policies: POLICIES } })).body.result
  const rolled = (await call(`PUT ${path}/${created.id}/value`, { body: {} })).body.result
  assert.match(created.value, /^cfat_/)
  assert.match(rolled, /^cfat_/)
  const [create, roll] = worlds.of().journal.all()
  assert.deepEqual(create?.response?.body, {
    result: { ...created, value: '[redacted]' },
    success: true,
    errors: [],
    messages: [],
  })
  assert.deepEqual(roll?.response?.body, { result: '[redacted]', success: true, errors: [], messages: [] })
})
