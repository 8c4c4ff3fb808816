/** The catalogue of token permission groups, as an account's tokens may have them. */
import { operations, permissionGroups } from '../../schemas/permission-groups.ts'
import { resource } from '../resource.ts'

/** These belong to the tokens of users (ERRORS.md §7.5). */
const USER = 'com.cloudflare.api.user'

export default resource('Account Owned API Tokens', operations, (world) => ({
  list: ({ query }) =>
    world.store
      .table(permissionGroups)
      .filter(({ scopes }) => !scopes.includes(USER))
      .filter(query.scope === undefined ? undefined : ({ scopes }) => scopes.some((scope) => scope === query.scope))
      .filter(query.name === undefined ? undefined : named(query.name))
      .orderBy('name'),
}))

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
