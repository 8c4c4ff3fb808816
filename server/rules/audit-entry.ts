/** Writes down a change as audit logs tell it. CONTRACT.md §8.10, ERRORS.md §7.7. */
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import type { Caller, Operation } from '../../schemas/operation.ts'
import { tokens } from '../../schemas/tokens.ts'
import { users } from '../../schemas/users.ts'
import { Capped } from '../capped.ts'
import type { Schema } from '../readings.ts'
import { derived } from '../state/derived.ts'
import { isTooDeep } from '../state/journal/depth.ts'
import { hideMarked } from '../state/journal/marked-secrets.ts'
import type { World } from '../state/world.ts'
import { auditedAs } from './audited.ts'
import { identityOf, userBehind } from './identity.ts'
import type { Target } from './target.ts'

/** The fields that the entries of all logs have. */
export type CommonEntry = Pick<AuditLogRow, 'id' | 'action' | 'actor' | 'raw' | 'resource'>
/** An entry that tells everything, as those of changes do. */
export type WholeEntry = Required<CommonEntry>
type Actor = NonNullable<AuditLogRow['actor']>

/** A request that changes something, or reads what is sensitive, without any word of HTTP. */
export interface Change {
  operation: Operation
  /** Those of the path, placeholders resolved. */
  params: Readonly<Record<string, string>>
  /** As it was sent, without what no schema knows. */
  body: unknown
  /** How long the body was, in characters. */
  bodyLength: number
  caller: Caller
  /** What it is about; undefined where the path names an owner that there is not. */
  target: Target | undefined
  /** Where it came from; empty when there is no address. */
  address: string
  agent: string | undefined
  /** The ray of the answer, without its place. */
  ray: string
  world: World
}

/** What an entry tells of a change: the part of it that needs no world. */
export type Told = Pick<Change, 'params' | 'body' | 'bodyLength' | 'agent' | 'ray'> & {
  operation: Pick<Operation, 'method' | 'path' | 'summary' | 'body'>
}

const CONTEXTS: Readonly<Record<Caller['scheme'], Actor['context']>> = {
  api_token: 'api_token',
  api_key: 'api_key',
  user_service_key: 'origin_ca_key',
  none: undefined,
}

/** Longer bodies are left out: entries stay for good. */
const LONGEST_BODY = 65_536

/** Of how many addresses it is remembered what a caller is called, when they come from there. */
const ADDRESSES = 100

/** By address. All entries of a caller share what they tell of them: each has less to keep, and the collector to copy. */
const actors = derived([tokens, users], (_caller: Caller) => new Capped<string, Actor>(ADDRESSES))

/**
 * Who makes a change. Whoever the world does not know is the one for whom all operations take them: see `userBehind`.
 * To be asked before the change, which may be the end of the very token.
 */
export function actorOf(change: Change): Actor {
  const known = actors(change.caller, change.world)
  let actor = known.get(change.address)
  if (!actor) {
    actor = actorNow(change)
    known.set(change.address, actor)
  }
  return actor
}

function actorNow({ caller, address, world }: Change): Actor {
  const identity = identityOf(caller, world)
  const user = identity ? identity.user : userBehind(caller, world)
  const token = identity?.token
  const context = CONTEXTS[caller.scheme]
  const isAccount = token !== undefined && user === undefined
  const id = isAccount ? token.owner_id : user?.id
  const actor: Actor = id === undefined ? { type: 'user' } : { id, type: isAccount ? 'account' : 'user' }
  if (context) actor.context = context
  if (user) actor.email = user.email
  if (address) actor.ip_address = address
  if (token) {
    actor.token_id = token.id
    actor.token_name = token.name
  }
  return actor
}

/**
 * The entry of a change that was made, or that failed; or of a read.
 * @param id of the entry
 * @param time of the entry, ISO 8601 with milliseconds
 * @param resourceId what was changed, where the path and the answer do not say it
 * @param scope what the log that it is written into is about
 */
export function entryOf(
  change: Told,
  made: {
    id: string
    time: string
    actor: Actor
    resourceId: string | undefined
    scope?: Record<string, unknown> | undefined
    status: number
    result: unknown
  },
): WholeEntry {
  const { operation, params, agent, ray } = change
  const { kind, action, phrase, path } = auditedAs(operation)
  const answered = idIn(made.result)
  const id = (kind?.param === undefined ? undefined : params[kind.param]) ?? made.resourceId ?? answered
  const request = requestOf(change)
  const raw: WholeEntry['raw'] = {
    cf_ray_id: ray,
    method: operation.method,
    status_code: made.status,
    uri: uriOf(path, params),
  }
  if (agent !== undefined) raw.user_agent = agent
  const resource: WholeEntry['resource'] = id === undefined ? {} : { id }
  if (kind) {
    resource.product = kind.product
    resource.type = kind.type
  }
  if (request) resource.request = request
  if (answered !== undefined) resource.response = { id: answered }
  if (made.scope) resource.scope = made.scope
  return {
    id: made.id,
    action: { description: phrase, result: made.status < 400 ? 'success' : 'failure', time: made.time, type: action },
    actor: made.actor,
    raw,
    resource,
  }
}

/** The path as the service sees it: with ids in the place of the placeholders of documentation. */
function uriOf(path: readonly string[], params: Change['params']): string {
  let uri = ''
  for (let at = 0; at < path.length; at += 1) {
    const part = path[at] as string
    uri += at % 2 === 0 ? part : (params[part] ?? '')
  }
  return uri
}

/** The id of what was made. */
function idIn(result: unknown): string | undefined {
  const id = typeof result === 'object' && result !== null ? (result as { id?: unknown }).id : undefined
  return typeof id === 'string' ? id : undefined
}

/** What was sent, without secrets; nothing where it would weigh too much, or could not be shown again. */
function requestOf({ operation, body, bodyLength }: Told): Record<string, unknown> | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  if (bodyLength > LONGEST_BODY || isTooDeep(body)) return undefined
  const shown = operation.body ? hideMarked(operation.body as Schema, body) : undefined
  // Entries have room for an object only: a list, which groups of users take, stands in one by a name of ours.
  if (Array.isArray(shown)) return { body: shown }
  return typeof shown === 'object' && shown !== null ? (shown as Record<string, unknown>) : undefined
}
