/** API tokens of the user who asks. */
import type { Caller } from '../../schemas/operation.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { operations } from '../../schemas/user-tokens.ts'
import { users } from '../../schemas/users.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { actingUser, identityOf } from '../rules/identity.ts'
import { OF_USER, ownedTokens, verify } from '../rules/owned-tokens.ts'
import { tokenGroups } from '../rules/token-groups.ts'
import { TOKEN_REFUSALS } from '../rules/token-writing.ts'
import type { World } from '../state/world.ts'

export default resource(
  'User API Tokens',
  operations,
  (world) => {
    const of = (caller: Caller) => ownedTokens(actingUser(caller, world).id, OF_USER, world)

    return {
      list: ({ caller, query }) => of(caller).list(query),
      create: ({ caller, body }) => of(caller).create(body, caller),
      get: ({ caller, params }) => of(caller).get(meant(params.token_id, caller, world)),
      update: ({ caller, params, body }) => of(caller).update(meant(params.token_id, caller, world), body, caller),
      delete: ({ caller, params }) => of(caller).delete(meant(params.token_id, caller, world)),
      roll: ({ caller, params }) => of(caller).roll(meant(params.token_id, caller, world), caller),

      listGroups({ caller, query }) {
        // The catalogue is for users; the token of an account is refused.
        actingUser(caller, world)
        return tokenGroups('user', query, world)
      },

      verify: ({ caller, messages }) => verify(tokenOf(caller, world), messages, world),
    }
  },
  { '*': TOKEN_REFUSALS },
)

/** The token that was sent, if it is a user's: one of an account is as unknown here as any other (ERRORS.md §2.4). */
function tokenOf(caller: Caller, world: World): TokenRow | undefined {
  const row = identityOf(caller, world)?.token
  if (row && world.store.table(users).get(row.owner_id)) return row
  if (world.stateless) return exampleToken(world.resolve(users, 'user_id'), world)
  if (caller.token === undefined) throw fail('MISSING_AUTHORIZATION')
  return undefined
}

/**
 * The id that a path means. The documentation has one example of a token, here it is an account's; an example server
 * finds it among those of the user, too (see the option `stateless`).
 */
function meant(token_id: string, caller: Caller, world: World): string {
  if (!world.stateless || token_id !== world.resolve(tokens, 'token_id')) return token_id
  return exampleToken(actingUser(caller, world).id, world)?.id ?? token_id
}

/** The first token that a user made: the documented user's is the documented one. */
function exampleToken(user_id: string, world: World): TokenRow | undefined {
  return world.store.table(tokens, user_id).orderBy('issued_on').first()
}
