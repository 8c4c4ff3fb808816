/** Rows of the tables of errors: what provokes each, and what the material says of it. */
import type { Config } from '../../schemas/config.ts'
import { type Enforcing, PAIR } from '../pipeline/enforcing.ts'
import type { Reply } from '../simulator.ts'

/** The status of a success, or how it fails. */
export type Expected = number | readonly [status: number, code: number, message: string]

/** Starts one more simulator, with options of its own. */
type Start = (options: Partial<Config>) => Promise<Enforcing>
/** Provokes a row, in a world that is as it was in the beginning. */
export type Ask = (app: Enforcing, start: Start) => Promise<Reply>

/** What is expected, and everything that it is expected of, by section and first cell of the row. */
export type Rows = Readonly<Record<string, readonly [Expected, ...Ask[]]>>

/** One request, with the address and key of the documented user unless other headers are given. */
export const ask =
  (request: string, body?: unknown, headers: Record<string, string> = PAIR): Ask =>
  ({ call }) =>
    call(request, { body, headers })

/** Several requests alike. */
export const each = (requests: readonly string[], body?: unknown): Ask[] =>
  requests.map((request) => ask(request, body))

/** A row of the material. */
export interface PublishedRow {
  /** Its section and its first cell: `2.1 No credential at all`. */
  key: string
  status: string
  code: string
  /** What it says of the words; of a whole body where it has no column for words. */
  words: string
}

/** Sections whose last table has one column for everything that is recommended. */
const RECOMMENDED = /^Recommended answer/

/** Reads every row that tells a status. */
export function readRows(text: string): PublishedRow[] {
  let section = ''
  let columns: string[] | undefined
  return text.split('\n').flatMap((line) => {
    section = /^##+ (\d(?:\.\d)?)/.exec(line)?.[1] ?? section
    const cells = line.startsWith('| ') ? line.replace(/^\| | \|$/g, '').split(' | ') : undefined
    const head = columns
    columns = cells ? (columns ?? cells) : line.startsWith('|-') ? columns : undefined
    if (!cells || !head) return []
    const cell = (...names: string[]) => cells[head.findIndex((name) => names.includes(name))]
    const all = head.some((name) => RECOMMENDED.test(name)) ? cells[1] : undefined
    const status = all ?? cell('HTTP')
    const words = all ?? cell('Message', 'Body') ?? ''
    return status && /\d{3}/.test(status)
      ? [{ key: `${section} ${cells[0]}`, status, code: all ?? cell('Code') ?? words, words }]
      : []
  })
}

/** What is quoted, as patterns: `<path>` and `…` stand for anything. */
const quoted = (words: string) =>
  [...words.matchAll(/`([^`]+)`/g)].map(([, quote = '']) =>
    quote
      .split(/<[^>]*>|…/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  )

/** Where an expectation is not what its row says; nothing when it is. */
export function contradictions({ status, code, words }: PublishedRow, expected: Expected): string[] {
  const [ours, number, message] = typeof expected === 'number' ? [expected] : expected
  const patterns = quoted(words)
  const isQuoted = patterns.some((pattern) => new RegExp(pattern).test(message ?? ''))
  return [
    ...(status.includes(String(ours)) ? [] : [`status ${status}`]),
    ...(number === undefined || !/\d{3}/.test(code) || new RegExp(`\\b${number}\\b`).test(code)
      ? []
      : [`code ${code}`]),
    ...(message === undefined || patterns.length === 0 || isQuoted || words.includes(message)
      ? []
      : [`words ${words}`]),
  ]
}
