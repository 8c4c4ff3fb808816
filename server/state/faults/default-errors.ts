/** What a failure that a fault asks for says, where the fault itself does not say it. */
import { STATUS_CODES } from 'node:http'
import type { ErrorEffect } from '../../../schemas/faults.ts'
import { BODY_LIMIT, UNRECORDED_CODES } from '../../assumed.ts'
import { type ErrorItem, FAILURES } from '../../errors.ts'

type Words = Pick<ErrorItem, 'code' | 'message'>

const { BODY_TOO_LARGE, METHOD_NOT_AVAILABLE } = FAILURES

/** What each status usually has, from the table of failures: of several, the one that any operation may answer. */
const USUAL: Readonly<Record<number, Words>> = {
  400: FAILURES.BAD_PARAMETERS,
  401: FAILURES.INVALID_TOKEN,
  403: FAILURES.UNAUTHORIZED,
  404: FAILURES.ACCOUNT_NOT_FOUND,
  // Which method is not known here.
  405: { code: METHOD_NOT_AVAILABLE.code, message: METHOD_NOT_AVAILABLE.message.replace('{method} ', '') },
  413: { code: BODY_TOO_LARGE.code, message: BODY_TOO_LARGE.message.replace('{limit}', String(BODY_LIMIT)) },
  429: FAILURES.RATE_LIMITED,
}

/**
 * The entry of `errors` for an error that a fault asks for.
 * @example itemFor({ status: 429 }) // { code: 971, message: 'Please wait and consider throttling your request speed' }
 * @example itemFor({ status: 503, code: 1234 }) // { code: 1234, message: 'Service Unavailable' }
 */
export function itemFor({ status, code, message }: ErrorEffect): Words {
  const usual = USUAL[status] ?? { code: UNRECORDED_CODES + status, message: STATUS_CODES[status] ?? `Error ${status}` }
  return { code: code ?? usual.code, message: message ?? usual.message }
}
