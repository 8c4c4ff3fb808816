/** Checks of values against schemas. Validators are made when they are first needed, so that starting stays cheap. */
import type { ErrorObject } from 'ajv'
import { type Use, type Validator, validatorFor } from './compiler.ts'
import { stepTo } from './pointer.ts'
import type { Schema } from './readings.ts'

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

/** A schema, or what makes it when it is first needed. */
export type LateSchema = Schema | (() => Schema)

export const made = (schema: LateSchema): Schema => (typeof schema === 'function' ? schema() : schema)

/** A check of a value as it stands: bodies, answers, rows. */
export function compile(schema: LateSchema): Check {
  return lazily('exact', schema)
}

/** A check of a body that also drops the fields that are not allowed. Changes the value. */
export function compileDropping(schema: LateSchema): Check {
  return lazily('dropping', schema)
}

/**
 * A check of a query: texts become numbers and booleans, a single value becomes an array where one is declared, and
 * defaults are filled in. Unless `strict`, parameters that are not declared are dropped. Changes the value.
 */
export function compileQuery(schema: LateSchema, strict = true): Check {
  return lazily(strict ? 'coercing' : 'coercingDropping', schema)
}

/** A check for all problems of a body. Slower by far than {@link compile}: for values that are known to have some. */
export function compileFull(schema: LateSchema): FullCheck {
  return fully('thorough', schema)
}

/** A check for all problems of a query, parameters that are not declared among them. Changes the value. */
export function compileFullQuery(schema: LateSchema): FullCheck {
  return fully('coercingThorough', schema)
}

/** Is told of what checks are made for: see {@link listen}. */
let listener: ((use: Use, schema: LateSchema) => void) | undefined

/** Tells of each schema for which a check is made from now on. The build compiles them: see precompile.ts. */
export function listen(told: NonNullable<typeof listener>): void {
  listener = told
}

function lazily(use: Use, schema: LateSchema): Check {
  listener?.(use, schema)
  let check: Check | undefined
  return (value) => {
    check ??= checkOf(validatorFor(use, made(schema)))
    return check(value)
  }
}

function fully(use: Use, schema: LateSchema): FullCheck {
  let validate: Validator | undefined
  return (value) => {
    validate ??= validatorFor(use, made(schema))
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

function checkOf(validate: Validator): Check {
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
