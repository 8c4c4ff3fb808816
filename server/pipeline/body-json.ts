/** Answers as JSON. What was written before is put in as it is. */
import { Recent } from '../recent.ts'
import { bytesOf, jsonOf, wholeJson } from './parts.ts'

/** A list as it was written, and of what. */
interface Page {
  items: readonly unknown[]
  /** The JSON of everything else. */
  envelope: string
  bytes: Buffer
}

/** Those that were read last, by their first item: to put a page together takes longer than everything else about it. */
const pages = new Recent<object, Page>(50)

/**
 * From this size on a list is kept in UTF-8: Node would encode a text anew for each answer. A short one it sends in one
 * piece with the headers, which is faster.
 */
const LONG = 16_384

/** What is longer than this, in bytes, is not kept: fifty of them would take more memory than they save time. */
const LONGEST = 1_048_576

/** Stands for the result until the rest is written: JSON without indentation has no line breaks. */
const PLACE = '\n'
const COMMA = Buffer.from(',')

/**
 * The same as that of `JSON.stringify`, that of a long list in UTF-8.
 * @param body of an answer: an envelope, or whatever a fault made of one
 */
export function bodyJson(body: unknown): string | Buffer {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return JSON.stringify(body)
  const whole = wholeJson(body)
  if (whole !== undefined) return whole
  const { result } = body as { result?: unknown }
  if (Array.isArray(result)) return listJson(result, body)
  return around(result === undefined ? undefined : String(jsonOf(result)), body)
}

function listJson(items: readonly unknown[], body: object): string | Buffer {
  const [first] = items
  if (typeof first !== 'object' || first === null) return around(JSON.stringify(items), body)
  const page = pages.get(first)
  if (page && page.envelope === around(PLACE, body) && isSame(page.items, items)) return page.bytes
  let size = 0
  for (const item of items) size += jsonOf(item).length
  if (size < LONG) return around(`[${items.map(jsonOf).join()}]`, body)
  const envelope = around(PLACE, body)
  const bytes = joined(items, envelope)
  if (bytes.length <= LONGEST) pages.set(first, { items, envelope, bytes })
  return bytes
}

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((item, at) => item === now[at])
}

function joined(items: readonly unknown[], envelope: string): Buffer {
  const [before = '', behind = ''] = envelope.split(PLACE)
  const parts: Buffer[] = [Buffer.from(`${before}[`)]
  for (const item of items) parts.push(bytesOf(item), COMMA)
  // There is no comma behind the last.
  parts[parts.length - 1] = Buffer.from(`]${behind}`)
  return Buffer.concat(parts)
}

/**
 * An envelope as JSON.
 * @param result the JSON of what stands in it; undefined where nothing does
 */
function around(result: string | undefined, body: object): string {
  let text = ''
  for (const name in body) {
    const json = name === 'result' ? result : valueJson(body[name as keyof typeof body])
    if (json !== undefined) text += `${text === '' ? '{' : ','}${NAMES.get(name) ?? JSON.stringify(name)}:${json}`
  }
  return text === '' ? '{}' : `${text}}`
}

/** What nearly every envelope has is known by heart. */
const NAMES = new Map(['result', 'success', 'errors', 'messages', 'result_info'].map((name) => [name, `"${name}"`]))

function valueJson(value: unknown): string | undefined {
  if (value === true) return 'true'
  return Array.isArray(value) && value.length === 0 ? '[]' : JSON.stringify(value)
}
