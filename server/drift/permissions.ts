/** Compares who may call two operations: the credentials they accept, and the permissions a token must have. */

import { type Finding, finding } from './difference.ts'
import type { ReadDocument } from './document.ts'
import { isObject, type JsonObject, listOr, objectOr, strings } from './json.ts'
import type { Operation } from './operations.ts'

/** The extension under which the vendor lists the permissions, any of which lets a token call an operation. */
const permissionGroups = 'x-api-token-group'

/** Compares the credentials: each combination that they accept must be one that we accept. */
export function compareSecurity(
  ours: Operation,
  theirs: Operation,
  ourDocument: ReadDocument,
  theirDocument: ReadDocument,
): Finding[] {
  const here = combinations(ours, ourDocument)
  const us = [...here.values()].join(' or ')
  return [...combinations(theirs, theirDocument)]
    .filter(([combination]) => !here.has(combination))
    .map(([, them]) => finding('missing-security', 'security', `does not accept ${them}`, them, us))
}

/** Compares the permissions, if our document speaks of permissions at all. */
export function comparePermissions(ours: Operation, theirs: Operation, ourOperations: Iterable<Operation>): Finding[] {
  if (![...ourOperations].some(({ node }) => permissionGroups in node)) return []
  const here = strings(ours.node[permissionGroups])
  return strings(theirs.node[permissionGroups])
    .filter((permission) => !here.includes(permission))
    .map((permission) =>
      finding('missing-permission', 'permissions', `lacks ${permission}`, permission, here.join(', ')),
    )
}

/**
 * The combinations of credentials that an operation accepts, by what they are, and how the document calls them: two
 * documents may call `Authorization: Bearer` by two names.
 */
function combinations(operation: Operation, document: ReadDocument): Map<string, string> {
  const schemes = objectOr(objectOr(document.root.components).securitySchemes)
  const alternatives = listOr(operation.node.security ?? document.root.security).filter(isObject)
  // No list, or an empty one, means that no credentials are needed.
  const all = alternatives.length > 0 ? alternatives : [{}]
  return new Map(
    all.map((alternative) => [
      Object.keys(alternative)
        .map((name) => scheme(document.resolve(schemes[name]) ?? { name }, alternative[name]))
        .sort()
        .join('\n'),
      Object.keys(alternative).join(' and ') || 'anybody',
    ]),
  )
}

function scheme(node: JsonObject, scopes: unknown): string {
  const told = Object.entries(node).filter(([name]) => name !== 'description' && !name.startsWith('x-'))
  return JSON.stringify([told.sort(([a], [b]) => (a < b ? -1 : 1)), strings(scopes).sort()])
}
