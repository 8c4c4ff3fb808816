/**
 * Compares alternatives (`anyOf`, `oneOf`) by pairing each with the one on the other side that is nearest to it. This
 * is a best effort: two documents may cut one set of values into alternatives in ways that no pairing can tell.
 */
import { type Direction, type Finding, finding } from './difference.ts'
import { objectOr } from './json.ts'
import { type Shape, withoutNull } from './shape.ts'
import { typeNames } from './values.ts'

/** Compares two shapes without variants. */
type Compare = (ours: Shape, theirs: Shape) => Finding[]

/** Compares two shapes of which at least one has variants. */
export function compareVariants(direction: Direction, ours: Shape, theirs: Shape, compare: Compare): Finding[] {
  const here = ours.variants ?? [withoutNull(ours)]
  const there = theirs.variants ?? [withoutNull(theirs)]
  return distinct(direction === 'request' ? accepted(here, there, compare) : allowed(here, there, compare))
}

/** Each alternative of theirs must be accepted by one of ours. */
function accepted(ours: readonly Shape[], theirs: readonly Shape[], compare: Compare): Finding[] {
  return theirs.flatMap((variant) => {
    const { findings } = nearest(ours.map((candidate) => compare(candidate, variant)))
    return findings.some(unlike) ? [missing(ours, variant)] : findings
  })
}

/** Each alternative of ours must be one of theirs, and none of theirs may be without one of ours. */
function allowed(ours: readonly Shape[], theirs: readonly Shape[], compare: Compare): Finding[] {
  const taken = new Set<Shape | undefined>()
  const findings = ours.flatMap((variant) => {
    const compared = theirs.map((candidate) => compare(variant, candidate))
    compared.forEach((found, index) => {
      if (found.length === 0) taken.add(theirs[index])
    })
    const { findings, index } = nearest(compared)
    if (findings.some(unlike)) return [added(variant, theirs)]
    taken.add(theirs[index])
    return findings
  })
  return [...findings, ...theirs.filter((variant) => !taken.has(variant)).map((variant) => missing(ours, variant))]
}

function nearest(compared: readonly Finding[][]): { findings: Finding[]; index: number } {
  const index = compared.reduce((best, found, at) => (cost(found) < cost(compared[best]) ? at : best), 0)
  return { findings: compared[index] ?? [], index }
}

/** A pair of different types is further apart than one of the same type with many differences. */
function cost(findings: readonly Finding[] = []): number {
  return findings.length + (findings.some(unlike) ? 1_000 : 0)
}

function unlike({ kind, where }: Finding): boolean {
  return kind === 'type' && where === ''
}

function missing(ours: readonly Shape[], variant: Shape): Finding {
  const [us, them] = [ours.map(outlined).join(' or '), outlined(variant)]
  return finding('missing-variant', '', `no alternative for theirs: ${them}`, them, us)
}

function added(variant: Shape, theirs: readonly Shape[]): Finding {
  const [us, them] = [outlined(variant), theirs.map(outlined).join(' or ')]
  return finding('wider-response', '', `may be ${us}, theirs is ${them}`, them, us)
}

/** An alternative in a few words: `object with roles, policies`, `object of string`. */
function outlined(shape: Shape): string {
  const fields = Object.keys(shape.properties)
  if (fields.length > 0) return `${typeNames(shape)} with ${fields.join(', ')}`
  const { type } = objectOr(shape.additional)
  return type === undefined ? typeNames(shape) : `${typeNames(shape)} of ${type}`
}

/** Two alternatives that share a part find the same there; once is enough. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()]
}
