/** Finds the operations of a document, and matches them however their path parameters are called. */
import type { ReadDocument } from './document.ts'
import { type JsonObject, listOr, objectOr } from './json.ts'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** An operation of a document. */
export interface Operation {
  /** Method and path as the document writes them: `GET /accounts/{account_id}`. */
  label: string
  node: JsonObject
  pathItem: JsonObject
  /** By what makes a parameter the same one: `query:page`, `path:0` (the first in the path), `header:x-request-id`. */
  parameters: ReadonlyMap<string, Parameter>
}

/** A parameter of an operation. */
export interface Parameter {
  name: string
  in: string
  node: JsonObject
}

/**
 * The operations of a document, by method and path without the names of its parameters:
 * `GET /accounts/{}/members` for `GET /accounts/{account_id}/members`.
 */
export function operationsOf(document: ReadDocument): Map<string, Operation> {
  const operations = new Map<string, Operation>()
  for (const [path, item] of Object.entries(objectOr(document.root.paths))) {
    const pathItem = objectOr(document.resolve(item))
    for (const method of methods) {
      const node = pathItem[method]
      if (node === undefined) continue
      const verb = method.toUpperCase()
      const all = [...listOr(pathItem.parameters), ...listOr(objectOr(node).parameters)]
      operations.set(`${verb} ${path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1')}`, {
        label: `${verb} ${path}`,
        node: objectOr(node),
        pathItem,
        parameters: new Map(all.map((entry) => parameter(path, objectOr(document.resolve(entry))))),
      })
    }
  }
  return operations
}

function parameter(path: string, node: JsonObject): [key: string, parameter: Parameter] {
  const [name, place] = [String(node.name), String(node.in)]
  return [
    `${place}:${place === 'path' ? position(path, name) : place === 'header' ? name.toLowerCase() : name}`,
    { name, in: place, node },
  ]
}

/** Where a parameter stands in a path: 1 for `member_id` in `/accounts/{account_id}/members/{member_id}`. */
function position(path: string, name: string): number {
  return path.slice(0, path.indexOf(`{${name}}`)).split('{').length - 1
}
