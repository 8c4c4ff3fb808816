/** Makes answers that break the contract, after the check of the contract, for faults that ask for it. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { Spoil } from '../../schemas/faults.ts'
import { stepsOf, valueAt } from '../pointer.ts'

type Parent = Record<string, unknown>

/**
 * A spoilt copy of a body. A pointer that leads nowhere in it spoils nothing. Without a pointer (`''`), `set` and
 * `type` are about the whole body, and `remove` leaves null in its place.
 *
 * `type` puts in a value that stands nowhere in the contract beside the one it replaces: the text of a number or a
 * boolean; 0 for a text or null; an empty list for an object, an empty object for a list.
 * @param body what is sent as JSON; it stays as it is
 * @example spoilt({ result: { id: 'a' } }, [{ type: '/result/id' }]) // { result: { id: 0 } }
 */
export function spoilt(body: unknown, spoils: readonly Spoil[]): unknown {
  // Rows are in there, and rows are never changed. A copy of what will be sent leaves out what JSON leaves out.
  const root: Parent = { '': JSON.parse(JSON.stringify(body)) }
  for (const spoil of spoils) apply(root, spoil)
  return root['']
}

function apply(root: Parent, spoil: Spoil): void {
  // The body stands under the empty key, so that it has a parent as everything else has.
  const pointer = `/${'remove' in spoil ? spoil.remove : 'set' in spoil ? spoil.set : spoil.type}`
  const parent = valueAt(root, pointer.slice(0, pointer.lastIndexOf('/')))
  const key = stepsOf(pointer)?.at(-1) ?? ''
  const value = valueAt(root, pointer)
  if ('set' in spoil) put(parent, key, spoil.value)
  else if (value === undefined) return
  else if ('type' in spoil) put(parent, key, ofAnotherType(value))
  else if (pointer === '/') root[key] = null
  else if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete (parent as Parent)[key]
}

/** Puts a value where there is one, or could be one: a new field, or a new last item of a list (`/result/-`). */
function put(parent: unknown, key: string, value: unknown): void {
  if (Array.isArray(parent)) {
    const at = key === '-' ? parent.length : Number(/^(?:0|[1-9]\d*)$/.exec(key)?.[0])
    if (at <= parent.length) parent[at] = value
  } else if (typeof parent === 'object' && parent !== null) {
    // Written so, `__proto__` is a field as any other.
    Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true })
  }
}

function ofAnotherType(value: unknown): unknown {
  if (Array.isArray(value)) return {}
  if (typeof value === 'object' && value !== null) return []
  return typeof value === 'string' || value === null ? 0 : String(value)
}

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('preSerialization', (request, _reply, payload, done) => {
    const spoils = request.strike?.effect.spoil
    done(null, spoils ? spoilt(payload, spoils) : payload)
  })
}

export default plugin(stage, { name: 'spoil', dependencies: ['contract', 'faults'] })
