/** Compares two schemas, each in its own document, the way the data flows. */
import { isDeepStrictEqual } from 'node:util'
import { type Direction, type Finding, finding } from './difference.ts'
import type { ReadDocument } from './document.ts'
import { compareFields } from './fields.ts'
import { compareLimits } from './limits.ts'
import { type Shape, type ShapeReader, shapeReader } from './shape.ts'
import { compareNull, compareTypes, compareValues } from './values.ts'
import { compareVariants } from './variants.ts'

/** One of the two documents: how to follow its references, and what its schemas allow. */
export interface Side {
  resolve: ReadDocument['resolve']
  shape: ShapeReader
}

/** A comparison of the schemas of two documents. */
export interface SchemaComparison {
  ours: Side
  theirs: Side
  /** Compares two schemas; the places found are JSON pointers into the value, `/0` standing for any entry. */
  compare(direction: Direction, ours: Shape, theirs: Shape): Finding[]
}

/** A comparison of the schemas of two documents. */
export function schemaComparison(ourDocument: ReadDocument, theirDocument: ReadDocument): SchemaComparison {
  const readOurs = shapeReader(ourDocument)
  const readTheirs = shapeReader(theirDocument)

  function compareAll(direction: Direction, ourSchema: Shape, theirSchema: Shape): Finding[] {
    // The pairs being compared. One that comes up again below itself is a recursion: it holds if the rest does.
    const open = new Map<Shape, Set<Shape>>()

    function compare(ours: Shape, theirs: Shape): Finding[] {
      const partners = open.get(ours) ?? new Set()
      if (partners.has(theirs)) return []
      open.set(ours, partners.add(theirs))
      const findings = [...unread(ours, theirs), ...marks(direction, ours, theirs), ...contents(ours, theirs)]
      partners.delete(theirs)
      return findings
    }

    function contents(ours: Shape, theirs: Shape): Finding[] {
      if (ours.variants || theirs.variants) {
        return [...compareNull(direction, ours, theirs), ...compareVariants(direction, ours, theirs, compare)]
      }
      const types = compareTypes(direction, ours, theirs)
      if (types.some(({ kind }) => kind === 'type')) return types
      return [
        ...types,
        ...compareNull(direction, ours, theirs),
        ...(ours.types?.size === 0 || theirs.types?.size === 0 ? [] : insides(ours, theirs)),
      ]
    }

    function insides(ours: Shape, theirs: Shape): Finding[] {
      return [
        ...compareValues(direction, ours, theirs),
        ...compareLimits(direction, ours, theirs),
        ...(may(ours, 'object') && may(theirs, 'object')
          ? compareFields({ direction, ours, theirs, readOurs, readTheirs, compare })
          : []),
        ...(may(ours, 'array') && may(theirs, 'array') && !isAlwaysEmpty(direction === 'request' ? theirs : ours)
          ? compare(readOurs(ours.items), readTheirs(theirs.items)).map(inEntry)
          : []),
      ]
    }

    return compare(ourSchema, theirSchema)
  }

  return {
    ours: { resolve: ourDocument.resolve, shape: readOurs },
    theirs: { resolve: theirDocument.resolve, shape: readTheirs },
    compare: compareAll,
  }
}

function may(shape: Shape, type: string): boolean {
  return shape.types?.has(type) ?? false
}

/** Whether the one who sends never sends an entry: the `errors` of a success are always `[]`. */
function isAlwaysEmpty(sent: Shape): boolean {
  return sent.limits.get('maxItems') === 0
}

function inEntry(found: Finding): Finding {
  return { ...found, where: `/0${found.where}` }
}

/** What stands in a schema and cannot be compared. */
function unread(ours: Shape, theirs: Shape): Finding[] {
  return [
    ...theirs.unknown.map((name) => finding('unknown-keyword', '', `${name}, in theirs, is not compared`, name)),
    ...ours.unknown.map((name) => finding('unknown-keyword', '', `${name}, in ours, is not compared`, 'none', name)),
    ...[theirs.unresolved ?? []]
      .flat()
      .map((ref) => finding('unreadable', '', `${ref}, in theirs, leads nowhere`, ref)),
    ...[ours.unresolved ?? []]
      .flat()
      .map((ref) => finding('unreadable', '', `${ref}, in ours, leads nowhere`, 'none', ref)),
  ]
}

/** What a schema says about a value besides what it may be: deprecated, read-only, its default. */
function marks(direction: Direction, ours: Shape, theirs: Shape): Finding[] {
  const findings: Finding[] = []
  if (theirs.deprecated && !ours.deprecated) {
    findings.push(finding('missing-deprecated', '', 'is not deprecated, theirs is', 'deprecated', 'not deprecated'))
  }
  if (direction === 'response') return findings
  if (ours.readOnly && !theirs.readOnly) {
    findings.push(finding('narrower-request', '', 'is read-only, theirs may be set', 'writable', 'read-only'))
  }
  if ('default' in theirs && !isDeepStrictEqual(ours.default, theirs.default)) {
    const [us, them] = [JSON.stringify(ours.default) ?? 'none', JSON.stringify(theirs.default)]
    findings.push(finding('missing-default', '', `the default is ${us}, theirs is ${them}`, them, us))
  }
  return findings
}
