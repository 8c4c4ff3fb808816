/** JSON pointers (RFC 6901): `/result/0/id`. A step writes `~` as `~0` and `/` as `~1`. */

/**
 * A key as a step of a pointer, with its slash.
 * @example `/aliases${stepTo('a/b')}` // '/aliases/a~1b'
 */
export function stepTo(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/**
 * The keys that a pointer leads through; none for `''`, which is the value itself. Undefined for what is no pointer.
 * @example stepsOf('/result/0/a~1b') // ['result', '0', 'a/b']
 */
export function stepsOf(pointer: string): string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * What a pointer leads to; undefined when there is nothing, and for what is no pointer.
 * @example valueAt({ result: [{ id: 'a' }] }, '/result/0/id') // 'a'
 */
export function valueAt(value: unknown, pointer: string): unknown {
  const steps = stepsOf(pointer)
  if (!steps) return undefined
  return steps.reduce<unknown>((node, step) => (hasStep(node, step) ? node[step] : undefined), value)
}

function hasStep(node: unknown, step: string): node is Record<string, unknown> {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return false
  // The length of a list is its own, and no item of it.
  return !Array.isArray(node) || step !== 'length'
}
