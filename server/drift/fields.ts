/** Compares the fields of two objects: which there are, which are required, and what else may be sent. */
import { type Direction, type Finding, finding } from './difference.ts'
import { below } from './json.ts'
import type { Shape, ShapeReader } from './shape.ts'
import { typeNames } from './values.ts'

/** Two objects, and what is needed to look into their fields. */
export interface ObjectPair {
  direction: Direction
  ours: Shape
  theirs: Shape
  readOurs: ShapeReader
  readTheirs: ShapeReader
  compare: (ours: Shape, theirs: Shape) => Finding[]
}

/** Compares the fields of two objects. */
export function compareFields(pair: ObjectPair): Finding[] {
  return [...declaredFields(pair), ...requiredFields(pair), ...otherFields(pair)]
}

function declaredFields(pair: ObjectPair): Finding[] {
  const { direction, ours, theirs, readOurs, readTheirs, compare } = pair
  return Object.entries(theirs.properties).flatMap(([name, schema]) => {
    const there = readTheirs(schema)
    const at = below('', name)
    const here = Object.hasOwn(ours.properties, name) ? readOurs(ours.properties[name]) : undefined
    if (travelsOnlyBack(direction, there)) {
      if (direction === 'response' || !here || here.readOnly) return []
      return [finding('missing-read-only', at, 'may be set, theirs is read-only', 'read-only', 'writable')]
    }
    if (!here) return [finding('missing-field', at, 'is not declared', typeNames(there))]
    return within(at, compare(here, there))
  })
}

function requiredFields({ direction, ours, theirs, readOurs, readTheirs }: ObjectPair): Finding[] {
  const dropped = [...theirs.required].filter(
    (name) =>
      !ours.required.has(name) &&
      // A field that we do not declare at all is reported as such.
      (Object.hasOwn(ours.properties, name) || !Object.hasOwn(theirs.properties, name)) &&
      !travelsOnlyBack(direction, readTheirs(theirs.properties[name])),
  )
  const added = [...ours.required].filter(
    (name) =>
      direction === 'request' &&
      !theirs.required.has(name) &&
      !travelsOnlyBack(direction, readOurs(ours.properties[name])),
  )
  return [
    ...dropped.map((name) => finding('missing-required', below('', name), 'is optional', 'required', 'optional')),
    ...added.map((name) => finding('narrower-request', below('', name), 'is required', 'optional', 'required')),
  ]
}

/** `additionalProperties`: whether fields that are not declared may be sent. */
function otherFields(pair: ObjectPair): Finding[] {
  const { direction, ours, theirs, readOurs, readTheirs, compare } = pair
  const findings: Finding[] = []
  const [us, them] = [room(ours.additional), room(theirs.additional)]
  if (direction === 'request' && isStricterRoom(ours.additional, theirs.additional)) {
    findings.push(finding('narrower-request', '', `other fields: ${us}, theirs: ${them}`, them, us))
  } else if (theirs.additional !== true && ours.additional === true) {
    findings.push(finding('missing-limit', '', `no additionalProperties, theirs: other fields ${them}`, them, us))
  } else if (theirs.additional === false && ours.additional !== false) {
    const kind = direction === 'request' ? 'missing-limit' : 'wider-response'
    findings.push(finding(kind, '', `other fields: ${us}, theirs: ${them}`, them, us))
  } else if (theirs.additional !== true && ours.additional !== false) {
    findings.push(...within('/*', compare(readOurs(ours.additional), readTheirs(theirs.additional))))
  }
  return [...findings, ...addedFields(pair)]
}

/**
 * The fields that only we declare. Where theirs leaves other fields open they are welcome, in a request too, although
 * it may have let any value through there.
 */
function addedFields({ direction, ours, theirs, readOurs, readTheirs, compare }: ObjectPair): Finding[] {
  if (theirs.additional === true) return []
  return Object.keys(ours.properties).flatMap((name) => {
    const here = readOurs(ours.properties[name])
    if (Object.hasOwn(theirs.properties, name) || travelsOnlyBack(direction, here)) return []
    const at = below('', name)
    if (theirs.additional !== false) return within(at, compare(here, readTheirs(theirs.additional)))
    if (direction === 'request') return []
    return [finding('wider-response', at, 'theirs allows no other field', 'none', typeNames(here))]
  })
}

/** A read-only field has no place in a request, a write-only one none in a response. */
function travelsOnlyBack(direction: Direction, shape: Shape): boolean {
  return direction === 'request' ? shape.readOnly : shape.writeOnly
}

function isStricterRoom(ours: unknown, theirs: unknown): boolean {
  return ours === false ? theirs !== false : ours !== true && theirs === true
}

function room(additional: unknown): string {
  return additional === true ? 'allowed' : additional === false ? 'refused' : 'by schema'
}

/** Findings of a field, put below the field: `/0/name` of `/roles` is `/roles/0/name`. */
function within(at: string, findings: readonly Finding[]): Finding[] {
  return findings.map((found) => ({ ...found, where: at + found.where }))
}
