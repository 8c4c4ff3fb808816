/** Ajv, set up once for each use. Validators are compiled when they are first needed, so that starting stays cheap. */
import { Ajv, type ErrorObject, type Options } from 'ajv'
import formats from 'ajv-formats'
import { stepTo } from './pointer.ts'
import { READ_ONLY, type Schema } from './readings.ts'

/** What is wrong with a value, and where. */
export interface Problem {
  /** JSON pointer, `''` for the value itself. For a missing or unknown field, the pointer of that field. */
  pointer: string
  /** The keyword that was violated: `required`, `type`, `maxLength`, … */
  keyword: string
  /** Ajv's words: `must be string`. */
  message: string
  /** Of an unknown field: those that are known in its place. Only a check for all problems tells them. */
  known?: readonly string[]
  /** Of a text that is none of a closed set: those that are. Only a check for all problems tells them. */
  choices?: readonly string[]
}

/** Looks for the first problem of a value. */
export type Check = (value: unknown) => Problem | undefined

/** Looks for all problems of a value; of very many, it tells the first. */
export type FullCheck = (value: unknown) => Problem[]

/** How many problems of one value are told. */
const MOST_PROBLEMS = 20

// The schemas carry keywords of OpenAPI (example, readOnly, deprecated), which are annotations to a validator.
export const AJV_OPTIONS: Options = { strict: false, allErrors: false, validateSchema: false }

const instance = (options: Options) => {
  let ajv: Ajv | undefined
  return () => {
    if (!ajv) {
      // To tidy up what it compiles takes Ajv as long as to compile it, and V8 does it again.
      ajv = new Ajv({ ...AJV_OPTIONS, ...options, code: { optimize: false } })
      formats.default(ajv)
      ajv.addKeyword({
        keyword: READ_ONLY,
        schemaType: 'boolean',
        error: { message: 'is read-only: the server sets it' },
        code: (context) => context.fail(),
      })
    }
    return ajv
  }
}

const exact = instance({})
const dropping = instance({ removeAdditional: true })
const coercing = instance({ coerceTypes: 'array', useDefaults: true })
const coercingDropping = instance({ coerceTypes: 'array', useDefaults: true, removeAdditional: true })
const thorough = instance({ allErrors: true, verbose: true })
const coercingThorough = instance({ coerceTypes: 'array', useDefaults: true, allErrors: true, verbose: true })

/** A schema, or what makes it when it is first needed. */
type LateSchema = Schema | (() => Schema)

const made = (schema: LateSchema): Schema => (typeof schema === 'function' ? schema() : schema)

/** A check of a value as it stands: bodies, answers, rows. */
export function compile(schema: LateSchema): Check {
  return lazily(() => exact().compile(made(schema)))
}

/** A check of a body that also drops the fields that are not allowed. Changes the value. */
export function compileDropping(schema: LateSchema): Check {
  return lazily(() => dropping().compile(made(schema)))
}

/**
 * A check of a query: texts become numbers and booleans, a single value becomes an array where one is declared, and
 * defaults are filled in. Unless `strict`, parameters that are not declared are dropped. Changes the value.
 */
export function compileQuery(schema: LateSchema, strict = true): Check {
  const ajv = strict ? coercing : coercingDropping
  return lazily(() => ajv().compile(made(schema)))
}

/** A check for all problems of a body. Slower by far than {@link compile}: for values that are known to have some. */
export function compileFull(schema: LateSchema): FullCheck {
  return fully(() => thorough().compile(made(schema)))
}

/** A check for all problems of a query, parameters that are not declared among them. Changes the value. */
export function compileFullQuery(schema: LateSchema): FullCheck {
  return fully(() => coercingThorough().compile(made(schema)))
}

/** A validator as Ajv makes it. */
export interface Validator {
  (value: unknown): unknown
  errors?: ErrorObject[] | null
}

function lazily(make: () => Validator): Check {
  let check: Check | undefined
  return (value) => {
    check ??= checkOf(make())
    return check(value)
  }
}

function fully(make: () => Validator): FullCheck {
  let validate: Validator | undefined
  return (value) => {
    validate ??= make()
    if (validate(value)) return []
    // A pointer may come several times: a wrong type is no word of a closed set either.
    const problems = new Map<string, Problem>()
    for (const error of validate.errors ?? []) {
      const problem = toProblem(error)
      if (!problems.has(problem.pointer)) problems.set(problem.pointer, problem)
      if (problems.size === MOST_PROBLEMS) break
    }
    // They hold on to the value.
    validate.errors = null
    return [...problems.values()]
  }
}

/** A check from a validator that is there already. */
export function checkOf(validate: Validator): Check {
  return (value) => (validate(value) ? undefined : toProblem(validate.errors?.[0]))
}

function toProblem(error: ErrorObject | undefined): Problem {
  if (!error) return { pointer: '', keyword: 'false schema', message: 'is not allowed' }
  const { instancePath, keyword, message = 'is not valid', params, parentSchema } = error
  const field = (params.missingProperty ?? params.additionalProperty) as string | undefined
  if (field === undefined) {
    const choices = keyword === 'enum' && parentSchema ? textsOf(params.allowedValues) : undefined
    return { pointer: instancePath, keyword, message, ...(choices && { choices }) }
  }
  const pointer = instancePath + stepTo(field)
  if (keyword === 'required') return { pointer, keyword, message: 'is required' }
  const known = Object.keys((parentSchema as Schema | undefined)?.properties ?? {})
  return { pointer, keyword, message: 'is not allowed here', ...(parentSchema && { known }) }
}

function textsOf(values: unknown): readonly string[] | undefined {
  return Array.isArray(values) && values.every((value) => typeof value === 'string') ? values : undefined
}
