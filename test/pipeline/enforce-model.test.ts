/** `--auth enforce`: whatever happens to tokens, a model says which of their values open what, and from where. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { steering } from '../control/steer.ts'
import { ACCOUNT } from '../simulator.ts'
import { bearer, enforcing, NOW, PAIR } from './enforcing.ts'

const HOME = '192.0.2.1'
const AWAY = '203.0.113.1'
const DAY = 86_400_000
/** A day of the story, as the API writes it. */
const on = (day: number) => `${new Date(Date.parse(NOW) + day * DAY).toISOString().slice(0, 19)}Z`

const PATHS = { user: '/user/tokens', account: `/accounts/${ACCOUNT}/tokens` }

interface Asked {
  not_before?: number
  expires_on?: number
  isHomebound: boolean
}
interface Token extends Asked {
  id: string
  owner: keyof typeof PATHS
  status: 'active' | 'disabled'
  /** Undefined for one that no value opens. */
  value: string | undefined
}

const day = fc.integer({ min: -3, max: 6 })
const owner = fc.constantFrom<keyof typeof PATHS>('user', 'account')
const asked = fc.record(
  { not_before: day, expires_on: day, isHomebound: fc.boolean() },
  { requiredKeys: ['isHomebound'] },
)
const which = fc.nat(5)

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('create'), owner, asked }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('roll'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('update'),
      which,
      asked,
      status: fc.option(fc.constantFrom('active', 'disabled'), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete'), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('clock'), day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('save') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore'), isWhole: fc.boolean() }) },
)

const bodyOf = ({ not_before, expires_on, isHomebound }: Asked) => ({
  name: 'one',
  policies: [],
  ...(not_before !== undefined && { not_before: on(not_before) }),
  ...(expires_on !== undefined && { expires_on: on(expires_on) }),
  ...(isHomebound && { condition: { request_ip: { in: ['192.0.2.0/24'] } } }),
})

/** What a value is answered with: by the list of accounts, and by verification where the token belongs. */
function expected(token: Token | undefined, today: number, address: string): [number, number | string] {
  if (!token) return [403, 401]
  const isEarly = token.not_before !== undefined && token.not_before > today
  const hasExpired = token.expires_on !== undefined && token.expires_on <= today
  const isGood = token.status === 'active' && !isEarly && !hasExpired
  if (isGood && token.isHomebound && address === AWAY) return [403, 403]
  return [isGood ? 200 : 403, isEarly ? 401 : hasExpired ? 'expired' : token.status]
}

test('a value opens what its token allows, now and from here, and no other value does', async (t) => {
  const { app, call, from, worlds } = await enforcing(t)
  const steer = steering(app)
  const send = async (request: string, body?: object) => {
    const reply = await call(request, { headers: PAIR, body })
    assert.equal(reply.status, 200, `${request}: ${reply.text}`)
    return reply.body.result
  }
  let good = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      worlds.reset()
      let today = 0
      let tokens: Token[] = []
      let saved: { tokens: Token[]; today: number; bare: object; whole: object } | undefined
      /** Every value that there ever was, with where its token was made. */
      const values = new Map<string, keyof typeof PATHS>()
      const chosen = (at: number) => tokens[at % Math.max(tokens.length, 1)]
      for (const now of steps) {
        const token = 'which' in now ? chosen(now.which) : undefined
        if ('which' in now && !token) continue
        if (now.do === 'create' && 'owner' in now) {
          const { id, value } = await send(`POST ${PATHS[now.owner]}`, bodyOf(now.asked))
          tokens = [...tokens, { ...now.asked, id, value, owner: now.owner, status: 'active' }]
          values.set(value, now.owner)
        } else if (token && now.do === 'roll') {
          const value = await send(`PUT ${PATHS[token.owner]}/${token.id}/value`, {})
          tokens = tokens.map((one) => (one === token ? { ...one, value } : one))
          values.set(value, token.owner)
        } else if (token && 'asked' in now) {
          const { id, value } = token
          const status = now.status ?? token.status
          await send(`PUT ${PATHS[token.owner]}/${id}`, { ...bodyOf(now.asked), ...(now.status && { status }) })
          const changed = { ...now.asked, id, value, owner: token.owner, status }
          tokens = tokens.map((one) => (one === token ? changed : one))
        } else if (token && now.do === 'delete') {
          await send(`DELETE ${PATHS[token.owner]}/${token.id}`)
          tokens = tokens.filter((one) => one !== token)
        } else if ('day' in now) {
          today = now.day
          worlds.of().clock.set({ now: on(today) })
        } else if (now.do === 'save') {
          const [bare, whole] = [(await steer('GET /state')).body, (await steer('GET /state?secrets=true')).body]
          saved = { tokens, today, bare, whole }
        } else if ('isWhole' in now && saved) {
          assert.equal((await steer('PUT /state', now.isWhole ? saved.whole : saved.bare)).status, 204)
          const known = new Map(tokens.map(({ id, value }) => [id, value]))
          tokens = saved.tokens.map((one) => (now.isWhole ? one : { ...one, value: known.get(one.id) }))
          today = saved.today
        }
        for (const [value, owner] of values) {
          const found = tokens.find((one) => one.value === value)
          for (const address of [HOME, AWAY]) {
            const used = await from(address, 'GET /accounts', value)
            const verified = await from(address, `GET ${PATHS[owner]}/verify`, value)
            const told = verified.status === 200 ? verified.body.result.status : verified.status
            assert.deepEqual([used.status, told], expected(found, today, address), `${value} from ${address}`)
            good += used.status === 200 ? 1 : 0
          }
        }
      }
      assert.equal((await call('GET /accounts', { headers: bearer('x'.repeat(40)) })).status, 403)
    }),
    { seed: 20261122, numRuns: 20 },
  )
  assert.ok(good > 20, 'hardly any value was good')
})
