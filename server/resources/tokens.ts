/** Account-owned API tokens. */
import type { Caller } from '../../schemas/operation.ts'
import { operations, type TokenRow, tokens } from '../../schemas/tokens.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { identityOf } from '../rules/identity.ts'
import { OF_ACCOUNT, ownedTokens, verify } from '../rules/owned-tokens.ts'
import { TOKEN_REFUSALS } from '../rules/token-writing.ts'
import type { World } from '../state/world.ts'

export default resource(
  'Account Owned API Tokens',
  operations,
  (world) => {
    const of = (params: { account_id: string }) => ownedTokens(params.account_id, OF_ACCOUNT, world)

    return {
      list: ({ params, query }) => of(params).list(query),
      create: ({ params, body, caller }) => of(params).create(body, caller),
      get: ({ params }) => of(params).get(params.token_id),
      update: ({ params, body, caller }) => of(params).update(params.token_id, body, caller),
      delete: ({ params }) => of(params).delete(params.token_id),
      verify: ({ params, caller, messages }) => verify(tokenOf(caller, params.account_id, world), messages, world),
      roll: ({ params, caller }) => of(params).roll(params.token_id, caller),
    }
  },
  { '*': TOKEN_REFUSALS },
)

/** The account's token that was sent. */
function tokenOf(caller: Caller, account_id: string, world: World): TokenRow | undefined {
  const row = identityOf(caller, world)?.token
  if (row?.owner_id === account_id) return row
  if (world.stateless) return exampleToken(account_id, world)
  if (caller.token === undefined) throw fail('MISSING_AUTHORIZATION')
  if (row) throw fail('VERIFIED_ELSEWHERE')
  return undefined
}

/**
 * The documented token, which an example server takes every request to carry (see the option `stateless`): the SDK
 * suites sign in with a key, or with a user's token, and yet expect a token of the account to be verified.
 */
function exampleToken(account_id: string, world: World): TokenRow | undefined {
  return world.store.table(tokens, account_id).get(world.resolve(tokens, 'token_id'))
}
