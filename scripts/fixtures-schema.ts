/** Writes the JSON Schema of fixtures, which editors complete and check by: `npm run schema`. A test holds the file to it. */
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { TOLERATED } from '../schemas/fields.ts'
import { Document, VERSION } from '../schemas/state.ts'
import type { TableKey } from '../schemas/table.ts'
import { CATALOGUE, TABLES } from '../schemas/tables.ts'
import { FORMS, secretsOf } from '../server/fixtures/credentials.ts'
import { hasDefault } from '../server/fixtures/defaults.ts'
import { standardCatalogue } from '../server/fixtures/load.ts'
import { referencesOf } from '../server/fixtures/names.ts'
import { RULES } from '../server/fixtures/rules.ts'
import type { Schema } from '../server/readings.ts'
import { calledIn } from '../server/state/references.ts'

/** Where the file is, from the root of the project. */
export const FILE = 'schemas/fixtures.schema.json'

type Key = TableKey<{ id: string }>

const KEYS = [...CATALOGUE, ...TABLES]
const ref = (name: string) => ({ $ref: `#/definitions/${name}` })

/** What of a schema of ours means the same in draft-07. */
const KEPT = ['type', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'description', 'default']

/** How a schema changes on the way: by the path of a value, `*` for each item of a list. */
interface Changes {
  /** What stands in the place of a value. */
  instead(path: string, converted: Schema): Schema
  /** Whether a field that is required may be left out all the same. */
  isFilled(path: string, schema: Schema): boolean
}

/** A schema of OpenAPI 3.0 in draft-07. Objects are closed, and what is tolerated is allowed, as server/readings.ts has it. */
function convert(written: Schema, path: string, changes: Changes): Schema {
  const node = (written[TOLERATED] as Schema | undefined) ?? written
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  const { nullable, properties, required, items, anyOf, additionalProperties, enum: choices, example } = node
  const kept = Object.fromEntries(KEPT.filter((name) => node[name] !== undefined).map((name) => [name, node[name]]))
  const demanded = (required ?? []).filter((name) => !changes.isFilled(below(name), properties?.[name] ?? {}))
  const converted: Schema = {
    ...kept,
    ...(nullable === true && { type: [node.type, 'null'] as unknown as string }),
    ...(Array.isArray(choices) && { enum: nullable === true ? [...choices, null] : choices }),
    ...(example !== undefined && { examples: [example] }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, convert(child, below(name), changes)]),
      ),
    }),
    ...(demanded.length > 0 && { required: demanded }),
    ...(items && { items: convert(items, below('*'), changes) }),
    ...(anyOf && { anyOf: anyOf.map((variant) => convert(variant, path, changes)) }),
    ...((properties || additionalProperties !== undefined) && {
      additionalProperties:
        typeof additionalProperties === 'object'
          ? convert(additionalProperties, below('*'), changes)
          : (additionalProperties ?? false),
    }),
  }
  return changes.instead(path, converted)
}

/** The rows of a collection as they may be written. */
function rowsOf(key: Key): Schema {
  const { short = {} } = RULES[key.name] ?? {}
  const converted = convert(key.row as unknown as Schema, '', changesOf(key))
  const secrets = secretsOf(key).map(({ written, kept }) => [written, secretOf(written, kept)])
  const shorts = Object.entries(short).map(([name, { description }]) => [name, { type: 'string', description }])
  const alternatives = Object.entries(short).map(([name, { for: long }]) => ({
    anyOf: [{ required: [long] }, { required: [name] }],
  }))
  const items = {
    ...converted,
    properties: { ...converted.properties, ...Object.fromEntries([...shorts, ...secrets]) },
    ...(alternatives.length > 0 && { allOf: alternatives }),
  }
  return { type: 'array', items }
}

