/** The disk of this machine, and its locks. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Keeper } from '../../../server/state/persistence/keeper.ts'
import { Lock } from '../../../server/state/persistence/lock.ts'
import { put, refusalOf, stateOf, worldOf } from './kept-world.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'fauxflare-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

const open = (path: string) => Keeper.open(path, { catalogue: {}, foldFrom: 1000 })

test('A world is kept on a real disk, for nobody else to read', async (t) => {
  const place = folder(t)
  const path = join(place, 'cloud.json')
  const lock = Lock.take(`${path}.lock`)
  const keeper = Keeper.open(path, { catalogue: {}, foldFrom: 1000, lock })
  const world = worldOf()
  await keeper.attach(world)
  for (let index = 0; index < 20; index += 1) await put({ keeper }, `z${index}`)
  await keeper.flush()
  const files = readdirSync(place)
  assert.ok(files.length === 3 && !files.includes('cloud.json.changes-1'), files.join())
  for (const file of files) assert.equal(statSync(join(place, file)).mode & 0o777, 0o600, file)
  const again = worldOf(open(path).snapshot)
  assert.equal(stateOf(again), stateOf(world))
  await keeper.close()
  lock.release()
  assert.deepEqual(readdirSync(place), ['cloud.json'])
  assert.equal(stateOf(worldOf(open(path).snapshot)), stateOf(world))
})

test('On a real disk, files that are gone are written anew, others are not written over, and a missing folder is told', async (t) => {
  const place = folder(t)
  const path = join(place, 'cloud.json')
  const keeper = open(path)
  await keeper.attach(worldOf())
  await put({ keeper }, 'a')
  for (const file of readdirSync(place)) rmSync(join(place, file))
  await put({ keeper }, 'b')
  const state = stateOf(worldOf(open(path).snapshot))
  assert.match(state, /^a=a,b=b at/)
  renameSync(place, `${place}.moved`)
  assert.match(await refusalOf(put({ keeper }, 'lost')), /the folder is not there \(ENOENT\)/)
  renameSync(`${place}.moved`, place)
  writeFileSync(path, '{"theirs": true}')
  assert.match(await refusalOf(put({ keeper }, 'lost')), /somebody else wrote to/)
  await keeper.close()
  assert.equal(readFileSync(path, 'utf8'), '{"theirs": true}')
})

test('A folder in the place of the file is told', async (t) => {
  const place = folder(t)
  assert.throws(() => open(place), /there is a folder in its place \(EISDIR\)/)
})

test('What a link leads to is replaced, not the link', async (t) => {
  const place = folder(t)
  const [path, link] = [join(place, 'cloud.json'), join(place, 'link.json')]
  const first = open(path)
  await first.attach(worldOf())
  await first.close()
  symlinkSync(path, link)
  const keeper = open(link)
  await keeper.attach(worldOf(keeper.snapshot))
  await put({ keeper }, 'a')
  await keeper.close()
  assert.match(stateOf(worldOf(open(path).snapshot)), /^a=a at/)
  assert.deepEqual(readdirSync(place).sort(), ['cloud.json', 'link.json'])
})

const holder = (given: object) => JSON.stringify({ pid: process.pid, host: hostname(), since: 'then', ...given })

test('A lock is had once, by one process', (t) => {
  const path = join(folder(t), 'cloud.json.lock')
  const lock = Lock.take(path)
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(path, 'utf8'))).slice(0, 3), ['pid', 'host', 'since'])
  assert.throws(
    () => Lock.take(path),
    /^DataError: Failed to use .*cloud\.json: it is in use by this process already\. Stop the other server, or use another file/,
  )
  lock.release()
  assert.ok(!existsSync(path))
  Lock.take(path).release()
})

test('A lock of a process that is alive is refused', (t) => {
  const path = join(folder(t), '.lock')
  writeFileSync(path, holder({ pid: process.ppid }))
  utimesSync(path, 0, 0)
  const told = new RegExp(
    `in use by process ${process.ppid} since then\\. Stop it, or use another file with --data\\.$`,
  )
  assert.throws(() => Lock.take(path), told)
  assert.equal(readFileSync(path, 'utf8'), holder({ pid: process.ppid }))
})

test('A lock of a process that was killed is taken over at once', async (t) => {
  const path = join(folder(t), '.lock')
  const child = spawn('sleep', ['60'])
  writeFileSync(path, holder({ pid: child.pid }))
  assert.throws(() => Lock.take(path), /in use by process/)
  child.kill('SIGKILL')
  await once(child, 'exit')
  Lock.take(path).release()
})

test('A lock is taken over when its process is another one by now, or was this one before', (t) => {
  const path = join(folder(t), '.lock')
  if (existsSync('/proc/self/stat')) {
    writeFileSync(path, holder({ pid: process.ppid, began: '1' }))
    Lock.take(path).release()
  }
  // In a container each server has the same number.
  writeFileSync(path, holder({}))
  Lock.take(path).release()
})

test('A lock of another machine is taken over when nobody touched it for ten seconds, and so is half a lock', (t) => {
  const path = join(folder(t), '.lock')
  for (const text of [holder({ host: 'elsewhere' }), '{"pid": 1']) {
    writeFileSync(path, text)
    assert.throws(() => Lock.take(path), /ten seconds/)
    const past = Date.now() / 1000 - 11
    utimesSync(path, past, past)
    Lock.take(path).release()
  }
})

test('A lock that was deleted is put back, and one that somebody took is seen', async (t) => {
  const path = join(folder(t), '.lock')
  const lock = Lock.take(path)
  await lock.check()
  const text = readFileSync(path, 'utf8')
  rmSync(path)
  await lock.check()
  assert.equal(readFileSync(path, 'utf8'), text)
  writeFileSync(path, holder({ pid: process.ppid }))
  await assert.rejects(lock.check(), /another process took over/)
  lock.release()
  assert.equal(readFileSync(path, 'utf8'), holder({ pid: process.ppid }))
})

test('A place where no lock can be made is told', (t) => {
  const place = folder(t)
  assert.throws(() => Lock.take(join(place, 'no', 'such', '.lock')), /the folder is not there \(ENOENT\)\. Make it/)
})
