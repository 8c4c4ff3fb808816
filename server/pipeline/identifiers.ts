/**
 * What the ids in a path stand for: placeholders are read right behind stage 0, so that every stage sees real ids; whether
 * there is such a thing is part of stage 6. ERRORS.md §3 has the evidence for every answer here.
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { accounts, deletedAccounts, zones } from '../../schemas/accounts.ts'
import type { Family } from '../../schemas/envelope.ts'
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import { members } from '../../schemas/members.ts'
import type { Operation } from '../../schemas/operation.ts'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { deletedOrganizations, organizations } from '../../schemas/organizations.ts'
import { resourceGroups } from '../../schemas/resource-groups.ts'
import { roles } from '../../schemas/roles.ts'
import { subscriptions } from '../../schemas/subscriptions.ts'
import type { TableKey } from '../../schemas/table.ts'
import { tenants } from '../../schemas/tenants.ts'
import { tokens } from '../../schemas/tokens.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { userSubscriptions } from '../../schemas/user-subscriptions.ts'
import { type ApiFailure, type FailureName, fail } from '../errors.ts'
import type { World } from '../state/world.ts'

type Key = TableKey<{ id: string }>

/** What a path parameter names. An owner must exist before anything below it is looked at. */
const NAMED: Record<string, { key: Key; owner?: true }> = {
  account_id: { key: accounts, owner: true },
  organization_id: { key: organizations, owner: true },
  member_id: { key: members },
  membership_id: { key: members },
  invite_id: { key: members },
  role_id: { key: roles },
  tenant_id: { key: tenants, owner: true },
  permission_group_id: { key: memberPermissionGroups },
  resource_group_id: { key: resourceGroups },
  user_group_id: { key: userGroups },
  subscription_identifier: { key: subscriptions },
  identifier: { key: userSubscriptions },
  token_id: { key: tokens },
}

const OWNERS: Record<string, Key> = { accounts, zones }

/** What an owner that does not exist, or is not the caller's, is answered with. */
const UNKNOWN_OWNER: Record<Family, FailureName> = {
  iam: 'UNAUTHORIZED',
  billing: 'UNAUTHORIZED',
  organizations: 'UNKNOWN_ORGANIZATION',
  audit: 'AUTHENTICATION',
}

const WELL_FORMED = /^[0-9a-f]{32}$/i

type Params = Record<string, string>

/** An id in a path. */
interface IdIn {
  name: string
  /** What it names; undefined where the path says whether that is an account or a zone. */
  key: Key | undefined
  isOwner: boolean
}

const known = new WeakMap<Operation, readonly IdIn[]>()

/** The ids in the path of an operation, in their order. Which these are is the same for each request. */
function idsIn(operation: Operation, params: Params): readonly IdIn[] {
  let ids = known.get(operation)
  if (!ids) {
    ids = Object.keys(params).flatMap((name) => idIn(name, params, operation.path) ?? [])
    known.set(operation, ids)
  }
  return ids
}

function idIn(name: string, params: Params, path: string): IdIn | undefined {
  if (name === 'account_or_zone_id') return { name, key: undefined, isOwner: true }
  // What a user belonged to before there were organizations: accounts. An unknown one is "not found".
  if (name === 'organization_id' && path.startsWith('/user/')) return { name, key: accounts, isOwner: false }
  if (name === 'member_id' && params.organization_id !== undefined)
    return { name, key: organizationMembers, isOwner: false }
  const { key, owner = false } = NAMED[name] ?? {}
  return key && { name, key, isOwner: owner }
}

/**
 * Looks the ids of a path up.
 * @throws ApiFailure for an id that names nothing and cannot be one, and for an owner that does not exist
 */
export function lookUp(
  params: Params,
  { operation, world, url }: { operation: Operation; world: World; url: string },
): void {
  let owner: { key: Key; id: string } | undefined
  for (const { name, key = ownerKey(params), isOwner } of idsIn(operation, params)) {
    const id = params[name] as string
    const row = world.store.table(key).get(id)
    if (row) {
      // One string for all rows that name it: that of the path is a part of the URL, which it would keep, and two of
      // them are compared character by character.
      params[name] = row.id
      continue
    }
    if (!WELL_FORMED.test(id)) throw malformed(id, key, { operation, path: url.split('?', 1)[0] as string })
    if (isOwner) owner ??= { key, id }
  }
  if (owner) throw unknown(owner.id, owner.key, operation, world)
}

function ownerKey({ accounts_or_zones = '' }: Params): Key {
  return OWNERS[accounts_or_zones] ?? accounts
}

function malformed(id: string, key: Key, { operation, path }: { operation: Operation; path: string }): ApiFailure {
  const offset = id.search(/[^0-9a-f]/i)
  if (key === members && operation.path.startsWith('/accounts/') && id.length === 32) {
    return fail('MEMBER_ID_CHARACTER', { id, character: id[offset] ?? '', offset })
  }
  return fail(operation.family === 'audit' ? 'COULD_NOT_ROUTE_GATEWAY' : 'COULD_NOT_ROUTE', { path })
}

function unknown(id: string, key: Key, operation: Operation, world: World): ApiFailure {
  // Terraform takes 404 for "gone"; for what never was, the live service answers 403.
  if (key === accounts && world.store.table(deletedAccounts).get(id)) return fail('ACCOUNT_NOT_FOUND')
  if (key === organizations && world.store.table(deletedOrganizations).get(id)) return fail('ORGANIZATION_NOT_FOUND')
  const isTheAccountItself = operation.path === '/accounts/:account_id'
  return fail(isTheAccountItself ? 'INVALID_ACCOUNT' : UNKNOWN_OWNER[operation.family])
}

const reading: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    const operation = request.operation
    if (operation) {
      const params = request.params as Params
      for (const { name, key = ownerKey(params) } of idsIn(operation, params)) {
        params[name] = request.world.resolve(key, params[name] as string)
      }
    }
    done()
  })
}

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    const operation = request.operation
    if (!operation) return done()
    try {
      lookUp(request.params as Params, { operation, world: request.world, url: request.url })
      done()
    } catch (failure) {
      done(failure as Error)
    }
  })
}

/** Puts the ids that the documentation's placeholders stand for in their place. */
export const placeholders = plugin(reading, { name: 'placeholders', dependencies: ['world'] })
export default plugin(stage, { name: 'identifiers', dependencies: ['placeholders', 'authentication'] })
