/**
 * Runs every test with node:test through tsx: `npm test`, or `npm test -- members` for the files whose path says so.
 * Node 20 does not find TypeScript tests by itself.
 */
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { build } from 'esbuild'

const wanted = process.argv.slice(2)
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && wanted.every((word) => file.includes(word)))
  .sort()
  .map((file) => join('test', file))
if (files.length === 0) throw new Error(`No test file has ${wanted.join(' and ')} in its path.`)

// Each test file is a process, and TypeBox hundreds of files: bundled, it costs each of them half a second less.
await build({
  stdin: { contents: "export * from 'typebox'; export { default } from 'typebox'", resolveDir: process.cwd() },
  outfile: 'node_modules/.cache/fauxflare/typebox.mjs',
  bundle: true,
  format: 'esm',
  platform: 'node',
})
process.env.TSX_TSCONFIG_PATH = 'test/tsconfig.quick.json'
// The processes of the test files inherit it; `execArgv` is not there in Node 20.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import tsx`
run({ files, concurrency: availableParallelism() })
  .on('test:fail', () => {
    process.exitCode = 1
  })
  .compose(new spec())
  .pipe(process.stdout)
