/** Takes what a schema marks as secret out of a value. */
import { SECRET } from '../../../schemas/fields.ts'
import type { Schema } from '../../readings.ts'
import { REDACTED } from './redaction.ts'

const known = new WeakMap<object, boolean>()

/** Whether a schema marks anything as secret, however deep. */
export function hasSecret(schema: object): boolean {
  let found = known.get(schema)
  if (found === undefined) {
    found = look(schema as Schema)
    known.set(schema, found)
  }
  return found
}

function look(node: Schema): boolean {
  if (node[SECRET] === true) return true
  return [...Object.values(node.properties ?? {}), node.additionalProperties, node.items, ...(node.anyOf ?? [])].some(
    (child) => typeof child === 'object' && hasSecret(child),
  )
}

/**
 * The value with every secret of it redacted. What is not built as its schema says, and might therefore have a secret
 * in another place, is redacted whole.
 * @example hideMarked(operation.result, { id: 'a', value: 'secret' }) // { id: 'a', value: '[redacted]' }
 */
export function hideMarked(schema: Schema, value: unknown): unknown {
  if (value === null || value === undefined || !hasSecret(schema)) return value
  if (schema[SECRET] === true) return REDACTED
  const { properties, additionalProperties, items, anyOf } = schema
  if (anyOf) return anyOf.reduce<unknown>((hidden, variant) => hideMarked(variant, hidden), value)
  if (items) return Array.isArray(value) ? value.map((item) => hideMarked(items, item)) : REDACTED
  if (typeof value !== 'object' || Array.isArray(value)) return REDACTED
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const child = (properties && Object.hasOwn(properties, name) ? properties[name] : others) as Schema | undefined
      return [name, child ? hideMarked(child, item) : item]
    }),
  )
}