function changesOf(key: Key): Changes {
  const { derived = [], short = {} } = RULES[key.name] ?? {}
  const references = referencesOf(key.name)
  const filled = ['id', ...derived, ...Object.values(short).map(({ for: long }) => long)]
  const owner = key.owner ?? ''
  return {
    isFilled: (path, schema) => filled.includes(path) || `${owner}.`.startsWith(`${path}.`) || hasDefault(schema),
    instead(path, converted) {
      const named = references.find(({ at }) => at === path)
      if (named) return nameOf(named.to, converted)
      const within = references.find(({ at }) => at === `${path}.id`)
      return within ? { anyOf: [nameOf(within.to, {}), converted] } : converted
    },
  }
}

/** An id, or what the row is called. */
function nameOf(to: readonly Key[], { description }: Schema): Schema {
  const what = to.map(({ name }) => name.replaceAll('_', ' ')).join(' or ')
  const says = `One of the ${what}, by its id or by what it is called.`
  const known = to.filter((key) => CATALOGUE.includes(key))
  const text = { description: typeof description === 'string' ? `${description} ${says}` : says }
  return known.length === 0
    ? { type: 'string', ...text }
    : { ...text, anyOf: [...known.map(({ name }) => ref(`${name}_known`)), { type: 'string' }] }
}

function secretOf(written: string, kept: string): Schema {
  return {
    type: 'string',
    pattern: FORMS[written]?.pattern.source,
    description: `The secret itself. Only its digest is kept, as \`${kept}\`.`,
  }
}

/** What the rows of the catalogue are called, those aside that share their name with another. */
function knownNames(): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(standardCatalogue()).map(([name, rows]) => {
      const all = rows.map(calledIn(name)).filter((called) => typeof called === 'string')
      const names = all.filter((called) => all.indexOf(called) === all.lastIndexOf(called))
      return [`${name}_known`, { enum: names.sort((a, b) => (a < b ? -1 : 1)) }]
    }),
  )
}

/** What is not about rows. Nothing of it is required. */
function shell(): Record<string, Schema> {
  const sparse: Changes = {
    instead: (_, converted) => converted,
    isFilled: (path) => path.startsWith('clock'),
  }
  const { aliases, clock, random, seeds } = Document.properties as unknown as Record<string, Schema>
  const part = (name: string, schema: Schema = {}) => convert(schema, name, sparse)
  return {
    $schema: { type: 'string', description: 'Where this schema is.' },
    version: { type: 'integer', minimum: 1, maximum: VERSION, description: `Of the form; ${VERSION} when left out.` },
    clock: {
      ...part('clock', clock),
      description: 'How the clock runs. With a time and no mode, it stands still there. Left out, options say it.',
    },
    random: { ...part('random', random), description: 'Where randomness stands. Left out, options say it.' },
    seeds: part('seeds', seeds),
    // As a file of a folder, it may say where its schema is.
    aliases: { ...part('aliases', aliases), properties: { $schema: { type: 'string' } } },
  }
}

/** The schema, as data. */
function fixturesSchema(): Schema {
  const collections = Object.fromEntries(KEYS.map(({ name }) => [name, ref(name)]))
  const about = Object.fromEntries(
    Object.keys(shell()).map((name) => [name, ref(name === '$schema' ? 'schema' : name)]),
  )
  const { $schema, ...parts } = shell()
  const object = (properties: object) => ({ properties, additionalProperties: false })
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Fixtures of fauxflare',
    description:
      'What a world begins with: collections side by side, or a document of GET /_fauxflare/state. What has a default may be left out, and rows may be named by what they are called.',
    type: 'object',
    if: { required: ['tables'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: object({ ...about, data: { type: 'object' }, tables: { type: 'object', ...object(collections) } }),
    else: object({ ...about, ...collections }),
    definitions: {
      schema: $schema,
      ...parts,
      world: { type: 'object', description: 'The file world.json of a folder.', ...object(about) },
      ...Object.fromEntries(KEYS.map((key) => [key.name, rowsOf(key)])),
      ...knownNames(),
    },
  }
}

/** The text of the file. */
export const fixturesSchemaText = (): string => `${JSON.stringify(fixturesSchema(), null, 2)}\n`

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, fixturesSchemaText())
