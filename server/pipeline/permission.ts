/** Stage 4: whether whoever asks may do this. Only where credentials must exist: `--auth enforce`. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import { accounts } from '../../schemas/accounts.ts'
import { GATEWAY } from '../../schemas/envelope.ts'
import type { Operation } from '../../schemas/operation.ts'
import { type FailureName, fail } from '../errors.ts'
import { denial } from '../rules/access.ts'
import type { Identity } from '../rules/identity.ts'
import type { Target } from '../rules/target.ts'
import { seesAccount } from '../rules/visible-accounts.ts'
import type { World } from '../state/world.ts'
import { lookUp } from './identifiers.ts'

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', (request, _reply, done) => {
    const { identity, target, world } = request
    const operation = request.operation
    // An owner that does not exist is a matter of the stage `identifiers`.
    if (!operation || !target || !identity) return done()
    const denied = denial(identity, operation, target, world)
    if (!denied) return done()
    try {
      // What cannot be an id is told first (ERRORS.md §3).
      lookUp(request.params as Record<string, string>, { operation, world, url: request.url })
    } catch (failure) {
      return done(failure as Error)
    }
    done(fail(refusalOf(operation, isAccountSeen(identity, target, world)), {}, { denied }))
  })
}

/** The answer does not explain itself, as upstream's does not (ERRORS.md §2.3). */
function refusalOf({ family, path }: Operation, isSeen: boolean): FailureName {
  // An account of others is answered as one that there is not (ERRORS.md §3).
  if (path === '/accounts/:account_id' && !isSeen) return 'INVALID_ACCOUNT'
  // A user's token without `Memberships Read` was refused so (cloudflare/wrangler-action #314): wrangler relies on it.
  const isBehindGateway = GATEWAY.includes(family) || path.startsWith('/memberships')
  return isBehindGateway ? 'AUTHENTICATION' : 'UNAUTHORIZED'
}

function isAccountSeen(identity: Identity, target: Target, world: World): boolean {
  const row = target.kind === 'account' ? world.store.table(accounts).get(target.account_id) : undefined
  return row !== undefined && seesAccount(identity, row, world)
}

export default plugin(stage, { name: 'permission', dependencies: ['target'] })
