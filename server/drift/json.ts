/** Looks into parsed JSON that nobody vouches for: each reader answers something usable, whatever it was given. */
import { stepTo } from '../pointer.ts'

/** An object of JSON, its members still unknown. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Tells an object from an array, a scalar and null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object, or an empty one, so that a missing `components` reads like an empty `components`. */
export function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** The list, or an empty one. */
export function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The strings among the entries of a list: `["id", 3]` gives `["id"]`. */
export function strings(value: unknown): string[] {
  return listOr(value).filter((entry) => typeof entry === 'string')
}

/**
 * One step further down a JSON pointer.
 * @example below('/result/0', 'a/b') === '/result/0/a~1b'
 */
export function below(pointer: string, name: string): string {
  return pointer + stepTo(name)
}
