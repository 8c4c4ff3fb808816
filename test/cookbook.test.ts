/** The recipes of the README, each run as it stands there. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transform } from 'esbuild'
import { built, COMMAND } from './cli/command.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Inside of the project, so that `cloudflare` is found. */
const folder = join(root, 'node_modules/.cache/recipes')
mkdirSync(folder, { recursive: true })
after(() => rmSync(folder, { recursive: true, force: true }))

interface Recipe {
  name: string
  language: string
  code: string
}

const recipes: Recipe[] = [
  ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/<!-- recipe: ([^>]+) -->\s+```(\w+)\n(.*?)```/gs),
].map(([, name = '', language = '', code = '']) => ({ name, language, code }))
const [start, ...dishes] = recipes

test('The README has twelve recipes', () => {
  assert.equal(start?.name, 'before each')
  assert.deepEqual(
    dishes.map(({ name }) => name),
    [
      'rate limit then recover',
      'third call fails',
      'lost answer and retry',
      'expired token',
      'slow page two',
      'eventual consistency',
      'parallel workers',
      'verify calls',
      'snapshot per suite',
      'fail CI on violations',
      'refused and explained',
      'least rights',
    ],
  )
})

for (const [at, { name, language, code }] of dishes.entries()) {
  test(`Recipe: ${name}`, async () => {
    if (language === 'sh') await runShell(code)
    else await runScript(`recipe-${at + 1}`, (start?.code ?? '') + code)
  })
}

/** Runs in this process, against what is published, or against the sources when that is not built. */
async function runScript(name: string, typed: string): Promise<void> {
  const file = join(folder, `${name}.mjs`)
  const { code } = await transform(typed, { loader: 'ts', target: 'es2022' })
  const here = pathToFileURL(built ? join(dirname(built), 'index.js') : join(root, 'server/index.ts')).href
  writeFileSync(file, code.replace('from "fauxflare"', `from ${JSON.stringify(here)}`))
  await import(pathToFileURL(file).href)
}

/** Runs in a shell whose `npx fauxflare` is that of the other tests. */
async function runShell(code: string): Promise<void> {
  const npx = join(folder, 'npx')
  writeFileSync(npx, `#!/bin/sh\nshift\nexec ${COMMAND.map((word) => `'${word}'`).join(' ')} "$@"\n`)
  chmodSync(npx, 0o755)
  const child = spawn('sh', ['-c', code], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}`, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
  assert.equal(status, 0, output)
}
