/** `--auth enforce` costs next to nothing more, whoever asks: counted in digests, searches and policies, not in time. */
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { type TestContext, test } from 'node:test'
import { members } from '../../schemas/members.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { digest } from '../../server/rules/identity.ts'
import { Table } from '../../server/state/table.ts'
import { ACCOUNT, simulator, TOKEN } from '../simulator.ts'
import { bearer, enforcing, NOW, PAIR } from './enforcing.ts'

/** What was done for requests. */
interface Cost {
  digests: number
  /** Rows looked up by their ids. */
  rows: number
  /** Looks into an order of rows. */
  searches: number
}

/** Counts what is done. */
function counting(t: TestContext): (work: () => Promise<unknown>) => Promise<Cost> {
  const digests = [t.mock.method(crypto, 'hash'), t.mock.method(crypto, 'createHash')]
  // Those who import the functions by name see them, too.
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
  const rows = t.mock.method(Table.prototype, 'get')
  const searches = t.mock.method(Table.prototype, 'orderedBy')
  return async (work) => {
    for (const { mock } of [...digests, rows, searches]) mock.resetCalls()
    await work()
    return {
      digests: digests.reduce((sum, { mock }) => sum + mock.callCount(), 0),
      rows: rows.mock.callCount(),
      searches: searches.mock.callCount(),
    }
  }
}

const GET = `GET /accounts/${ACCOUNT}`

/** A token that says how often its policies were looked at. */
function counted(row: TokenRow): { row: TokenRow; looks: () => number } {
  let looks = 0
  const policies = new Proxy(row.policies, {
    get(target, name, receiver) {
      looks += 1
      return Reflect.get(target, name, receiver)
    },
  })
  return { row: { ...row, policies }, looks: () => looks }
}

test('whoever asked before is known: no digest, no search, and no row is read but those that any request reads', async (t) => {
  const cost = counting(t)
  const { call: open } = await simulator(t, { auth: 'any' })
  const { call, accountToken } = await enforcing(t)
  const ours = await accountToken()
  for (const headers of [bearer(TOKEN), PAIR, bearer(ours.value)]) {
    // The second finds the row of the token in which the first noted its use.
    for (const warm of [open, call, call]) assert.equal((await warm(GET, { headers })).status, 200)
    const any = await cost(() => open(GET, { headers }))
    const enforced = await cost(() => call(GET, { headers }))
    assert.deepEqual(enforced, any)
    assert.deepEqual([enforced.digests, enforced.searches], [0, 0])
  }
})

test('500 tokens of an account cost what one costs each, and what they may do is read off their policies once', async (t) => {
  const cost = counting(t)
  const { call, accountToken, rowOf, worlds } = await enforcing(t)
  const table = worlds.of().store.table(tokens)
  const made = rowOf((await accountToken()).id) as TokenRow
  const secretOf = (n: number) => `${n}`.padStart(40, 'x')
  const looks = Array.from({ length: 500 }, (_, n) => {
    const { row, looks } = counted({ ...made, policies: structuredClone(made.policies) })
    const id = `${n}`.padStart(32, '0')
    table.put({ ...row, id, last_used_on: NOW, value_sha256: digest(secretOf(n)) })
    return looks
  })
  const ask = async (n: number) => assert.equal((await call(GET, { headers: bearer(secretOf(n)) })).status, 200)
  const round = async () => {
    for (let n = 0; n < 500; n += 1) await ask(n)
  }
  await round()
  const before = looks.map((count) => count())
  assert.ok(before.every((count) => count > 0))
  const one = await cost(() => ask(7))
  const all = await cost(round)
  assert.deepEqual(all, { digests: 0, rows: 500 * one.rows, searches: 0 })
  assert.deepEqual(
    looks.map((count) => count()),
    before,
  )
})

test('a second in which a token was used is noted once', async (t) => {
  const { call, accountToken, worlds } = await enforcing(t)
  const { store, clock } = worlds.of()
  const headers = bearer((await accountToken()).value)
  for (const by of ['PT1S', 'PT1S']) {
    clock.advance(by)
    const before = store.version(tokens)
    await call(GET, { headers })
    const noted = store.version(tokens)
    assert.notEqual(noted, before)
    for (let n = 0; n < 5; n += 1) await call(GET, { headers })
    assert.equal(store.version(tokens), noted)
  }
})

test('a new member is no reason to look up anew who may add members', async (t) => {
  const { call, worlds } = await enforcing(t)
  const add = async (n: number) => {
    const body = { email: `m${n}@example.com`, roles: ['05784afa30c1afe1440e79d9351c7430'] }
    assert.equal((await call(`POST /accounts/${ACCOUNT}/members`, { headers: PAIR, body })).status, 200)
  }
  await add(0)
  const searches = t.mock.method(Table.prototype, 'orderedBy')
  const asked = () => searches.mock.calls.filter(({ arguments: [{ names }] }) => names.includes('user.id')).length
  for (let n = 1; n < 5; n += 1) await add(n)
  assert.equal(asked(), 0)
  assert.ok(worlds.of().store.table(members).total() > 4)
})
