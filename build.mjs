/** Builds what is published: the command line and the programmatic API, as plain JavaScript. `tsc` adds the types. */
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

/** What a start does not need stays a dependency; everything else goes into the bundle, for each file costs a start. */
const LATER = ['@fastify/swagger', '@fastify/swagger-ui', 'allof-merge', 'pino-pretty']

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  // Fastify and Ajv are CommonJS and ask for parts of Node by `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
}

rmSync('dist', { recursive: true, force: true })
const validators = await precompile()
await build({
  ...common,
  entryPoints: ['server/cli.ts', 'server/index.ts'],
  outdir: 'dist',
  splitting: true,
  external: LATER,
  // Beside the entries: the package's own files are found relative to whichever file asks.
  chunkNames: '[name]-[hash]',
  plugins: [readyChecks(validators)],
})

/** The source of the validators of rows, compiled from the schemas as they are now. */
async function precompile() {
  const outfile = 'dist/precompile.mjs'
  await build({ ...common, entryPoints: ['server/precompile.ts'], outfile })
  const { rowValidators } = await import(`./${outfile}`)
  rmSync(outfile)
  return rowValidators()
}

/** Puts the compiled validators in the place of server/state/row-checks.ts, which compiles them at run time. */
function readyChecks(source) {
  return {
    name: 'ready-checks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^row-validators$/ }, () => ({ path: 'row-validators', namespace: 'ready' }))
      onLoad({ filter: /.*/, namespace: 'ready' }, () => ({ contents: source, resolveDir: process.cwd() }))
      onLoad({ filter: /server\/state\/row-checks\.ts$/ }, ({ path }) => ({
        contents: `
          import * as validators from 'row-validators'
          import { checkOf } from '../ajv.ts'
          export const rowChecks = Object.fromEntries(
            Object.entries(validators).map(([name, validate]) => [name, checkOf(validate)]),
          )`,
        resolveDir: path.slice(0, path.lastIndexOf('/')),
      }))
    },
  }
}
