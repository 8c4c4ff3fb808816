/** The catalogue of permission groups for tokens, as it is searched. CONTRACT.md §8.9, ERRORS.md §7.5. */
import type { View } from '../../schemas/operation.ts'
import { permissionGroups, type TokenPermissionGroup } from '../../schemas/permission-groups.ts'
import type { World } from '../state/world.ts'
import { USER } from './resource-names.ts'

/** Whose a token is. */
export type TokenOwner = 'account' | 'user'

/** A group for users is of no use to the token of an account, behind which there is no user (ERRORS.md §7.5). */
const isFor = (owner: TokenOwner, { scopes = [] }: TokenPermissionGroup): boolean =>
  owner === 'user' || !scopes.includes(USER)

/** A group by its id, where tokens of this owner may have it. */
export function tokenGroup(owner: TokenOwner, id: string, world: World): TokenPermissionGroup | undefined {
  const group = world.store.table(permissionGroups).get(id)
  return group && isFor(owner, group) ? group : undefined
}

/** The groups that a token may have, by owner, ordered by name. A name or a scope must be the whole one. */
export function tokenGroups(
  owner: TokenOwner,
  { name, scope }: { name?: string; scope?: string },
  world: World,
): View<TokenPermissionGroup> {
  return world.store
    .table(permissionGroups)
    .filter((group) => isFor(owner, group))
    .filter(scope === undefined ? undefined : ({ scopes }) => scopes.some((one) => one === scope))
    .filter(name === undefined ? undefined : named(name))
    .orderBy('name')
}

/** The name as sent, or decoded once more: SDK users encode it themselves (CONTRACT.md, trap 26). */
function named(sent: string): (row: { name: string }) => boolean {
  let decoded = sent
  try {
    decoded = decodeURIComponent(sent)
  } catch {
    // A lone percent sign: the name stands for itself.
  }
  return ({ name }) => name === sent || name === decoded
}
