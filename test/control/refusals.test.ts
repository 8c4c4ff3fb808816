/** What the control API refuses: with a problem that says why, and without changing anything. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { simulator } from '../simulator.ts'
import { misfits, steering } from './steer.ts'

interface Refusal {
  status?: number
  /** What the detail says. */
  says: RegExp
  /** Pointers of `errors`. */
  at?: string[]
}

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
const rows: [request: string, body: unknown, expected: Refusal][] = [
  // Bodies
  ['PUT /clock', undefined, { says: /there is no body/ }],
  ['PUT /clock', 'null', { says: /there is no body/ }],
  ['PUT /clock', '{"mode":', { says: /is not JSON: [A-Z]/ }],
  ['PUT /clock', '{"__proto__": {"mode": "real"}}', { says: /has a field "__proto__"/ }],
  ['PUT /clock', '[]', { says: /must be object/, at: [''] }],
  ['PUT /clock', deep, { says: /must be object/, at: [''] }],
  ['PUT /clock', {}, { says: /set the clock: it must have mode or now\./, at: [''] }],
  ['PUT /clock', { mod: 'real' }, { says: /mod is not allowed here. Did you mean "mode"\?/, at: ['/mod'] }],
  ['PUT /clock', { mode: 'stopped' }, { says: /must be one of real, frozen, offset/, at: ['/mode'] }],
  ['PUT /clock', { mode: 1, now: 2 }, { says: /and 1 more/, at: ['/mode', '/now'] }],
  ['PUT /clock', { now: 'noon' }, { says: /now must be an ISO 8601 time .* such as 2026/, at: ['/now'] }],
  ['PUT /clock', { mode: 'real', now: '2030-01-01T00:00:00Z' }, { says: /real clock/, at: ['/mode'] }],
  ['POST /clock/advance', { by: 'a month' }, { says: /advance the clock/, at: ['/by'] }],
  ['POST /clock/advance', { by: 'P9999Y' }, { says: /advance the clock/, at: ['/by'] }],
  ['POST /clock/advance', {}, { says: /by is required/, at: ['/by'] }],
  ['POST /reset', { hard: true }, { says: /hard is not allowed here: nothing is/, at: ['/hard'] }],
  ['POST /reset', '[]', { says: /must be object/, at: [''] }],
  ['DELETE /faults', { all: true }, { says: /all is not allowed here/, at: ['/all'] }],
  ['PUT /snapshots/s', { rows: [] }, { says: /rows is not allowed here/, at: ['/rows'] }],
  ['POST /requests/verify', {}, { says: /match is required/, at: ['/match'] }],
  [
    'POST /requests/verify',
    { match: { oparation: 'x' } },
    { says: /Did you mean "operation"/, at: ['/match/oparation'] },
  ],
  ['POST /requests/verify', { match: {}, times: { exactly: -1 } }, { says: /times/, at: ['/times/exactly'] }],
  ['POST /requests/verify', { match: { operation: 'x' } }, { says: /operation/, at: ['/match/operation'] }],
  ['PUT /state', undefined, { says: /there is no body/ }],
  ['PUT /state', '"before"', { says: /snapshot/, at: [''] }],
  ['PUT /state', {}, { says: /version/, at: ['/version'] }],
  ['PUT /state', { version: 3 }, { says: /version/, at: ['/version'] }],
  ['PUT /state', '[1]', { says: /not an object/, at: [''] }],
  ['PUT /state', deep, { says: /read the snapshot/, at: [''] }],
  ['PUT /state', 'a: b', { says: /is not JSON/ }],
  ['POST /faults', undefined, { says: /there is no body/ }],
  ['POST /faults', { preset: 'flacky' }, { says: /flaky/, at: ['/preset'] }],
  [
    'POST /faults',
    { match: { operation: 'account-creatoin' }, effect: { delay: { ms: 1 } } },
    { says: /account-creation/ },
  ],
  ['POST /faults', { effect: {} }, { says: /effect/ }],
  ['POST /faults', [{ preset: 'flaky' }, { effect: { explode: true } }], { says: /explode/ }],
  ['PUT /sandboxes/w1', { seed: 'x' }, { says: /seed must be integer/, at: ['/seed'] }],
  ['PUT /sandboxes/w1', { sed: 1 }, { says: /Did you mean "seed"/, at: ['/sed'] }],
  ['PUT /sandboxes/w1', { clock: 'noon' }, { says: /noon/, at: ['/clock'] }],
  ['PUT /sandboxes/w1', { fixtures: 'doc' }, { says: /Did you mean "docs"/, at: ['/fixtures'] }],
  ['PUT /sandboxes/w1', { fixtures: './package.json' }, { says: /PUT \/_fauxflare\/state/, at: ['/fixtures'] }],
  ['PUT /sandboxes/a%20b', {}, { says: /name must be 1 to 64 letters/, at: ['name'] }],
  [`PUT /sandboxes/${'x'.repeat(65)}`, {}, { says: /name/, at: ['name'] }],
  ['PUT /sandboxes/default', {}, { status: 409, says: /default world/ }],
  ['DELETE /sandboxes/default', undefined, { status: 409, says: /Reset it/ }],
  ['PUT /snapshots/a%2Fb', {}, { says: /name must be 1 to 64 letters/, at: ['name'] }],

  // Queries
  ['GET /health?x=1', undefined, { says: /^Failed to check the health: x is not allowed here: nothing is/, at: ['x'] }],
  ['POST /reset?sandbox=w1', undefined, { says: /sandbox is not allowed/, at: ['sandbox'] }],
  ['GET /requests?operations=x', undefined, { says: /Did you mean "operation"/, at: ['operations'] }],
  ['GET /requests?limit=0', undefined, { says: /limit must be >= 1/, at: ['limit'] }],
  ['GET /requests?limit=1&limit=2', undefined, { says: /limit must be integer/, at: ['limit'] }],
  ['GET /requests?limit=many', undefined, { says: /limit must be integer/, at: ['limit'] }],
  ['GET /requests?status=4x', undefined, { says: /status must be a status such as 404, or a class/, at: ['status'] }],
  ['GET /requests?since=yesterday', undefined, { says: /since/, at: ['since'] }],
  ['GET /requests?cursor=x', undefined, { says: /cursor/, at: ['cursor'] }],
  ['GET /requests?operation=account-creatoin', undefined, { says: /account-creation/, at: ['operation'] }],
  ['GET /state/diff?form=x', undefined, { says: /Did you mean "from"/, at: ['form'] }],

  // What is not there
  ['GET /requests/7', undefined, { status: 404, says: /GET \/_fauxflare\/requests lists/ }],
  ['GET /faults/busi', undefined, { status: 404, says: /Did you mean "busy"\? There are "fault-1", "busy"\./ }],
  ['DELETE /faults/9', undefined, { status: 404, says: /no fault rule "9"/ }],
  ['POST /snapshots/kep/restore', undefined, { status: 404, says: /Did you mean "kept"\? There is "kept"\./ }],
  ['DELETE /snapshots/x', undefined, { status: 404, says: /There is "kept"/ }],
  ['GET /state/diff?from=kep', undefined, { status: 404, says: /Did you mean "kept"/ }],
  ['DELETE /sandboxes/w9', undefined, { status: 404, says: /no sandbox "w9". There is no sandbox yet/ }],
]

