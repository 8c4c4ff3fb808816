/** A server that keeps each of its worlds in a file of a folder. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder } from '../cli/command.ts'
import { ask, begin, make, names, steer } from './server.ts'

test('In a folder each sandbox has a file of its own, with the options that it was made with', async (t) => {
  const data = `${folder(t)}/worlds/`
  const first = await begin(t, data)
  await make(first.sandbox('a'), 'In a')
  const options = { fixtures: 'empty', seed: 7, clock: '2030-01-01T00:00:00Z' }
  assert.equal((await steer(first, 'PUT /sandboxes/b', options)).status, 201)
  await make(first, 'In default')
  await first.close()
  assert.deepEqual(readdirSync(data).sort(), ['a.json', 'b.json', 'default.json'])

  const second = await begin(t, data)
  const listed = (await steer(second, 'GET /sandboxes')).body.sandboxes
  assert.deepEqual(
    listed.map((sandbox: { name: string }) => sandbox.name),
    ['default', 'a', 'b'],
  )
  assert.ok((await names(second.sandbox('a'))).includes('In a'))
  assert.ok(!(await names(second.sandbox('a'))).includes('In default'))
  const b = listed.find((sandbox: { name: string }) => sandbox.name === 'b')
  assert.deepEqual(b.options, { ...options, stateless: false, quirks: '' })
  await make(second.sandbox('b'), 'In b')
  assert.equal((await steer(second, 'POST /reset', undefined, 'b')).status, 204)
  assert.deepEqual(await names(second.sandbox('b')), [])
  assert.equal(second.sandbox('b').clock.now, '2030-01-01T00:00:00.000Z')
  assert.equal((await steer(second, 'DELETE /sandboxes/a')).status, 204)
  assert.deepEqual(
    readdirSync(data).filter((file) => file.startsWith('a.')),
    [],
  )
  // The next request makes a new one.
  assert.ok(!(await names(second.sandbox('a'))).includes('In a'))
  await second.close()
})

test('A sandbox that is made anew is another one after a restart as well', async (t) => {
  const data = `${folder(t)}/`
  const first = await begin(t, data)
  await make(first.sandbox('a'), 'Old')
  assert.equal((await steer(first, 'PUT /sandboxes/a', { fixtures: 'empty' })).status, 200)
  await make(first.sandbox('a'), 'New')
  await first.close()
  const second = await begin(t, data)
  assert.deepEqual(await names(second.sandbox('a')), ['New'])
})

test('A sandbox whose file is damaged is refused by name, and all others are served', async (t) => {
  const data = `${folder(t)}/`
  await (await begin(t, data)).close()
  writeFileSync(join(data, 'a.json'), '{"version": 2')
  const server = await begin(t, data)
  const refused = await ask({ baseURL: `${server.url}/sandboxes/a/client/v4` }, 'GET /accounts')
  assert.equal(refused.status, 507)
  assert.match(refused.body.errors[0].message, /a\.json: it is not JSON.*It is left as it is/)
  const made = await steer(server, 'PUT /sandboxes/a', {})
  assert.deepEqual([made.status, /a\.json: it is not JSON/.test(made.body.detail)], [507, true])
  assert.equal(readFileSync(join(data, 'a.json'), 'utf8'), '{"version": 2')
  assert.ok((await names(server)).length > 0)
  assert.ok((await names(server.sandbox('b'))).length > 0)
})

test('A sandbox that cannot be deleted is still there', async (t) => {
  const place = folder(t)
  const data = `${join(place, 'worlds')}/`
  const server = await begin(t, data)
  await make(server.sandbox('a'), 'In a')
  renameSync(data, join(place, 'elsewhere'))
  assert.equal((await steer(server, 'DELETE /sandboxes/a')).status, 507)
  assert.ok((await names(server.sandbox('a'))).includes('In a'))
  renameSync(join(place, 'elsewhere'), data)
  assert.equal((await steer(server, 'DELETE /sandboxes/a')).status, 204)
  assert.ok(!(await names(server.sandbox('a'))).includes('In a'))
})
