/** Secrets are shown once, by create and by roll, and after that neither they nor their digests turn up anywhere. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { apiKey } from '../../fixtures/docs/hash.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { logTo } from '../../server/log.ts'
import { steering } from '../control/steer.ts'
import { ACCOUNT, closeAfter, EMAIL, KEY, TOKEN } from '../simulator.ts'
import { bearer, enforcing, NOW, PAIR } from './enforcing.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const LOGS = 'since=2026-11-01&before=2026-11-30'

/** Fails when a secret, its digest, or a part of one of them is in a text. */
function assertHidden(secrets: readonly string[], text: string, where: string): void {
  for (const secret of secrets) {
    for (const part of [secret.slice(0, 16), secret.slice(-16), sha256(secret).slice(0, 16)]) {
      const at = text.indexOf(part)
      assert.ok(at < 0, `${secret} in ${where}: ${text.slice(Math.max(0, at - 100), at + 100)}`)
    }
  }
}

/** A server that enforces, with everything that it logs. */
async function logging(t: TestContext) {
  const { worlds } = await enforcing(t)
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const config = readConfig({ given: { auth: 'enforce', clock: NOW, contract: 'warn' } })
  const app = await createApp(worlds, config, logTo(stream, 'trace'))
  closeAfter(t, app)
  const ask = async (request: string, headers: Record<string, string>, body?: object) => {
    const [method, path] = request.split(' ') as ['GET', string]
    const answer = await app.inject({ method, url: `/client/v4${path}`, headers, ...(body && { payload: body }) })
    return { status: answer.statusCode, text: answer.body, headers: answer.headers, body: answer.json() }
  }
  return { app, worlds, lines, ask }
}

test('after a token was made, used and rolled, no secret can be read anywhere', async (t) => {
  const { app, worlds, lines, ask } = await logging(t)
  const secrets = [TOKEN, KEY, apiKey('alice@example.com')]
  const paths = [`/accounts/${ACCOUNT}/tokens`, '/user/tokens']
  for (const path of paths) {
    const { result } = (await ask(`POST ${path}`, PAIR, { name: 'one', policies: [] })).body
    const rolled = (await ask(`PUT ${path}/${result.id}/value`, PAIR, {})).body.result
    assert.match(result.value, /^cf[au]t_/)
    assert.match(rolled, /^cf[au]t_/)
    secrets.push(result.value, rolled)
    for (const value of [result.value, rolled]) {
      for (const asked of ['/accounts', `/accounts/${ACCOUNT}`, `/accounts/${value}`, `${path}/verify`, `/${value}`]) {
        const reply = await ask(`GET ${asked}`, bearer(value))
        // The path of a request that leads nowhere is told to whoever sent it.
        if (!asked.includes(value)) assertHidden(secrets, reply.text + JSON.stringify(reply.headers), asked)
      }
    }
    // A client that sends its secret where it has no business.
    await ask(`PUT ${path}/${result.id}`, PAIR, { name: 'two', policies: [], value: rolled })
    for (const shown of [path, `${path}/${result.id}`]) {
      const reply = await ask(`GET ${shown}?per_page=50`, PAIR)
      assert.equal(reply.status, 200)
      assertHidden(secrets, reply.text, shown)
    }
  }
  for (const path of [`/accounts/${ACCOUNT}/logs/audit?${LOGS}`, `/user/audit_logs?${LOGS}`, '/user', '/memberships']) {
    const reply = await ask(`GET ${path}`, PAIR)
    assert.equal(reply.status, 200, reply.text)
    assertHidden(secrets, reply.text, path)
  }
  const steer = steering(app)
  await steer('PUT /snapshots/mine')
  for (const path of ['state', 'state/diff', 'requests', 'report', 'snapshots', 'faults', 'sandboxes', 'health']) {
    const { status, text } = await steer(`GET /${path}`)
    assert.equal(status, 200, path)
    assertHidden(secrets, text, path)
  }
  assertHidden(secrets, lines.join(''), 'the log')
  // What is asked for has the digests, and nothing has the values.
  const whole = (await steer('GET /state?secrets=true')).text
  for (const secret of secrets) assert.ok(!whole.includes(secret.slice(0, 16)), secret)
  for (const secret of [TOKEN, KEY, secrets.at(-1) ?? '']) assert.ok(whole.includes(sha256(secret)), secret)
  assert.ok(!whole.includes(sha256(secrets.at(-2) ?? '')), 'the digest of the old value is gone')
  assert.ok(worlds.of().journal.size > 10)
})

test('a failure of the simulator logs no secret', async (t) => {
  const { worlds, lines, ask } = await logging(t)
  const { clock } = worlds.of()
  t.mock.method(clock, 'seconds', () => {
    throw new Error('The clock has stopped.')
  })
  const reply = await ask('POST /user/tokens', { ...PAIR, ...bearer(TOKEN) }, { name: 'one', policies: [] })
  assert.equal(reply.status, 500)
  assert.match(lines.join(''), /The clock has stopped/)
  assertHidden([TOKEN, KEY], lines.join(''), 'the log')
})

test('a state without secrets goes back into its world, where all credentials are as good as before', async (t) => {
  const { app, ask } = await logging(t)
  const steer = steering(app)
  const { id, value } = (await ask('POST /user/tokens', PAIR, { name: 'one', policies: [] })).body.result
  const state = (await steer('GET /state')).body
  assert.equal((await ask('DELETE /accounts/x', bearer(value))).status, 400)
  await ask(`PUT /user/tokens/${id}`, PAIR, { name: 'two', policies: [], status: 'disabled' })
  assert.equal((await steer('PUT /state', state)).status, 204)
  for (const headers of [bearer(value), bearer(TOKEN), { 'x-auth-email': EMAIL, 'x-auth-key': KEY }]) {
    assert.equal((await ask('GET /accounts', headers)).status, 200)
  }
  // In another world only what is in its fixtures is known, until the token is rolled.
  const other = steering(app, 'w1')
  assert.equal((await other('PUT /state', state)).status, 204)
  const there = async (request: string, headers: Record<string, string>) => {
    const [method, path] = request.split(' ') as ['GET', string]
    return app.inject({ method, url: `/sandboxes/w1/client/v4${path}`, headers })
  }
  assert.equal((await there('GET /accounts', bearer(value))).statusCode, 403)
  assert.equal((await there('GET /accounts', bearer(TOKEN))).statusCode, 200)
  const rolled = (await there(`PUT /user/tokens/${id}/value`, PAIR)).json().result
  assert.equal((await there('GET /accounts', bearer(rolled))).statusCode, 200)
  // With secrets, it is the same everywhere.
  const whole = (await steer('GET /state?secrets=true')).body
  assert.equal((await other('PUT /state', whole)).status, 204)
  assert.equal((await there('GET /accounts', bearer(value))).statusCode, 200)
  assert.equal((await there('GET /accounts', bearer(rolled))).statusCode, 403)
})

test('what secrets there shall be is true or false', async (t) => {
  const { app } = await logging(t)
  const steer = steering(app)
  const text = (await steer('GET /state?secrets=false')).text
  assert.doesNotMatch(text, /_sha256/)
  for (const query of ['secrets=yes', 'secret=true']) {
    assert.equal((await steer(`GET /state?${query}`)).status, 400, query)
  }
})
