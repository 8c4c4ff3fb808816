/** What is published: nothing but what runs, and what it asks for is installed with it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Contents, problemsOf } from '../../scripts/package-contents.ts'
import { buildOnce, env } from './built.ts'

buildOnce()

test('What is packed is what runs, and not too much', () => {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    env,
    shell: process.platform === 'win32',
  })
  const [contents] = JSON.parse(said) as [Contents]
  assert.ok(contents.files.length > 50)
  assert.deepEqual(problemsOf(contents), [])
})

test('What nobody needs is found, and so is too much', () => {
  const files = ['dist/cli.js', 'dist/cli.js.map', 'test/simulator.ts'].map((path) => ({ path }))
  assert.deepEqual(problemsOf({ files, unpackedSize: 5_000_000 }), [
    'dist/cli.js.map is of no use to who installs this.',
    'test/simulator.ts is of no use to who installs this.',
    '5000000 bytes are too many: there may be less than 5000000.',
  ])
})

/** What Fastify would load if we let it, which we do not. */
const NEVER = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request']

test('Packages that the bundle asks for are installed with it, and no others', () => {
  const asked = readdirSync('dist')
    .filter((file) => /\.c?js$/.test(file))
    .flatMap((file) => {
      // What Ajv writes into a validator from source stands in quotes.
      const calls = /(?<!['"`])\b(?:from |import\(|(?:__)?require\()["']([@a-z][^"']*)["']/g
      return [...readFileSync(join('dist', file), 'utf8').matchAll(calls)].map(([, name = '']) => name)
    })
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name) && !NEVER.includes(name))
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  // The declarations speak of typebox.
  assert.deepEqual([...new Set([...asked, 'typebox'])].sort(), Object.keys(dependencies).sort())
})
