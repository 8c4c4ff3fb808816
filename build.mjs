import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: ['server/cli.ts', 'server/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  // Beside the entries: the package's own files are found relative to whichever file asks.
  chunkNames: '[name]-[hash]',
  logLevel: 'warning',
})
