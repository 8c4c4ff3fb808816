/** Makes validators of schemas: takes those that the build has compiled, and has Ajv compile the rest. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Ajv, type ErrorObject, type Options } from 'ajv'
import formats from 'ajv-formats'
import { READ_ONLY, type Schema } from './readings.ts'

/** What is done to a value while it is checked. */
export type Use = keyof typeof USES

// The schemas carry keywords of OpenAPI (example, readOnly, deprecated), which are annotations to a validator.
const COMMON: Options = { strict: false, allErrors: false, validateSchema: false }

const USES = {
  /** Nothing. */
  exact: {},
  /** What is not declared is dropped. */
  dropping: { removeAdditional: true },
  /** Texts become numbers and booleans, and defaults are filled in. */
  coercing: { coerceTypes: 'array', useDefaults: true },
  coercingDropping: { coerceTypes: 'array', useDefaults: true, removeAdditional: true },
  /** Nothing, and all problems are looked for. */
  thorough: { allErrors: true, verbose: true },
  coercingThorough: { coerceTypes: 'array', useDefaults: true, allErrors: true, verbose: true },
} satisfies Record<string, Options>

/** A validator as Ajv makes it. */
export interface Validator {
  (value: unknown): unknown
  errors?: ErrorObject[] | null
}

/** Ajv, set up for a use. */
export function ajvFor(use: Use, code: NonNullable<Options['code']>): Ajv {
  const ajv = new Ajv({ ...COMMON, ...USES[use], code })
  formats.default(ajv)
  ajv.addKeyword({
    keyword: READ_ONLY,
    schemaType: 'boolean',
    error: { message: 'is read-only: the server sets it' },
    code: (context) => context.fail(),
  })
  return ajv
}

const instances = new Map<Use, Ajv>()

/** Ajv keeps what it compiles by the schema, so that each is compiled once. */
export function validatorFor(use: Use, schema: Schema): Validator {
  const ready = readyFor(use, schema)
  if (ready) return ready
  let ajv = instances.get(use)
  if (!ajv) {
    // To tidy up what it compiles takes Ajv as long as to compile it, and V8 does it again.
    ajv = ajvFor(use, { optimize: false })
    instances.set(use, ajv)
  }
  return ajv.compile(schema)
}

const require = createRequire(import.meta.url)

/** Where the build puts what it has compiled, a file for each. From source there is no such folder. */
const READY = fileURLToPath(new URL('./checks/', import.meta.url))
const isBuilt = existsSync(READY)

function readyFor(use: Use, schema: Schema): Validator | undefined {
  if (!isBuilt) return undefined
  const file = `${READY}${nameOf(use, schema)}.cjs`
  return existsSync(file) ? (require(file) as Validator) : undefined
}

/** What a validator is found by. It says all of the schema, so that none can serve for another that was changed since. */
export function nameOf(use: Use, schema: Schema): string {
  const digest = createHash('sha256').update(JSON.stringify(schema)).digest('hex')
  return `${use}-${digest.slice(0, 20)}`
}
