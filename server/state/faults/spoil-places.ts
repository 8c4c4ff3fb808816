/** Where a fault may spoil an answer: a pointer that is in no answer spoils nothing. */
import { failure, success } from '../../../schemas/envelope.ts'
import type { Spoil } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { didYouMean, thereAre } from '../../near.ts'
import { stepsOf, stepTo } from '../../pointer.ts'
import { closed, type Schema } from '../../readings.ts'
import { FaultError, shown } from './errors.ts'

interface Answers {
  /** Undefined when it has no body. */
  success: Schema | undefined
  failure: Schema
}

const answers = new WeakMap<Operation, Answers>()

function answersOf(operation: Operation): Answers {
  let found = answers.get(operation)
  if (!found) {
    const { family, status } = operation
    found = {
      success: status === 204 ? undefined : closed(success(operation)),
      failure: closed(failure(family)),
    }
    answers.set(operation, found)
  }
  return found
}

/**
 * Refuses a pointer that leads to nothing in any answer.
 * @param operations those whose answers may be spoilt
 * @param isError whether they are all failures
 * @throws FaultError that points to the pointer, in one entry of `spoil`
 * @example refuseSpoil({ remove: '/result/0/nmae' }, operations, false) // Did you mean "name"?
 */
export function refuseSpoil(spoil: Spoil, operations: readonly Operation[], isError: boolean): void {
  const [verb, pointer] =
    'remove' in spoil ? ['remove', spoil.remove] : 'set' in spoil ? ['set', spoil.set] : ['type', spoil.type]
  const steps = stepsOf(pointer as string)
  if (!steps) {
    throw new FaultError(`/${verb}`, `must be a JSON pointer such as /result/id, not ${shown(pointer)}.`)
  }
  let nodes: readonly Schema[] = operations.flatMap((operation) => {
    const { success: good, failure: bad } = answersOf(operation)
    return isError || !good ? [bad] : [good, bad]
  })
  for (const [at, step] of steps.entries()) {
    const below = nodes.flatMap((node) => childrenOf(node, step))
    if (below.length === 0) {
      if (verb === 'set' && at === steps.length - 1 && canAdd(nodes, step)) return
      throw new FaultError(`/${verb}`, deadEnd(nodes, steps.slice(0, at), step, isError))
    }
    nodes = below
  }
}

const INDEX = /^(?:0|[1-9]\d*)$/

/** What a schema says about one step further down. */
function childrenOf(node: Schema, step: string): readonly Schema[] {
  const { anyOf, properties, additionalProperties, items, type } = node
  if (anyOf) return anyOf.flatMap((form) => childrenOf(form, step))
  if (items) return INDEX.test(step) && Number(step) < Number(node.maxItems ?? Number.POSITIVE_INFINITY) ? [items] : []
  if (properties && Object.hasOwn(properties, step)) return [properties[step] as Schema]
  if (additionalProperties) return additionalProperties === true ? [{}] : [additionalProperties]
  // Without a word about what is in it, anything may be.
  return type === undefined || (type === 'object' && !properties && !node.enum) ? [{}] : []
}

/** Whether a field or an item may be added there. A name that looks like a slip is taken for one. */
function canAdd(nodes: readonly Schema[], step: string): boolean {
  return formsOf(nodes).some(({ properties, items }) => {
    if (items) return step === '-'
    return properties && didYouMean(step, Object.keys(properties)) === ''
  })
}

const formsOf = (nodes: readonly Schema[]): readonly Schema[] =>
  nodes.flatMap(({ anyOf, ...rest }) => (anyOf ? formsOf(anyOf) : [rest]))

function deadEnd(nodes: readonly Schema[], above: readonly string[], step: string, isError: boolean): string {
  const place = above.length === 0 ? 'the body' : above.map(stepTo).join('')
  const start = `leads nowhere: no ${isError ? 'failure' : 'answer'} has ${shown(step)} in ${place}.`
  const forms = formsOf(nodes)
  if (forms.some(({ items }) => items)) return `${start} It is a list, whose items have numbers: ${place}/0.`
  const names = [...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)))]
  if (names.length === 0) return `${start} There is nothing in it.`
  return `${start}${didYouMean(step, names)}${thereAre(names, 'field')}`
}
