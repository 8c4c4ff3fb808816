/** Which exchanges of a journal are listed, and where a page of them goes on. */
import { METHODS } from 'node:http'
import type { ExchangeFilter } from '../../../schemas/exchanges.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { didYouMean } from '../../near.ts'
import { momentOf } from '../clock.ts'
import { FaultError } from '../faults/errors.ts'
import { pathGlob } from '../faults/path-glob.ts'
import type { Entry } from './entry.ts'
import { JournalError } from './error.ts'
import { pathOf } from './exchange.ts'

type IsMeant = (entry: Entry) => boolean

/** One test for each filter. */
const TESTS: { [Name in keyof ExchangeFilter]-?: (wanted: string, operations: readonly Operation[]) => IsMeant } = {
  operation(wanted, operations) {
    const problem = unknownOperation(wanted, operations)
    if (problem) throw new JournalError('operation', problem)
    return ({ operation }) => operation?.id === wanted
  },

  method(wanted) {
    const method = wanted.toUpperCase()
    if (!METHODS.includes(method)) throw new JournalError('method', `must be a method such as GET, not "${wanted}".`)
    return (entry) => entry.method === method
  },

  path(wanted) {
    const fits = globOf(wanted)
    return (entry) => fits(pathOf(entry))
  },

  status(wanted) {
    if (!/^[1-5](?:\d\d|xx)$/i.test(wanted)) {
      throw new JournalError('status', `must be a status such as 404, or a class such as 4xx, not "${wanted}".`)
    }
    const [digit = ''] = wanted
    const [from, to] = /x/i.test(wanted)
      ? [Number(digit) * 100, Number(digit) * 100 + 99]
      : [Number(wanted), Number(wanted)]
    return ({ answer }) => answer !== undefined && answer.status >= from && answer.status <= to
  },

  since(wanted) {
    const moment = timeOf(wanted)
    return ({ time }) => time >= moment
  },
}

const NAMES = Object.keys(TESTS) as (keyof ExchangeFilter)[]

/**
 * Reads a filter.
 * @throws JournalError for one that there is not, and for a value that means nothing
 */
export function matcherOfFilter(filter: ExchangeFilter, operations: readonly Operation[]): IsMeant {
  const tests: IsMeant[] = []
  for (const [name, wanted] of Object.entries(filter) as [keyof ExchangeFilter, unknown][]) {
    if (wanted === undefined) continue
    if (!NAMES.includes(name)) throw new JournalError(name, `is no filter; there are ${NAMES.join(', ')}.`)
    if (typeof wanted !== 'string') throw new JournalError(name, 'must be a text.')
    tests.push(TESTS[name](wanted, operations))
  }
  return (entry) => tests.every((test) => test(entry))
}

/** What is wrong with the id of an operation; nothing when there is one, or when it is not known which there are. */
export function unknownOperation(id: string, operations: readonly Operation[]): string | undefined {
  const ids = operations.map((operation) => operation.id)
  if (ids.length === 0 || ids.includes(id)) return undefined
  return `names no operation: there is no "${id}".${didYouMean(id, ids)} GET /_fauxflare/operations lists them.`
}

function globOf(wanted: string): (path: string) => boolean {
  try {
    return pathGlob(wanted)
  } catch (error) {
    throw error instanceof FaultError ? new JournalError('path', error.detail) : error
  }
}

function timeOf(wanted: string): number {
  try {
    return momentOf(wanted)
  } catch {
    throw new JournalError('since', `must be an ISO 8601 time such as 2026-11-21T10:00:00Z, not "${wanted}".`)
  }
}

/** Where a page ended, as a cursor. */
export function writePlace(id: number): string {
  return Buffer.from(`seen ${id}`).toString('base64url')
}

/**
 * The number of the last exchange that was seen.
 * @param count how many there have been; a cursor beyond that is of another journal, before a reset
 * @throws JournalError for what is no cursor of this journal
 */
export function readPlace(cursor: string, count: number): number {
  const [, digits] = /^seen ([1-9]\d{0,14})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const id = Number(digits)
  if (id <= count) return id
  throw new JournalError('cursor', 'is none of this journal; leave it out to begin anew.')
}
