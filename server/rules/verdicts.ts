/** What somebody may do to what, remembered: it is asked for with each request, and hardly ever changes. */
import type { TableKey } from '../../schemas/table.ts'
import { derived } from '../state/derived.ts'
import type { Row } from '../state/table.ts'
import type { World } from '../state/world.ts'
import type { Target } from './target.ts'

type Judge<Who, Asked, About, Verdict> = (who: Who, asked: Asked, target: About, world: World) => Verdict

/**
 * Has a judge remember verdicts until a collection changes that it looks into: see {@link derived}.
 * @param keys every collection that `judge` looks into; beside them and what it is given, it may depend on nothing
 * @param judge of what is asked for there are few: operations. Targets are remembered as objects, those of `targetOf`
 * are the same for each request
 * @example const decide = verdicts([permissionGroups], (token: TokenRow, operation: Operation, target: Target, world) => …)
 */
export function verdicts<Who extends object, Asked, About extends Target, Verdict>(
  keys: readonly TableKey<Row>[],
  judge: Judge<Who, Asked, About, Verdict>,
): Judge<Who, Asked, About, Verdict> {
  const known = derived(keys, (_who: Who) => new Map<Asked, WeakMap<About, Verdict>>())
  return (who, asked, target, world) => {
    const byOperation = known(who, world)
    let byTarget = byOperation.get(asked)
    if (!byTarget) {
      byTarget = new WeakMap()
      byOperation.set(asked, byTarget)
    }
    let verdict = byTarget.get(target)
    if (verdict === undefined) {
      verdict = judge(who, asked, target, world)
      byTarget.set(target, verdict)
    }
    return verdict
  }
}
