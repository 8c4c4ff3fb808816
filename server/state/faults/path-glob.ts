/** Globs over paths: which paths they match, and whether a path of an operation can be among them. */
import picomatch from 'picomatch'
import { API } from '../../paths.ts'
import { FaultError, shown } from './errors.ts'
import { type Choice, choicesOf } from './templates.ts'

/** No path of an operation is longer; the time that a glob takes grows with more than its length. */
const LONGEST = 1024

/** What a glob is not made of. To some it has a meaning, but none is needed for the paths of an API. */
const FOREIGN = /[^\w~.:@%,{}*?/-]/u

/** `:account_id` and `{account_id}`, as documents write a segment that may be anything. */
const PARAMETER = /(?<=\/)(?::\w+|\{\w+\})(?=\/|$)/g

const OPTIONS = { dot: true, nonegate: true, noextglob: true, strictBrackets: true }

/**
 * Reads a glob over paths below `/client/v4`.
 * @param glob with or without `/client/v4`: `*` is one segment, `**` any number, `{a,b}` one of several
 * @throws FaultError that points to `/path`, for one that is malformed, or would take too long to match
 * @example pathGlob('/accounts/*\/members/**')('/accounts/1/members') // true
 */
export function pathGlob(glob: string): (path: string) => boolean {
  const matches = matcher(normal(glob), glob)
  return (path) => path.length <= LONGEST && matches(path)
}

/**
 * Finds out whether a glob can match paths of an operation. Where that is hard to tell, it can.
 * @returns takes the path as the operation has it: `/accounts/:account_id/members`
 * @throws FaultError as {@link pathGlob}
 * @example canMatch('/accounts/*\/members')('/accounts/:account_id/roles') // false
 */
export function canMatch(glob: string): (template: string) => boolean {
  const whole = normal(glob)
  matcher(whole, glob)
  if (hasLongAlternatives(whole)) return () => true
  const steps = whole
    .slice(1)
    .split('/')
    .map((segment) => (segment === '**' ? ANY_NUMBER : picomatch.makeRe(segment || '/', OPTIONS)))
  return (template) => unify(steps, choicesOf(template))
}

/** What a segment must look like; or any number of segments. */
type Step = RegExp | typeof ANY_NUMBER
const ANY_NUMBER = Symbol('**')

/** Whether a slash stands within braces. */
function hasLongAlternatives(glob: string): boolean {
  let depth = 0
  for (const character of glob) {
    if (character === '{') depth += 1
    else if (character === '}') depth -= 1
    else if (character === '/' && depth > 0) return true
  }
  return false
}

/** Whether a glob can be a path. */
function unify(glob: readonly Step[], path: readonly Choice[]): boolean {
  const [first, ...rest] = glob
  if (first === undefined) return path.length === 0
  if (first === ANY_NUMBER) return unify(rest, path) || (path.length > 0 && unify(glob, path.slice(1)))
  if (path.length === 0) return false
  const [words, ...others] = path
  return (words === undefined || words.some((word) => first.test(word))) && unify(rest, others)
}

/** A path or a glob without the prefix of the API. */
export function belowApi(path: string): string {
  return path === API || path.startsWith(`${API}/`) ? path.slice(API.length) : path
}

/** Below `/client/v4`, slashes and parameters as routing has them. */
function normal(glob: string): string {
  const below = belowApi(glob)
  const rooted = /^(?:\/|\{\/)/.test(below) ? below : `/${below}`
  return (
    rooted
      .replace(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, '')
      .replace(PARAMETER, '*')
      // As in the routes of operations, a doubled colon is a colon.
      .replaceAll('::', ':') || '/'
  )
}

/** @param given as it stands in messages */
function matcher(glob: string, given: string): (path: string) => boolean {
  const problem = problemOf(glob)
  if (problem) throw new FaultError('/path', `${problem}, not ${shown(given)}.`)
  try {
    // The expression by itself is several times faster than the function around it.
    const expression = picomatch.makeRe(glob, OPTIONS)
    return (path) => expression.test(path)
  } catch (error) {
    throw new FaultError('/path', `must be a glob, not ${shown(given)}: ${(error as Error).message}.`)
  }
}

/** What picomatch would take all the same. */
function problemOf(glob: string): string | undefined {
  if (/\?[^/]*=/.test(glob)) return 'must be a glob over the path, which the query is no part of'
  const [odd] = FOREIGN.exec(glob) ?? []
  if (odd !== undefined) {
    return `must be a glob of "*", "**", "?", "{a,b}" and what stands in paths, without "${odd}"`
  }
  if (glob.length > LONGEST) return `must be a glob of ${LONGEST} characters at most`
  if (glob.split('{').length !== glob.split('}').length) return 'must be a glob with a "}" for each "{"'
  // Each of them multiplies the ways in which a path may be read.
  if (glob.split('/').some((segment) => segment.split(/\*+/).length > 3)) {
    return 'must be a glob with two "*" in a segment at most'
  }
  if (glob.split('**').length > 3) return 'must be a glob with two "**" at most'
  return undefined
}
