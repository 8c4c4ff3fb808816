/** Entries for tests of the journal, made as the stages make them. */
import { operations as accountOperations } from '../../../schemas/accounts.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { operations as tokenOperations } from '../../../schemas/tokens.ts'
import { Entry, type EntryAnswer } from '../../../server/state/journal/journal.ts'

/** A few operations that there are. */
export const OPERATIONS = [...Object.values(accountOperations), ...Object.values(tokenOperations)] as Operation[]

/** The operation with this id. */
export function operationOf(id: string): Operation {
  const found = OPERATIONS.find((operation) => operation.id === id)
  if (!found) throw new Error(`There is no ${id}.`)
  return found
}

/** What of an entry a test wants to be so; everything else is plain. */
export interface Given {
  method?: string
  url?: string
  headers?: readonly string[]
  /** The id of an operation. */
  operation?: string
  params?: Record<string, string>
  caller?: Entry['caller']
  body?: string
  time?: number
  /** Undefined for none. */
  answer?: Partial<EntryAnswer> | undefined
  fault?: string
  violations?: Entry['violations']
  nearest?: string
}

/** An entry; without an answer only when `answer` is given as undefined. */
export function entry(given: Given = {}): Entry {
  const { method = 'GET', url = '/accounts', headers = [], operation, time = Date.UTC(2026, 10, 21, 10) } = given
  const made = new Entry(
    {
      method,
      sent: url,
      from: 0,
      rawHeaders: headers,
      operation: operation === undefined ? undefined : operationOf(operation),
    },
    time,
    0,
  )
  made.params = given.params
  made.caller = given.caller
  made.body = given.body
  made.fault = given.fault
  made.violations = given.violations
  made.nearest = given.nearest
  made.duration_ms = 1.23456
  if ('answer' in given && given.answer === undefined) return made
  made.answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}', ...given.answer }
  return made
}
