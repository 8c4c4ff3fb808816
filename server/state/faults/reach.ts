/** Which operations a rule can match. One that can match none is a mistake, and is told which. */
import type { Match } from '../../../schemas/faults.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { EMAIL } from '../../assumed.ts'
import { KEY, TOKEN } from '../../credentials.ts'
import { didYouMean, thereAre } from '../../near.ts'
import { FaultError, shown } from './errors.ts'
import { belowApi, canMatch } from './path-glob.ts'
import { documented, globsOf, hasAccount } from './templates.ts'

type Operations = readonly Operation[]

/**
 * The operations that a match can fit.
 * @throws FaultError that points into `match`: for an operation, a method, a path or an account that, together with
 * what stands before it, fits none; and for what nobody can sign in with
 * @example reachOf({ method: 'GET', path: '/accounts/*\/roles' }, operations) // the one that lists roles
 */
export function reachOf(match: Match, operations: Operations): Operations {
  let left = operations
  const keep = (field: keyof Match, fits: (operation: Operation) => boolean, problem: (left: Operations) => string) => {
    const fitting = left.filter(fits)
    if (fitting.length === 0) throw new FaultError(`/${field}`, problem(left))
    left = fitting
  }
  const { operation, method, path, account_id, credential } = match
  if (credential !== undefined) refuseCredential(credential)
  if (operation !== undefined) {
    keep(
      'operation',
      ({ id }) => id === operation,
      () =>
        `must be the id of an operation, not ${shown(operation)}.${near(
          operation,
          operations.map(({ id }) => id),
        )}`,
    )
  }
  if (method !== undefined)
    keep(
      'method',
      (one) => one.method === method,
      (rest) => wrongMethod(method, match, rest),
    )
  if (path !== undefined) {
    const fits = canMatch(path)
    keep(
      'path',
      (one) => fits(one.path),
      (rest) => wrongPath(path, match, rest),
    )
  }
  if (account_id !== undefined) {
    keep(
      'account_id',
      (one) => hasAccount(one.path),
      (rest) => `cannot be matched: there is no account in ${pathsOf(rest)}. Leave it out.`,
    )
  }
  return left
}

/** Whoever comes with something else is refused before any rule is asked, or is nobody. It is not told: it is a secret. */
function refuseCredential(credential: string): void {
  if (TOKEN.test(credential) || EMAIL.test(credential)) return
  const what = 'must be a bearer token (40 to 80 letters, digits, "_" and "-") or an e-mail address'
  if (KEY.test(credential)) throw new FaultError('/credential', `${what}: that of a global key stands for the key.`)
  if (/^Bearer\s/i.test(credential)) throw new FaultError('/credential', `${what}: leave "Bearer" out.`)
  throw new FaultError('/credential', `${what}; nobody can sign in with anything else.`)
}

function near(name: string, names: readonly string[]): string {
  return didYouMean(name, names) || thereAre(names, 'operation')
}

function wrongMethod(method: string, { operation }: Match, rest: Operations): string {
  const methods = [...new Set(rest.map((one) => one.method))].join(', ')
  if (operation !== undefined) return `must be ${methods}, as "${operation}" is, not ${method}; or left out.`
  return `must be one that an operation has, not ${method}: ${methods}.`
}

function wrongPath(path: string, { operation, method }: Match, rest: Operations): string {
  if (operation !== undefined) {
    return `must fit ${pathsOf(rest)}, the path of "${operation}", which ${shown(path)} does not; or be left out.`
  }
  const globs = rest.flatMap((one) => globsOf(one.path))
  const which = method === undefined ? 'an operation' : `an operation with the method ${method}`
  return `must fit the path of ${which}, which ${shown(path)} does not.${didYouMean(belowApi(path), globs)}`
}

function pathsOf(operations: Operations): string {
  const paths = [...new Set(operations.map(({ path }) => documented(path)))]
  return paths.length > 3 ? `${paths.slice(0, 3).join(', ')} …` : paths.join(', ')
}
