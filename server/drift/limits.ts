/** Compares the limits of two schemas: lengths, bounds, formats, patterns. */
import { isDeepStrictEqual } from 'node:util'
import { type Direction, type Finding, finding } from './difference.ts'
import { type LimitName, limits } from './keywords.ts'
import type { Shape } from './shape.ts'

/**
 * Compares limits. A limit of theirs must be ours as well, so that ours may neither lack it nor set it looser; one
 * that only we set, or set stricter, makes a request narrower and is no concern of a response.
 */
export function compareLimits(direction: Direction, ours: Shape, theirs: Shape): Finding[] {
  return (Object.keys(limits) as LimitName[]).flatMap((name) => {
    const here = ours.limits.get(name)
    const there = theirs.limits.get(name)
    if (isDeepStrictEqual(here, there)) return []
    const [us, them] = [shown(name, here), shown(name, there)]
    if (here === undefined) return [finding('missing-limit', '', `no ${name}, theirs is ${there}`, them, us)]
    if (there === undefined) {
      return direction === 'request' ? [finding('narrower-request', '', `${us}, theirs has none`, them, us)] : []
    }
    const stricter = isStricter(name, here, there)
    if (direction === 'request') {
      if (stricter === false) return [finding('missing-limit', '', `${us} is looser than ${there}`, them, us)]
      return [finding('narrower-request', '', `${us} refuses what ${them} accepts`, them, us)]
    }
    return stricter === true ? [] : [finding('wider-response', '', `${us} allows what ${them} does not`, them, us)]
  })
}

/** Whether our value lets less through than theirs; undefined when nobody can say, as with two patterns. */
function isStricter(name: LimitName, ours: unknown, theirs: unknown): boolean | undefined {
  const { stricter } = limits[name]
  if (stricter === 'unknown') return undefined
  return stricter === 'higher' ? Number(ours) > Number(theirs) : Number(ours) < Number(theirs)
}

function shown(name: LimitName, value: unknown): string {
  return value === undefined ? `no ${name}` : `${name} ${value}`
}