test('What cannot be is refused with a problem, and nothing changes', async (t) => {
  const { app } = await simulator(t)
  const steer = steering(app)
  await steer('POST /faults', {
    name: 'busy',
    match: { operation: 'account-creation' },
    effect: { error: { status: 503 } },
  })
  await steer('PUT /snapshots/kept')
  const told = ['GET /state', 'GET /faults', 'GET /snapshots', 'GET /clock', 'GET /requests', 'GET /sandboxes']
  // A digest of each: a difference of whole worlds could not be read.
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const look = async () => Promise.all(told.map(async (request) => [request, digest((await steer(request)).text)]))
  for (const [request, body, { status = 400, says, at }] of rows) {
    await t.test(`${request} ${(JSON.stringify(body) ?? '').slice(0, 80)}`, async () => {
      const before = await look()
      const reply = await steer(request, body)
      assert.equal(reply.status, status, reply.text)
      assert.deepEqual(misfits(request, reply), [])
      assert.match(reply.body.detail, says)
      if (at) {
        const pointers = (reply.body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)
        assert.deepEqual(pointers, at, reply.text)
      }
      assert.deepEqual(await look(), before)
    })
  }
})

test('A problem has the status in words, and nothing else beside it', async (t) => {
  const { app } = await simulator(t)
  assert.deepEqual((await steering(app)('PUT /clock', { mod: 'real' })).body, {
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: 'Failed to set the clock: /mod is not allowed here. Did you mean "mode"? Known: mode, now.',
    errors: [{ pointer: '/mod', detail: 'is not allowed here. Did you mean "mode"? Known: mode, now.' }],
  })
})

