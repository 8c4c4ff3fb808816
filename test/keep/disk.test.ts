/** A disk that is full or cannot be written to: real ones where this process may mount some, which containers often may not. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Fauxflare, fauxflare } from '../../server/index.ts'
import { make } from './server.ts'

const CLOCK = '2026-11-21T10:00:00Z'

/** A disk of one megabyte in memory, gone after the test; undefined where this process may not mount one. */
function disk(t: TestContext): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'fauxflare-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', path], { stdio: 'ignore' })
  } catch {
    rmdirSync(path)
    t.skip('this process may not mount disks; test/state/persistence has the same with writes that fail')
    return undefined
  }
  t.after(() => {
    execFileSync('umount', ['-l', path])
    rmdirSync(path)
  })
  return path
}

const rowsOf = (server: Fauxflare) => server.state({ secrets: true }).tables

/** Writes until nothing more goes in. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size, 'x'))
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
      }
    }
  } finally {
    closeSync(file)
  }
}

test('On a full disk a change is refused and taken back, and kept again when there is room', async (t) => {
  const place = disk(t)
  if (place === undefined) return
  const data = join(place, 'cloud.json')
  const server = await fauxflare({ data, clock: CLOCK })
  const kept: string[] = []
  fill(join(place, 'filler'))
  let refused: Awaited<ReturnType<typeof make>> | undefined
  // The last block of the file has room for some.
  for (let index = 0; index < 50 && refused?.status !== 507; index += 1) {
    const before = rowsOf(server)
    refused = await make(server, `Account ${index}`)
    if (refused.status === 200) kept.push(`Account ${index}`)
    else assert.deepEqual(rowsOf(server), before)
  }
  assert.equal(refused?.status, 507)
  assert.match(refused?.body.errors[0].message, /cloud\.json.*(space|ENOSPC)/)
  assert.equal((await make(server, 'Still full')).status, 507)
  rmSync(join(place, 'filler'))
  assert.equal((await make(server, 'With room')).status, 200)
  const last = rowsOf(server)
  await server.close()
  const again = await fauxflare({ data, clock: CLOCK })
  assert.deepEqual(rowsOf(again), last)
  const names = last.accounts?.map((account) => (account as unknown as { name: string }).name) ?? []
  for (const name of [...kept, 'With room']) assert.ok(names.includes(name), name)
  assert.ok(!names.includes('Still full'))
  await again.close()
})

test('On a disk that becomes read-only a change is refused, reads go on, and it recovers', async (t) => {
  const place = disk(t)
  if (place === undefined) return
  const data = join(place, 'cloud.json')
  const server = await fauxflare({ data, clock: CLOCK })
  assert.equal((await make(server, 'Before')).status, 200)
  const before = rowsOf(server)
  execFileSync('mount', ['-o', 'remount,ro', place])
  const refused = await make(server, 'Lost')
  assert.equal(refused.status, 507)
  assert.match(refused.body.errors[0].message, /read-only|EROFS/)
  assert.deepEqual(rowsOf(server), before)
  await assert.rejects(fauxflare({ data: join(place, 'other.json') }), { name: 'DataError' })
  execFileSync('mount', ['-o', 'remount,rw', place])
  assert.equal((await make(server, 'After')).status, 200)
  const last = rowsOf(server)
  await server.close()
  const again = await fauxflare({ data, clock: CLOCK })
  assert.deepEqual(rowsOf(again), last)
  await again.close()
})
