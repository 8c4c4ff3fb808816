/** The bundle, as it is published: it starts, serves, and checks fixtures as the source does. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { TOKEN } from '../simulator.ts'
import { buildOnce, env } from './built.ts'

buildOnce()

test('the bundled command line answers a request and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, ['dist/cli.js', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { url } = JSON.parse(line.toString()) as { url: string }
  const answer = await fetch(`${url}/accounts/account_id`, { headers: { authorization: `Bearer ${TOKEN}` } })
  assert.equal(answer.status, 200)
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object }
  assert.ok(Object.keys(document.paths).length > 15)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
})

/** A file of the bundle, and every file that is read with it. */
function readWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const imports = text(file).matchAll(/^(?:import|export)[^'"]*?"\.\/([^"]+)"/gm)
  for (const [, name = ''] of imports) readWith(name, seen)
  return seen
}

const text = (file: string) => readFileSync(join('dist', file), 'utf8')

test('a start does not read what makes demo data', () => {
  const all = readdirSync('dist').filter((file) => file.endsWith('.js'))
  const entries = all.filter((file) => /^(?:cli|index|serve-\w+|exec-\w+)\.js$/.test(file))
  const begun = new Set(entries.flatMap((file) => [...readWith(file)]))
  for (const name of ['@faker-js/faker', 'cli-progress']) {
    const having = all.filter((file) => text(file).includes(`node_modules/${name}/`))
    assert.ok(having.length > 0, name)
    assert.deepEqual(
      having.filter((file) => begun.has(file)),
      [],
      name,
    )
  }
  assert.ok(entries.length >= 4 && begun.size > entries.length)
})

test('bad fixtures are refused by the bundle in the same words as from source', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'accounts.json'), '[{ "id": "short", "name": 5 }]')
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', '--fixtures', folder], {
    env,
    encoding: 'utf8',
  })
  assert.equal(status, 2)
  assert.throws(() => loadFixtures(folder), { message: stderr.trim() })
})
