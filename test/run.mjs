/**
 * Runs every test with node:test through tsx: `npm test`, or `npm test -- members` for the files whose path says so.
 * Node 20 does not find TypeScript tests by itself.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { build } from 'esbuild'

const CACHE = 'node_modules/.cache/fauxflare'

/** What starts processes or takes long gets a process of its own; of the others, so many share one. */
const ALONE = ['build', 'cli', 'drift', 'fuzz']
const SHARED = 12

const wanted = process.argv.slice(2)
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && wanted.every((word) => file.includes(word)))
  .sort()
if (files.length === 0) throw new Error(`No test file has ${wanted.join(' and ')} in its path.`)

rmSync(CACHE, { recursive: true, force: true })
mkdirSync(CACHE, { recursive: true })

// TypeBox is hundreds of files: bundled, it costs each process half a second less.
await build({
  stdin: { contents: "export * from 'typebox'; export { default } from 'typebox'", resolveDir: process.cwd() },
  outfile: join(CACHE, 'typebox.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
})
// The tests that start processes start the command line as it is published.
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
process.env.FAUXFLARE_TEST_CLI = resolve('dist/cli.js')
process.env.TSX_TSCONFIG_PATH = 'test/tsconfig.quick.json'
// The processes of the tests inherit it; `execArgv` is not there in Node 20.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import tsx`
run({ files: batches(), concurrency: availableParallelism() })
  .on('test:fail', () => {
    process.exitCode = 1
  })
  .compose(new spec())
  .pipe(process.stdout)

/** One file for each process: a test, or a list of tests of one folder. A process costs more than most of them. */
function batches() {
  const folders = new Map()
  for (const file of files) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file])
  return [...folders].flatMap(([folder, tests]) => {
    if (ALONE.includes(folder)) return tests.map((file) => join('test', file))
    const count = Math.ceil(tests.length / SHARED)
    return Array.from({ length: count }, (_, at) => {
      const batch = join(CACHE, `${folder.replaceAll('/', '-').replace('.', 'top')}-${at + 1}.test.mjs`)
      const mine = tests.filter((_, index) => index % count === at)
      writeFileSync(batch, mine.map((file) => `await import(${JSON.stringify(resolve('test', file))})\n`).join(''))
      return batch
    })
  })
}
