/**
 * Runs every test with node:test: `npm test`, or `npm test -- members` for the files whose path says so.
 * The tests are bundled first, with everything that they import: reading some hundred files of TypeScript again in
 * each process takes longer than most tests.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const CACHE = resolve('node_modules/.cache/fauxflare')

/**
 * Which folders share a process; those that are not named here share the last one. A process needs a second or two
 * until it is up to speed, so that few are better than many; what takes longest begins first, so that nobody waits
 * in the end.
 */
const BATCHES = [
  ['cli'],
  ['pipeline'],
  ['keep'],
  ['fuzz'],
  ['demo'],
  ['contract', 'control', 'drift', 'fixtures'],
  ['rules', 'state'],
  ['sdk'],
  ['resources'],
]

/** The source maps of the bundles in which something failed. */
const maps = new Map()

const wanted = process.argv.slice(2)
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && wanted.every((word) => file.includes(word)))
  .sort()
if (files.length === 0) throw new Error(`No test file has ${wanted.join(' and ')} in its path.`)

rmSync(CACHE, { recursive: true, force: true })
mkdirSync(CACHE, { recursive: true })
// The tests that start processes start the command line as it is published.
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
process.env.FAUXFLARE_TEST_CLI = resolve('dist/cli.js')
// Each test throws away whole worlds: with more room for what is young, a tenth less is spent on collecting it.
process.env.NODE_OPTIONS = '--max-semi-space-size=64'

run({ files: await bundled(batches()), concurrency: availableParallelism() })
  .on('test:fail', () => {
    process.exitCode = 1
  })
  .compose(new spec())
  .map((text) => traced(String(text)))
  .pipe(process.stdout)

/** Which tests share a process, by a name for it. */
function batches() {
  const named = new Set(BATCHES.flat())
  const all = [...BATCHES, [...new Set(files.map(folderOf))].filter((folder) => !named.has(folder))]
  return all
    .map((folders) => ({
      name: folders.join('-'),
      tests: files.filter((file) => folders.includes(folderOf(file))),
    }))
    .filter(({ tests }) => tests.length > 0)
}

/** The first folder of a path; the files beside this one are in `top`. */
function folderOf(file) {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : 'top'
}

/** One file of JavaScript for each batch, and what several need beside them. */
async function bundled(batches) {
  for (const { name, tests } of batches) {
    const imports = tests.map((test) => `import ${JSON.stringify(resolve('test', test))}\n`)
    writeFileSync(join(CACHE, `${name}.test.ts`), imports.join(''))
  }
  await build({
    entryPoints: batches.map(({ name }) => join(CACHE, `${name}.test.ts`)),
    outdir: CACHE,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    // They are loaded when they are needed, which a test looks at; esbuild is not to be moved.
    external: ['@fastify/swagger', '@fastify/swagger-ui', 'allof-merge', 'esbuild', 'pino-pretty'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [{ name: 'places', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, placed) }],
  })
  return batches.map(({ name }) => join(CACHE, `${name}.test.mjs`))
}

/** In a bundle a file must be told where it was: tests look for others from there. */
function placed({ path }) {
  if (path.includes('node_modules') && !path.startsWith(CACHE)) return undefined
  const here = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) }
  const text = readFileSync(path, 'utf8')
  const contents = text.replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, name) => JSON.stringify(here[name]))
  return { contents, loader: 'ts' }
}

/** A report in which places in bundles have become places in sources. */
function traced(report) {
  const place = /(?:file:\/\/)?[^\s()']*\.cache\/fauxflare\/([\w-]+(?:\.test)?\.mjs):(\d+):(\d+)/g
  return report.replace(place, (found, name, line, column) => {
    const { originalSource, originalLine, originalColumn } = mapOf(name).findEntry(line - 1, column - 1)
    if (originalSource === undefined) return found
    return `${relative('.', resolve(CACHE, originalSource))}:${originalLine + 1}:${originalColumn + 1}`
  })
}

function mapOf(name) {
  const map = maps.get(name) ?? new SourceMap(JSON.parse(readFileSync(join(CACHE, `${name}.map`), 'utf8')))
  maps.set(name, map)
  return map
}
