/**
 * Reads an OpenAPI document tolerantly: `allOf` is merged, and so are the siblings of a `$ref`, which OpenAPI 3.0 says
 * to ignore but which published documents mean. What is left are plain schemas, `$ref`s and lists of variants.
 */
import { merge, parseRef, resolvePointer } from 'allof-merge'
import { isObject, type JsonObject, objectOr } from './json.ts'

/** An OpenAPI 3.0 or 3.1 document as anybody's types may describe it; only what is read here is asked for. */
export interface OpenApiDocument {
  /** The version of OpenAPI: `3.0.3`. */
  readonly openapi?: string
  readonly paths?: object
  readonly components?: object
  readonly security?: readonly object[]
}

/** A place in a document that could not be read, for example two parts of an `allOf` that contradict each other. */
export interface Defect {
  /** Where in the document: `/components/schemas/Account`. */
  pointer: string
  message: string
}

/** A document that is ready to be compared. */
export interface ReadDocument {
  root: JsonObject
  defects: readonly Defect[]
  /** What an object or a `$ref` to one stands for; undefined when the reference leads nowhere. */
  resolve(node: unknown): JsonObject | undefined
}

/** Reads a document. The one given stays as it is. */
export function readDocument(document: OpenApiDocument): ReadDocument {
  const defects: Defect[] = []
  const note = (message: string, path: readonly PropertyKey[]) =>
    defects.push({ pointer: `/${path.map(String).join('/')}`, message })
  // Through JSON, because a served document may hold what JSON does not: undefined, symbols, shared objects.
  const root = merge(JSON.parse(JSON.stringify(document)), {
    mergeRefSibling: true,
    mergeCombinarySibling: true,
    onMergeError: (_message, path) => note('the parts of an allOf contradict each other', path),
    onRefResolveError: (_message, path, ref) => note(`${ref} leads nowhere`, path),
  })
  return { root: objectOr(root), defects, resolve: (node) => resolve(root, node) }
}

function resolve(root: unknown, node: unknown): JsonObject | undefined {
  const seen = new Set<string>()
  let target = node
  while (isObject(target) && typeof target.$ref === 'string') {
    const { filePath, pointer } = parseRef(target.$ref)
    if (filePath !== '' || seen.has(pointer)) return undefined
    seen.add(pointer)
    target = resolvePointer(root, pointer)
  }
  return isObject(target) ? target : undefined
}
