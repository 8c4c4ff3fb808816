/** Compares what two operations take and give: the request body, the responses, their headers. */
import { type Direction, type Finding, finding, placed } from './difference.ts'
import { isObject, type JsonObject, objectOr } from './json.ts'
import { unknownMembers } from './keywords.ts'
import type { Operation } from './operations.ts'
import { compareRequired } from './parameters.ts'
import type { SchemaComparison } from './schemas.ts'

/** Compares the request bodies of two operations. */
export function compareRequestBodies(ours: Operation, theirs: Operation, schemas: SchemaComparison): Finding[] {
  const part = 'request body'
  const here = schemas.ours.resolve(ours.node.requestBody)
  const there = schemas.theirs.resolve(theirs.node.requestBody)
  if (!there) {
    if (here?.required !== true) return []
    return [finding('narrower-request', part, 'is required, they take none', 'none', 'required')]
  }
  if (!here) return [finding('missing-body', part, 'is not declared', 'declared')]
  return [
    ...placed(part, [...unknown('request body', there), ...compareRequired(here, there)]),
    ...compareContent(part, 'request', here, there, schemas),
  ]
}

/**
 * Compares the responses of two operations. A status of ours is held against the same status of theirs, or the range
 * that covers it: our `404` against their `4XX`. An error that they do not document is no difference, a success is.
 */
export function compareResponses(ours: Operation, theirs: Operation, schemas: SchemaComparison): Finding[] {
  const here = objectOr(ours.node.responses)
  const there = objectOr(theirs.node.responses)
  const pairs = Object.keys(here).map((status) => ({ status, other: covering(status, there) }))
  const undocumented = pairs.filter(({ status, other }) => !other && /^[123]/.test(status))
  const missing = Object.keys(there).filter(
    (status) => !pairs.some(({ other }) => other === status) && !covering(status, here),
  )
  // Their `404` is answered by our `4XX` when that is all we declare.
  const covered = Object.keys(there).flatMap((status) => {
    const other = covering(status, here)
    return other && covering(other, there) !== status ? [{ status: other, other: status }] : []
  })
  return [
    ...missing.map((status) => finding('missing-response', `response ${status}`, 'is not declared', 'declared')),
    ...undocumented.map(({ status }) =>
      finding('wider-response', `response ${status}`, 'is a status that they never answer', 'none', status),
    ),
    ...[...pairs, ...covered].flatMap(({ status, other }) => {
      const [answer, model] = [schemas.ours.resolve(here[status]), schemas.theirs.resolve(there[other ?? ''])]
      return answer && model ? compareResponse(`response ${narrower(status, other)}`, answer, model, schemas) : []
    }),
  ]
}

/** The entry of a list of responses that speaks for a status: itself, its range, or `default`. */
function covering(status: string, responses: JsonObject): string | undefined {
  return [status, `${status[0]}XX`, 'default'].find((name) => name in responses)
}

function narrower(ours: string, theirs = ours): string {
  return /^\d{3}$/.test(ours) ? ours : theirs
}

function compareResponse(part: string, ours: JsonObject, theirs: JsonObject, schemas: SchemaComparison): Finding[] {
  return [
    ...placed(part, unknown('response', theirs)),
    ...compareHeaders(part, objectOr(ours.headers), objectOr(theirs.headers), schemas),
    ...compareContent(part, 'response', ours, theirs, schemas),
  ]
}

function compareHeaders(part: string, ours: JsonObject, theirs: JsonObject, schemas: SchemaComparison): Finding[] {
  const byName = new Map(Object.entries(ours).map(([name, header]) => [name.toLowerCase(), header]))
  return Object.entries(theirs).flatMap(([name, header]) => {
    const at = `${part} header ${name}`
    const [here, there] = [schemas.ours.resolve(byName.get(name.toLowerCase())), schemas.theirs.resolve(header)]
    if (!here) return [finding('missing-header', at, 'is not declared', 'declared')]
    const [us, them] = [schemas.ours.shape(here.schema), schemas.theirs.shape(there?.schema)]
    return placed(at, [
      ...unknown('header', there),
      ...(there?.required === true && here.required !== true
        ? [finding('missing-required', '', 'is optional', 'required', 'optional')]
        : []),
      ...schemas.compare('response', us, them),
    ])
  })
}

function compareContent(
  part: string,
  direction: Direction,
  ours: JsonObject,
  theirs: JsonObject,
  schemas: SchemaComparison,
): Finding[] {
  const [here, there] = [byMediaType(ours), byMediaType(theirs)]
  const findings = [...there].flatMap(([type, media]) => {
    const ourMedia = here.get(type)
    // JSON is what everybody speaks here, so only another media type needs to be named.
    const at = type === 'application/json' ? part : `${part} (${type})`
    if (!ourMedia) return [finding('missing-media-type', part, `no ${type}`, type)]
    const [us, them] = [schemas.ours.shape(ourMedia.schema), schemas.theirs.shape(media.schema)]
    return placed(at, [...unknown('media type', media), ...schemas.compare(direction, us, them)])
  })
  const added = direction === 'response' ? [...here.keys()].filter((type) => !there.has(type)) : []
  return [...findings, ...added.map((type) => finding('wider-response', part, `may be ${type}`, 'none', type))]
}

/** The content by media type, without parameters: `application/json; charset=utf-8` is `application/json`. */
function byMediaType({ content }: JsonObject): Map<string, JsonObject> {
  const entries = Object.entries(objectOr(content)).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
  return new Map(entries.map(([type, media]) => [type.split(';')[0]?.trim().toLowerCase() ?? type, media]))
}

function unknown(kind: Parameters<typeof unknownMembers>[0], node: unknown): Finding[] {
  return unknownMembers(kind, node).map((name) =>
    finding('unknown-keyword', '', `${name}, in theirs, is not compared`, name),
  )
}
