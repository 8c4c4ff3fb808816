/** Builds what is published: the command line and the programmatic API, as plain JavaScript. `tsc` adds the types. */
import { rmSync } from 'node:fs'
import { build } from 'esbuild'
import { CHECK_PARTS, writeChecks } from './build/checks.mjs'
import { late, writeLate } from './build/late.mjs'
import { writeNotices } from './build/notices.mjs'
import { fewWords, together } from './build/parts.mjs'
import { writeSets } from './build/sets.mjs'

/** What brings files of its own, and what it shares with that, stays a dependency. */
const OUTSIDE = ['@fastify/swagger', '@fastify/swagger-ui']

/** What Fastify asks for and never gets: its own compilers (see server/uncompiled.ts), and what its `inject` needs. */
const NEVER = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request']

/** What neither a start nor most requests need, by the file that it goes into. Everything else is in the bundle. */
const LATE = {
  addresses: ['ipaddr.js', '@fastify/proxy-addr'],
  ajv: ['ajv', 'ajv-formats'],
  calendar: ['temporal-polyfill'],
  'check-parts': CHECK_PARTS,
  globs: ['picomatch'],
  log: ['pino'],
  places: ['@humanwhocodes/momoa'],
  versions: ['semver'],
}
const LATE_OF_NODE = ['node:http2', 'node:https']

const common = {
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  plugins: [fewWords],
}
const esm = {
  ...common,
  format: 'esm',
  // Fastify is CommonJS and asks for parts of Node by `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
}

rmSync('dist', { recursive: true, force: true })
const bundle = await build({
  ...esm,
  entryPoints: ['server/cli.ts', 'server/index.ts'],
  outdir: 'dist',
  splitting: true,
  external: [...OUTSIDE, ...NEVER],
  // Beside the entries: the package's own files are found relative to whichever file asks.
  chunkNames: '[name]-[hash]',
  plugins: [fewWords, together, late(LATE, LATE_OF_NODE)],
})
const beside = await writeLate(LATE, { ...common, minify: true })
writeNotices([bundle.metafile, ...beside], 'dist/THIRD-PARTY.txt')
writeSets('dist/fixture-sets')
await writeChecks('check-parts', esm)
