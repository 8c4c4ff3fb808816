import { readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

/** Many small files, each of which costs a start: these go into the bundle. The others load parts of themselves by name. */
const BUNDLED = ['typebox', 'ajv', 'ajv-formats', 'pure-rand']
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: ['server/cli.ts', 'server/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies).filter((name) => !BUNDLED.includes(name)),
  // Beside the entries: the package's own files are found relative to whichever file asks.
  chunkNames: '[name]-[hash]',
  logLevel: 'warning',
})
