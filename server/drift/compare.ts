/** Compares our OpenAPI document with theirs, operation by operation. */
import { compareRequestBodies, compareResponses } from './bodies.ts'
import { type Difference, type Finding, finding } from './difference.ts'
import { type OpenApiDocument, type ReadDocument, readDocument } from './document.ts'
import { type DriftException, excuse } from './exceptions.ts'
import { unknownMembers } from './keywords.ts'
import { type Operation, operationsOf } from './operations.ts'
import { compareParameters } from './parameters.ts'
import { comparePermissions, compareSecurity } from './permissions.ts'
import { schemaComparison } from './schemas.ts'

/** What a comparison of two documents found. */
export interface DriftReport {
  /** How many operations they have; those that only we have are not compared. */
  operations: number
  /** Every difference, in the order of their document; those that an exception lists carry its reason. */
  differences: Difference[]
}

/**
 * Compares our document with theirs. Their requests must be accepted by us, our responses allowed by them, and nothing
 * that they declare may be missing in ours.
 * @example drift(app.swagger(), upstream, []).differences
 */
export function drift(
  ours: OpenApiDocument,
  theirs: OpenApiDocument,
  exceptions: readonly DriftException[],
): DriftReport {
  const [ourDocument, theirDocument] = [readDocument(ours), readDocument(theirs)]
  const [ourOperations, theirOperations] = [operationsOf(ourDocument), operationsOf(theirDocument)]
  const schemas = schemaComparison(ourDocument, theirDocument)

  function compare(here: Operation, there: Operation): Finding[] {
    return [
      ...unknown(there),
      ...compareOperation(here, there),
      ...compareParameters(here, there, schemas),
      ...compareRequestBodies(here, there, schemas),
      ...compareResponses(here, there, schemas),
      ...compareSecurity(here, there, ourDocument, theirDocument),
      ...comparePermissions(here, there, ourOperations.values()),
    ]
  }

  const differences = [...theirOperations].flatMap(([key, there]) => {
    const here = ourOperations.get(key)
    const findings = here
      ? compare(here, there)
      : [finding('missing-operation', 'operation', 'is not declared', 'declared')]
    return findings.map((found): Difference => ({ operation: there.label, ...found }))
  })
  const defects = [...defectsOf(theirDocument, 'theirs'), ...defectsOf(ourDocument, 'ours')]
  const labels = (operations: Map<string, Operation>) => [...operations.values()].map(({ label }) => label)
  const compared = { ours: labels(ourOperations), theirs: labels(theirOperations) }
  return { operations: theirOperations.size, differences: excuse([...defects, ...differences], exceptions, compared) }
}

/** The differences that no exception lists; with any of these, `fauxflare drift` fails. */
export function unlisted({ differences }: DriftReport): Difference[] {
  return differences.filter(({ reason }) => reason === undefined)
}

function compareOperation({ node: ours }: Operation, { node: theirs }: Operation): Finding[] {
  const findings: Finding[] = []
  if (theirs.operationId !== undefined && ours.operationId !== theirs.operationId) {
    const [us, them] = [String(ours.operationId ?? 'none'), String(theirs.operationId)]
    findings.push(finding('operation-id', 'operation', `is ${us}, theirs is ${them}`, them, us))
  }
  if (theirs.deprecated === true && ours.deprecated !== true) {
    findings.push(
      finding('missing-deprecated', 'operation', 'is not deprecated, theirs is', 'deprecated', 'not deprecated'),
    )
  }
  return findings
}

function unknown({ node, pathItem }: Operation): Finding[] {
  return [...unknownMembers('path item', pathItem), ...unknownMembers('operation', node)].map((name) =>
    finding('unknown-keyword', 'operation', `${name}, in theirs, is not compared`, name),
  )
}

function defectsOf(document: ReadDocument, whose: 'ours' | 'theirs'): Difference[] {
  return document.defects.map(({ pointer, message }) => ({
    operation: '*',
    ...finding('unreadable', `${whose} ${pointer}`, message),
  }))
}
