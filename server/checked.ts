/** Holds what a caller gave against its schema, and says everything that is wrong with it. */
import type { TSchema } from 'typebox'
import {
  type Check,
  compile,
  compileFull,
  compileFullQuery,
  compileQuery,
  type FullCheck,
  type Problem,
} from './ajv.ts'
import { CloudError, type Mistake } from './cloud-error.ts'
import { didYouMean } from './near.ts'
import type { Schema } from './readings.ts'

/** Whether anything is wrong, which most is not, and then what. Compiled once for each way of checking. */
interface Checks {
  first: Check
  all: FullCheck
}

const bodies = new WeakMap<TSchema, Checks>()
const queries = new WeakMap<TSchema, Checks>()

function checksOf(known: WeakMap<TSchema, Checks>, schema: TSchema, make: (schema: Schema) => Checks): Checks {
  let checks = known.get(schema)
  if (!checks) {
    checks = make(schema as Schema)
    known.set(schema, checks)
  }
  return checks
}

const bodyChecks = (schema: Schema): Checks => ({ first: compile(schema), all: compileFull(schema) })
const queryChecks = (schema: Schema): Checks => ({ first: compileQuery(schema), all: compileFullQuery(schema) })

/**
 * Checks a value as it stands.
 * @param task what fails when it does not fit: `make the sandbox`
 * @throws CloudError with every mistake
 * @example checked(SandboxOptions, { sed: 7 }, 'make the sandbox') // Failed to …: sed is not allowed here. Did you mean "seed"?
 */
export function checked(schema: TSchema, value: unknown, task: string): void {
  const { first, all } = checksOf(bodies, schema, bodyChecks)
  if (first(value)) refuse(schema, all(value), task, (pointer) => pointer)
}

/** Checks texts of a URL: they become numbers and booleans where those are declared. Changes the value. */
export function checkedQuery(schema: TSchema, value: unknown, task: string): void {
  const { first, all } = checksOf(queries, schema, queryChecks)
  const sent = structuredClone(value)
  if (first(value)) refuse(schema, all(sent), task, (pointer) => pointer.slice(1))
}

function refuse(schema: TSchema, problems: Problem[], task: string, nameOf: (pointer: string) => string): void {
  const errors = problems.map((problem): Mistake => {
    return { pointer: nameOf(problem.pointer), detail: explain(problem, schema as Schema) }
  })
  const [first] = errors
  if (!first) return
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new CloudError(`Failed to ${task}: ${first.pointer || 'it'} ${first.detail}${more}`, { errors })
}

function explain({ pointer, keyword, message, known }: Problem, schema: Schema): string {
  if (known?.length === 0) return `${message}: nothing is.`
  if (known) {
    const name = pointer.slice(pointer.lastIndexOf('/') + 1)
    return `${message}.${didYouMean(name, known)} Known: ${known.join(', ')}.`
  }
  const { enum: values, description, properties } = schemaAt(schema, pointer) ?? {}
  if (keyword === 'enum' && Array.isArray(values)) return `must be one of ${values.join(', ')}.`
  if (keyword === 'minProperties') return `must have ${Object.keys(properties ?? {}).join(' or ')}.`
  // What a text must be like is better said by its description than by a regular expression.
  const isForm = (keyword === 'pattern' || keyword === 'format') && typeof description === 'string'
  return isForm ? `must be ${inline(description)}` : `${message}.`
}

/** The first sentence of a description, in the middle of another one. */
const inline = (text: string) =>
  text
    .replace(/(?<=\.) .*$/s, '')
    .replace(/^An? /, (article) => article.toLowerCase())
    .replaceAll('`', '')

function schemaAt(schema: Schema, pointer: string): Schema | undefined {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<Schema | undefined>((node, step) => node?.properties?.[step] ?? node?.items, schema)
}
