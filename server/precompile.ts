/** Compiles the checks that a server makes to plain JavaScript, so that it need not. Only the build runs this. */
import standaloneCode from 'ajv/dist/standalone/index.js'
import type { TSchema } from 'typebox'
import { OMITTABLE, SECRET, TOLERATED } from '../schemas/fields.ts'
import { type LateSchema, listen, made } from './ajv.ts'
import { ajvFor, nameOf, type Use } from './compiler.ts'
import { children, type Schema } from './readings.ts'

/** What a value must pass. Why it does not, and whether it is taken all the same, is asked far less often. */
const USES: readonly Use[] = ['exact', 'coercing']

/**
 * The source of a CommonJS module for each validator, by its name.
 * @example for (const [name, source] of await validators()) await writeFile(`${name}.cjs`, source)
 */
export async function validators(): Promise<Map<string, string>> {
  const asked: [use: Use, schema: LateSchema][] = []
  listen((use, schema) => asked.push([use, schema]))
  await makeChecks()
  const sources = new Map<string, string>()
  for (const [use, late] of asked) {
    if (!USES.includes(use)) continue
    const schema = made(late)
    const name = nameOf(use, schema)
    if (!sources.has(name)) sources.set(name, sourceOf(use, schema))
  }
  return sources
}

/** Makes every check that a server makes. Those that modules make at once are made by loading them now. */
async function makeChecks(): Promise<void> {
  const { compile, compileQuery } = await import('./ajv.ts')
  const { Config } = await import('../schemas/config.ts')
  const { NOTHING } = await import('../schemas/control/call.ts')
  const { CONTROL_CALLS } = await import('../schemas/control.ts')
  const { checkFor } = await import('./pipeline/contract.ts')
  const { validation } = await import('./pipeline/validation.ts')
  const { resources } = await import('./resources/index.ts')
  const { PRESET_NAMES, readRules } = await import('./state/faults/reading.ts')
  await import('./state/document.ts')
  await import('./state/row-checks.ts')
  for (const option of Object.values<TSchema>(Config.properties)) compile(option as Schema)
  for (const { params = NOTHING, query = NOTHING, body = NOTHING, hasOwnReader } of CONTROL_CALLS) {
    for (const texts of [params, query] as TSchema[]) compileQuery(texts as Schema)
    if (!hasOwnReader) compile(body as Schema)
  }
  readRules([PRESET_NAMES[0], { effect: { delay: { ms: 1 } } }])
  checkFor(undefined, 404)
  for (const endpoint of resources.flatMap(({ endpoints }) => endpoints)) {
    for (const status of [200, 404]) checkFor(endpoint.operation, status)
    for (const mode of ['lenient'] as const) validation(endpoint, mode)
  }
}

function sourceOf(use: Use, schema: Schema): string {
  const ajv = ajvFor(use, { source: true })
  return standaloneCode.default(ajv, ajv.compile(lean(schema)))
}

/** Keywords that say nothing of whether a value is right. */
const ANNOTATIONS = ['title', 'description', 'example', 'deprecated', 'readOnly', TOLERATED, OMITTABLE, SECRET]

/** A schema without what only people read: the rest of it is part of what is compiled. */
function lean(schema: Schema): Schema {
  return children(
    Object.fromEntries(Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.includes(keyword))),
    lean,
  )
}
