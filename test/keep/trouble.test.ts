/** A server that cannot keep its world: files that are gone, replaced, damaged, in use. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DataError, fauxflare } from '../../server/index.ts'
import { folder, serve } from '../cli/command.ts'
import { ACCOUNT } from '../simulator.ts'
import { ask, begin, make, names, steer } from './server.ts'

test('A change that cannot be kept is refused and taken back, and the server goes on when it can write again', async (t) => {
  const place = folder(t)
  mkdirSync(join(place, 'data'))
  const data = join(place, 'data', 'cloud.json')
  const server = await begin(t, data)
  await make(server, 'Before')
  const before = server.state({ secrets: true })
  renameSync(join(place, 'data'), join(place, 'elsewhere'))
  const refused = await make(server, 'Lost')
  assert.equal(refused.status, 507)
  assert.deepEqual([refused.body.success, refused.body.result, refused.body.errors[0].code], [false, null, 10507])
  assert.match(refused.body.errors[0].message, /cloud\.json/)
  assert.deepEqual(server.state({ secrets: true }).tables, before.tables)
  const refusedToo = await steer(server, 'POST /clock/advance', { by: 'P1D' })
  assert.equal(refusedToo.status, 507)
  assert.equal(server.clock.now, '2026-11-21T10:00:00.000Z')
  const reset = await steer(server, 'POST /reset')
  assert.equal(reset.status, 507)
  assert.ok((await names(server)).includes('Before'))
  // Reading goes on.
  assert.equal((await ask(server, `GET /accounts/${ACCOUNT}`)).status, 200)
  assert.equal(server.requests.of('account-creation').at(-1)?.response?.status, 507)

  renameSync(join(place, 'elsewhere'), join(place, 'data'))
  assert.equal((await make(server, 'After')).status, 200)
  await server.close()
  const kept = await names(await begin(t, data))
  assert.deepEqual(kept.filter((name) => ['Before', 'Lost', 'After'].includes(name)).sort(), ['After', 'Before'])
})

test('A file that is gone is written anew with the next change', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const server = await begin(t, data)
  await make(server, 'Before')
  for (const file of readdirSync(join(data, '..'))) if (!file.endsWith('.lock')) rmSync(join(data, '..', file))
  assert.equal((await make(server, 'After')).status, 200)
  await server.close()
  const kept = await names(await begin(t, data))
  assert.ok(kept.includes('Before') && kept.includes('After'))
})

test('A file that somebody else put there is not written over', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const server = await begin(t, data)
  await make(server, 'Before')
  writeFileSync(`${data}.new`, '{"theirs": true}')
  renameSync(`${data}.new`, data)
  assert.equal((await make(server, 'Lost')).status, 507)
  await server.close()
  assert.equal(readFileSync(data, 'utf8'), '{"theirs": true}')
})

for (const [what, text] of [
  ['is no JSON', '{"version": 2,\n"clock": '],
  ['is of a version to come', '{"version": 99}'],
  ['has a row that cannot be', null],
] as const) {
  test(`A file that ${what} is refused with advice, and left as it is`, async (t) => {
    const data = join(folder(t), 'cloud.json')
    const server = await begin(t, data)
    await server.close()
    const damaged = text ?? readFileSync(data, 'utf8').replace('"type":"standard"', '"type":"silver"')
    writeFileSync(data, damaged)
    await assert.rejects(fauxflare({ data }), (error: Error) => {
      assert.ok(error instanceof DataError)
      assert.match(error.message, /cloud\.json.*(move|copy|check)/is)
      return true
    })
    assert.equal(readFileSync(data, 'utf8'), damaged)
    assert.ok(!existsSync(`${data}.lock`))
  })
}

test('A file that is in use is refused', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const server = await begin(t, data)
  await assert.rejects(
    fauxflare({ data }),
    /^DataError: Failed to use .*cloud\.json: it is in use by this process already\./,
  )
  await server.close()
  await (await fauxflare({ data })).close()
})

test('A file that another process uses is refused, as long as that process is there', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const { ready, stop } = await serve(t, ['--port', '0', '--data', data, '--fixtures', 'empty'])
  await assert.rejects(fauxflare({ data }), (error: Error) => {
    assert.equal(error.name, 'DataError')
    assert.match(
      error.message,
      new RegExp(`cloud\\.json: it is in use by process ${ready.pid} since .* Stop it, or use`),
    )
    return true
  })
  await stop('SIGKILL')
  await (await fauxflare({ data })).close()
})

for (const dataSync of ['full', 'relaxed'] as const) {
  test(`A file that cannot be written from the first is told at the start, and let go of (${dataSync})`, async (t) => {
    const data = join(folder(t), 'cloud.json')
    mkdirSync(`${data}.tmp`)
    await assert.rejects(fauxflare({ data, dataSync }), /^DataError: Failed to write to .*cloud\.json: /)
    assert.ok(!existsSync(`${data}.lock`))
    rmdirSync(`${data}.tmp`)
    await (await fauxflare({ data, dataSync })).close()
  })
}
