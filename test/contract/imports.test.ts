/** The shape of the source: who imports whom, one way only; names that say something; files that fit the eye. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Import {
  /** A path from the root of the project, or the name of a package. */
  target: string
  isType: boolean
  isLocal: boolean
}

function filesOf(...folders: string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules'))
    .sort()
}

const sources = filesOf('schemas', 'server').filter((file) => file.endsWith('.ts'))

/** Every import of a file: static, re-exported, for its effect, and dynamic. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gm),
    ...text.matchAll(/^import\s+()'([^']+)'/gm),
    ...text.matchAll(/\bimport\(()'([^']+)'\)/g),
  ]
  return found.map(([, type, name = '']) => {
    const isLocal = name.startsWith('.')
    return { target: isLocal ? join(dirname(file), name).replaceAll('\\', '/') : name, isType: Boolean(type), isLocal }
  })
}

const graph = new Map(sources.map((file) => [file, importsOf(file)]))

/** Modules at the top of `server/` that stand below every layer but `schemas`. */
const LEAVES = [
  'ajv',
  'assumed',
  'capped',
  'compiler',
  'credentials',
  'errors',
  'near',
  'paths',
  'pointer',
  'readings',
  'recent',
  'resource',
].map((name) => `server/${name}.ts`)

function layerOf(file: string): string {
  if (file.startsWith('schemas/')) return 'schemas'
  if (file.startsWith('fixtures/')) return 'fixtures'
  if (LEAVES.includes(file)) return 'leaves'
  const folder = /^server\/([^/]+)\//.exec(file)?.[1]
  return folder ?? basename(file, '.ts')
}

/** What a layer may import of the project. `leaves` know of worlds by type alone. */
const MAY: Record<string, string[]> = {
  schemas: ['schemas'],
  leaves: ['schemas', 'leaves'],
  state: ['schemas', 'leaves', 'state'],
  // What several resources share, and what is no resource itself.
  rules: ['schemas', 'leaves', 'state', 'rules'],
  resources: ['schemas', 'leaves', 'state', 'rules', 'resources'],
  pipeline: ['schemas', 'leaves', 'state', 'rules', 'pipeline'],
}

/** From the ground up: none may lead, however indirectly, to one that stands after it. */
const ORDER = ['schemas', 'state', 'rules', 'resources', 'api', 'app', 'index', 'cli']

/** Everything that a file leads to. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  for (const { target, isLocal } of graph.get(file) ?? []) {
    if (!isLocal || seen.has(target)) continue
    seen.add(target)
    reach(target, seen)
  }
  return seen
}

test('imports are found at all', () => {
  const found = reach('server/index.ts')
  for (const file of ['schemas/fields.ts', 'server/app.ts', 'server/pages.ts', 'server/resources/roles.ts']) {
    assert.ok(found.has(file), file)
  }
})

test('the lower layers import only what they may', () => {
  for (const [file, imports] of graph) {
    const layer = layerOf(file)
    for (const { target, isType, isLocal } of imports) {
      if (!isLocal || !MAY[layer]) continue
      if (layer === 'leaves' && isType && layerOf(target) === 'state') continue
      assert.ok(MAY[layer].includes(layerOf(target)), `${file} imports ${target}`)
    }
  }
})

test('schemas import nothing but typebox', () => {
  for (const [file, imports] of graph) {
    if (layerOf(file) !== 'schemas') continue
    for (const { target, isLocal } of imports) assert.ok(isLocal || target === 'typebox', `${file} imports ${target}`)
  }
})

test('no layer leads to one above it', () => {
  for (const file of sources) {
    const rank = ORDER.indexOf(layerOf(file))
    if (rank < 0) continue
    for (const target of reach(file)) {
      const other = ORDER.indexOf(layerOf(target))
      assert.ok(other <= rank, `${file} leads to ${target}`)
    }
  }
})

test('pipeline and control stand beside the resources', () => {
  for (const file of sources) {
    const layer = layerOf(file)
    if (layer !== 'pipeline' && layer !== 'control') continue
    for (const target of reach(file)) {
      const other = layerOf(target)
      assert.ok(!['resources', 'pipeline', 'control'].includes(other) || other === layer, `${file} leads to ${target}`)
      assert.ok(!['api', 'app', 'index', 'cli'].includes(other), `${file} leads to ${target}`)
    }
  }
})

test('resources and state know nothing of Fastify', () => {
  for (const [file, imports] of graph) {
    if (!['schemas', 'state', 'rules', 'resources'].includes(layerOf(file))) continue
    for (const { target } of imports) assert.doesNotMatch(target, /fastify/, `${file} imports ${target}`)
  }
})

test('two resources never import each other', () => {
  for (const [file, imports] of graph) {
    if (layerOf(file) !== 'resources' || file.endsWith('/index.ts')) continue
    for (const { target } of imports) assert.notEqual(layerOf(target), 'resources', `${file} imports ${target}`)
  }
})

test('no import runs in a circle', () => {
  const done = new Set<string>()
  const visit = (file: string, above: string[]) => {
    assert.ok(!above.includes(file), `${[...above, file].join(' → ')}`)
    if (done.has(file)) return
    for (const { target, isType, isLocal } of graph.get(file) ?? []) {
      if (isLocal && !isType) visit(target, [...above, file])
    }
    done.add(file)
  }
  for (const file of sources) visit(file, [])
})

test('every import leads to a file', () => {
  for (const [file, imports] of graph) {
    for (const { target, isLocal } of imports) {
      assert.ok(!isLocal || existsSync(join(root, target)), `${file} imports ${target}, which is not there`)
    }
  }
})

test('no file has a name that says nothing', () => {
  for (const file of filesOf('schemas', 'server', 'fixtures', 'scripts', 'test')) {
    assert.doesNotMatch(basename(file), /^(?:utils?|helpers?|common|managers?|misc)\b/i, file)
  }
})

test('no file is longer than 250 lines', () => {
  const files = filesOf('schemas', 'server', 'fixtures', 'scripts', 'test').filter((file) => file.endsWith('.ts'))
  const long = files
    .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 250)
  assert.deepEqual(long, [])
})
