/** What the table of permissions is made from: every operation, the groups that open it, and tokens to try it with. */
import assert from 'node:assert/strict'
import type { Operation } from '../../schemas/operation.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { users } from '../../schemas/users.ts'
import { resources } from '../../server/resources/index.ts'
import { digest, type Identity } from '../../server/rules/identity.ts'
import { type Target, targetOf } from '../../server/rules/target.ts'
import type { World } from '../../server/state/world.ts'
import { shared } from '../contract/material.ts'
import { ACCOUNT } from '../simulator.ts'

export const operations: readonly Operation[] = resources.flatMap(({ endpoints }) =>
  endpoints.map(({ operation }) => operation),
)

type Groups = readonly string[]

interface Published {
  paths: Record<string, Record<string, { 'x-api-token-group'?: Groups | null }>>
}

/** The path of an operation as documents write it: `/accounts/{account_id}`. */
const template = (path: string) =>
  path
    .replace(/\([^)]*\)/g, '')
    .replace(/(?<!:):([a-z]\w*)/g, '{$1}')
    .replace('::', ':')

/** Two operations of one sort are the same, however the parameters in their paths are called. */
const sortOf = (method: string, path: string) => `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`

/** The groups that the vendor's document lists, by operation; of what is not here, those of this project. */
function listedGroups(): ReadonlyMap<string, Groups> {
  const { text, skip } = shared('upstream/openapi.extended.json')
  if (skip) return new Map(operations.map(({ id, permissions }) => [id, permissions]))
  const { paths } = JSON.parse(text) as Published
  const published = new Map<string, Groups>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, one] of Object.entries(methods))
      published.set(sortOf(method, path), one['x-api-token-group'] ?? [])
  }
  return new Map(
    operations.flatMap(({ id, method, path }) => {
      const groups = published.get(sortOf(method, template(path)))
      return groups ? [[id, groups]] : []
    }),
  )
}

/** The groups that open each operation. */
export const ACCEPTED = listedGroups()

const IDS: Readonly<Record<string, string>> = {
  account_id: ACCOUNT,
  account_or_zone_id: ACCOUNT,
  organization_id: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8',
  tenant_id: 'b5e66421277d17727408bb42fcc70908',
  member_id: '4536bcfad5faccb111b47003c79917fa',
  token_id: 'ed17574386854bf78a67040be0a770b0',
}

/** The ids in the path of an operation: those of the documented world where they decide, else of nothing. */
export function paramsOf({ path }: Operation): Record<string, string> {
  const names = [...template(path).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return Object.fromEntries(
    names.map((name) => [name, name === 'accounts_or_zones' ? 'accounts' : (IDS[name] ?? '1'.repeat(32))]),
  )
}

/** A request for an operation, as `call` takes it. */
export function requestFor(operation: Operation): string {
  const params = paramsOf(operation)
  return `${operation.method} ${template(operation.path).replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')}`
}

/** What an operation is about in the documented world. */
export function targetIn(world: World, operation: Operation): Target {
  const target = targetOf(operation, paramsOf(operation), world)
  assert.ok(target, `${operation.id} names nothing`)
  return target
}

export type Effect = 'allow' | 'deny'
export type Said = [effect: Effect, groups: string[], resources: TokenRow['policies'][number]['resources']]

/** All that a token can be for. */
export const EVERYWHERE = {
  'com.cloudflare.api.account.*': '*',
  'com.cloudflare.api.account.zone.*': '*',
  'com.cloudflare.api.user.*': '*',
}

/** Who has the token that an operation is tried with: the documented account, or the documented user. */
export function ownerFor(target: Target, world: World): string {
  return 'account_id' in target ? ACCOUNT : world.resolve(users, 'user_id')
}

/** A token with these policies, by the names of their groups. It is in the world, and its value is given. */
export function putToken(world: World, owner_id: string, said: readonly Said[]): { row: TokenRow; value: string } {
  const value = world.secrets.text(40)
  const groups = world.store.table(permissionGroups)
  const row = world.store.table(tokens).put({
    id: world.ids.id(),
    owner_id,
    name: 'one',
    status: 'active',
    issued_on: '2026-01-01T00:00:00Z',
    modified_on: '2026-01-01T00:00:00Z',
    value_sha256: digest(value),
    policies: said.map(([effect, names, resources], at) => ({
      id: `policy ${at}`,
      effect,
      resources,
      permission_groups: groups
        .filter(({ name }) => names.includes(name))
        .all()
        .map(({ id }) => ({ id })),
    })),
  })
  return { row, value }
}

/** Who signs in with a token. */
export function identityWith(token: TokenRow, world: World): Identity & { token: TokenRow } {
  const user = world.store.table(users).get(token.owner_id)
  return { token, ...(user && { user }) }
}
