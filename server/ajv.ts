/** Ajv, set up once for each use. Validators are compiled when they are first needed, so that starting stays cheap. */
import { Ajv, type ErrorObject, type Options } from 'ajv'
import formats from 'ajv-formats'
import type { Schema } from './readings.ts'

/** What is wrong with a value, and where. */
export interface Problem {
  /** JSON pointer, `''` for the value itself. For a missing or unknown field, the pointer of that field. */
  pointer: string
  /** The keyword that was violated: `required`, `type`, `maxLength`, … */
  keyword: string
  /** Ajv's words: `must be string`. */
  message: string
}

/** Looks for the first problem of a value. */
export type Check = (value: unknown) => Problem | undefined

// The schemas carry keywords of OpenAPI (example, readOnly, deprecated), which are annotations to a validator.
export const AJV_OPTIONS: Options = { strict: false, allErrors: false, validateSchema: false }

const instance = (options: Options) => {
  let ajv: Ajv | undefined
  return () => {
    if (!ajv) {
      ajv = new Ajv({ ...AJV_OPTIONS, ...options })
      formats.default(ajv)
    }
    return ajv
  }
}

const exact = instance({})
const dropping = instance({ removeAdditional: true })
const coercing = instance({ coerceTypes: 'array', useDefaults: true })
const coercingDropping = instance({ coerceTypes: 'array', useDefaults: true, removeAdditional: true })

/** A check of a value as it stands: bodies, answers, rows. */
export function compile(schema: Schema): Check {
  return lazily(() => exact().compile(schema))
}

/** A check of a body that also drops the fields that are not allowed. Changes the value. */
export function compileDropping(schema: Schema): Check {
  return lazily(() => dropping().compile(schema))
}

/**
 * A check of a query: texts become numbers and booleans, a single value becomes an array where one is declared, and
 * defaults are filled in. Unless `strict`, parameters that are not declared are dropped. Changes the value.
 */
export function compileQuery(schema: Schema, strict = true): Check {
  const ajv = strict ? coercing : coercingDropping
  return lazily(() => ajv().compile(schema))
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

/** A check from a validator that is there already. */
export function checkOf(validate: Validator): Check {
  return (value) => (validate(value) ? undefined : toProblem(validate.errors?.[0]))
}

function toProblem(error: ErrorObject | undefined): Problem {
  if (!error) return { pointer: '', keyword: 'false schema', message: 'is not allowed' }
  const { instancePath, keyword, message = 'is not valid', params } = error
  const field = (params.missingProperty ?? params.additionalProperty) as string | undefined
  if (field === undefined) return { pointer: instancePath, keyword, message }
  const pointer = `${instancePath}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return { pointer, keyword, message: keyword === 'required' ? 'is required' : 'is not allowed here' }
}
