/** Whether a credential is good. ERRORS.md §2.2 and §2.3 have the evidence for every answer here. */
import { GATEWAY } from '../../schemas/envelope.ts'
import type { Caller, Operation } from '../../schemas/operation.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { AUTH_FAILURES, VERIFIED_FROM_ANYWHERE } from '../assumed.ts'
import { type ApiFailure, type FailureName, fail, NO_USER } from '../errors.ts'
import type { World } from '../state/world.ts'
import { clientAddress, type Heard, isFrom } from './client-address.ts'
import { identityOf, type Recognised, recognised } from './identity.ts'
import { hasExpired, isEarly } from './validity.ts'

/** What a credential is wanted for. */
export interface Occasion {
  operation: Operation
  /** Whoever sent it. */
  from: Heard
  world: World
}

/** What a credential is that nobody has, by how it was sent. */
const UNKNOWN = {
  api_token: 'INVALID_ACCESS_TOKEN',
  api_key: 'UNKNOWN_KEY',
  user_service_key: 'UNKNOWN_SERVICE_KEY',
  none: 'NO_CREDENTIALS',
} as const satisfies Record<Caller['scheme'], FailureName>

/** Somebody who asks, where credentials must exist. */
export type SignedIn = { [Name in keyof Recognised]: NonNullable<Recognised[Name]> }

/**
 * Finds out who asks, where credentials must exist.
 * @throws ApiFailure for a credential that nobody has, and for a token that is of no use now, here, or on this path
 */
export function signIn(caller: Caller, occasion: Occasion): SignedIn {
  const { operation, from, world } = occasion
  const { identity, signedIn } = recognised(caller, world)
  if (!identity || !signedIn) throw refusal(UNKNOWN[caller.scheme], occasion)
  const { token } = identity
  if (token) {
    const fault = faultOf(token, world)
    if (fault) throw refusal(fault, occasion)
    holdToAddress(token, from)
    if (!identity.user) refuseOnUserPaths(operation)
  }
  return { identity, signedIn }
}

/**
 * Lets a verification pass, which says by itself what there is to say of a token that is of no use.
 * @throws ApiFailure for a good token that may not be used from here
 */
export function admitToVerify(caller: Caller, { from, world }: Occasion): void {
  if (!VERIFIED_FROM_ANYWHERE) {
    const token = identityOf(caller, world)?.token
    if (token && !faultOf(token, world)) holdToAddress(token, from)
  }
}

function holdToAddress({ condition }: TokenRow, from: Heard): void {
  if (!condition) return
  const address = clientAddress(from)
  if (!isFrom(address, condition)) throw fail('WRONG_LOCATION', { address })
}

/** Why a token is of no use at this time; undefined when it is good. */
function faultOf(token: TokenRow, world: World): FailureName | undefined {
  if (token.status !== 'active') return 'TOKEN_DISABLED'
  if (isEarly(token, world)) return 'TOKEN_NOT_YET_VALID'
  return hasExpired(token, world) ? 'TOKEN_EXPIRED' : undefined
}

/** What a credential is refused with that is no good. Whoever tries too often is told so. */
function refusal(name: FailureName, { operation, from, world }: Occasion): ApiFailure {
  const { isOver } = world.limits.take('refused credentials', clientAddress(from), AUTH_FAILURES)
  if (GATEWAY.includes(operation.family)) return fail('AUTHENTICATION')
  return fail(isOver ? 'MAX_AUTH_FAILURES' : name)
}

/** The token of an account stands for no user. */
function refuseOnUserPaths({ path }: Operation): void {
  if (path.startsWith('/memberships')) throw fail('AUTHENTICATION_FAILED', {}, { denied: NO_USER })
  if (/^\/(?:user|tenants)(?:\/|$)/.test(path)) throw fail('USER_ONLY', {}, { denied: NO_USER })
}
