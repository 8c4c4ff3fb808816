/** Writes down a change as audit logs tell it. CONTRACT.md §8.10, ERRORS.md §7.7. */
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import type { Caller, Operation } from '../../schemas/operation.ts'
import type { Schema } from '../readings.ts'
import { isTooDeep } from '../state/journal/depth.ts'
import { hideMarked } from '../state/journal/marked-secrets.ts'
import type { World } from '../state/world.ts'
import { actionOf, kindOf, phraseOf } from './audited.ts'
import { identityOf, userBehind } from './identity.ts'
import type { Target } from './target.ts'

/** The fields that the entries of all logs have. */
export type CommonEntry = Pick<AuditLogRow, 'id' | 'action' | 'actor' | 'raw' | 'resource'>
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

/**
 * Who makes a change. Whoever the world does not know is the one for whom all operations take them: see `userBehind`.
 * To be asked before the change, which may be the end of the very token.
 */
export function actorOf({ caller, address, world }: Change): Actor {
  const identity = identityOf(caller, world)
  const user = identity ? identity.user : userBehind(caller, world)
  const token = identity?.token
  const context = CONTEXTS[caller.scheme]
  const isAccount = token !== undefined && user === undefined
  return {
    ...(user ? { id: user.id } : isAccount && { id: token.owner_id }),
    type: isAccount ? 'account' : 'user',
    ...(context && { context }),
    ...(user && { email: user.email }),
    ...(address && { ip_address: address }),
    ...(token && { token_id: token.id, token_name: token.name }),
  }
}

/**
 * The entry of a change that was made, or that failed; or of a read.
 * @param id of the entry
 * @param time of the entry, ISO 8601 with milliseconds
 * @param resourceId what was changed, where the path and the answer do not say it
 */
export function entryOf(
  change: Told,
  made: { id: string; time: string; actor: Actor; resourceId: string | undefined; status: number; result: unknown },
): CommonEntry {
  const { operation, params, agent, ray } = change
  const kind = kindOf(operation)
  const answered = idIn(made.result)
  const id = (kind?.param === undefined ? undefined : params[kind.param]) ?? made.resourceId ?? answered
  const request = requestOf(change)
  return {
    id: made.id,
    action: {
      description: phraseOf(operation),
      result: made.status < 400 ? 'success' : 'failure',
      time: made.time,
      type: actionOf(operation),
    },
    actor: made.actor,
    raw: {
      cf_ray_id: ray,
      method: operation.method,
      status_code: made.status,
      uri: uriOf(operation, params),
      ...(agent !== undefined && { user_agent: agent }),
    },
    resource: {
      ...(id !== undefined && { id }),
      ...(kind && { product: kind.product, type: kind.type }),
      ...(request && { request }),
      ...(answered !== undefined && { response: { id: answered } }),
    },
  }
}

/** The path as the service sees it: with ids in the place of the placeholders of documentation. */
function uriOf({ path }: Pick<Operation, 'path'>, params: Change['params']): string {
  return path.replace(/\(.*?\)/g, '').replace(/::|:(\w+)/g, (_, name?: string) => (name ? (params[name] ?? '') : ':'))
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