const unknown: [request: string, status: number, says: RegExp, allow?: string][] = [
  ['GET /fault', 404, /Did you mean "\/_fauxflare\/faults"\?/],
  ['GET ', 404, /nothing at \/_fauxflare itself, but .*GET \/_fauxflare\/health/],
  ['GET /', 404, /nothing at \/_fauxflare itself/],
  ['GET /nothing/like/this', 404, /openapi\.json/],
  ['GET /constructor', 404, /There is no/],
  ['GET /faults/', 404, /There is no/],
  ['PUT /reset', 405, /does not take PUT; it takes POST/, 'POST'],
  ['PATCH /faults', 405, /takes GET, POST, DELETE/, 'GET, POST, DELETE'],
  ['GET /snapshots/x', 405, /takes PUT, DELETE/, 'PUT, DELETE'],
  ['OPTIONS /faults', 405, /does not take OPTIONS/, 'GET, POST, DELETE'],
]

for (const [request, status, says, allow] of unknown) {
  test(`${request} is answered with ${status}`, async (t) => {
    const { app } = await simulator(t)
    for (const sandbox of [undefined, 'w1']) {
      const reply = await steering(app, sandbox)(request)
      assert.equal(reply.status, status)
      assert.equal(reply.headers['content-type'], 'application/problem+json')
      assert.equal(reply.headers.allow, allow)
      assert.match(reply.body.detail, says)
    }
  })
}

test('A path that cannot be decoded is answered with a problem', async (t) => {
  const { app } = await simulator(t)
  const reply = await steering(app)('GET /faults/%ff')
  assert.equal(reply.status, 400)
  assert.equal(reply.headers['content-type'], 'application/problem+json')
  assert.match(reply.body.detail, /%ff/)
})

test('A body of more than a mebibyte is refused, but for a whole world', async (t) => {
  const { app } = await simulator(t)
  const steer = steering(app)
  const body = JSON.stringify({ now: 'x'.repeat(1024 * 1024) })
  const reply = await steer('PUT /clock', body)
  assert.deepEqual([reply.status, misfits('PUT /clock', reply)], [413, []])
  assert.match(reply.body.detail, /1 MiB/)
  const state = JSON.parse((await steer('GET /state')).text)
  assert.equal((await steer('PUT /state', JSON.stringify(state, null, 40))).status, 204)
  assert.ok(JSON.stringify(state, null, 40).length > 1024 * 1024)
})

test('What concerns the whole server is not there in a sandbox', async (t) => {
  const { app } = await simulator(t)
  const steer = steering(app, 'w1')
  for (const request of ['GET /sandboxes', 'PUT /sandboxes/w2', 'DELETE /sandboxes/w1']) {
    const reply = await steer(request)
    assert.deepEqual([reply.status, misfits(request, reply)], [404, []], request)
    assert.match(reply.body.detail, /Ask without \/sandboxes\/w1/)
  }
  assert.equal((await steering(app, 'default')('GET /sandboxes')).status, 200)
})
