/** Renders an entry of the journal as people read it: complete, and without secrets. */
import { parse } from 'node:querystring'
import type { Exchange } from '../../../schemas/exchanges.ts'
import type { Schema } from '../../readings.ts'
import { DEEPEST, isTooDeep } from './depth.ts'
import type { Entry, EntryAnswer } from './entry.ts'
import { hasSecret, hideMarked } from './marked-secrets.ts'
import { fieldsOf } from './pairs.ts'
import { REDACTED, type Redaction, redactHeader } from './redaction.ts'

/**
 * The exchange that an entry stands for.
 * @param known redacts the credentials of other exchanges too
 */
export function renderEntry(entry: Entry, known: Redaction): Exchange {
  const { operation, caller, answer, denied, nearest } = entry
  const redaction = known.for(entry)
  const bodySchema = operation?.body as Schema | undefined
  const exchange: Exchange = {
    id: String(entry.id),
    time: new Date(entry.time).toISOString(),
    operation: operation?.id ?? null,
    method: entry.method,
    path: pathOf(entry),
    query: queryOf(entry),
    params: operation ? { ...entry.params } : {},
    caller: { scheme: caller?.scheme ?? 'none', ...(caller?.email !== undefined && { email: caller.email }) },
    request: { headers: requestHeaders(entry) },
    response: answer ? { status: answer.status, headers: answerHeaders(answer) } : null,
    fault: entry.fault ?? null,
    violations: entry.violations ?? [],
    ...(denied && { denied }),
    ...(nearest !== undefined && { nearest }),
    duration_ms: Math.round(entry.duration_ms * 1000) / 1000,
  }
  const clean = redaction.value(exchange)
  // Bodies are the largest part: they are walked only when there is something to find.
  const asked = readBody({ body: entry.body, isCut: entry.isBodyCut }, bodySchema, redaction)
  const answered = answer && readBody(answer, answerSchema(entry), redaction)
  return {
    ...clean,
    request: { ...clean.request, ...asked },
    response: clean.response && { ...clean.response, ...answered },
  }
}

/** The path below `/client/v4`, as sent. */
export function pathOf({ url }: Entry): string {
  const at = url.indexOf('?')
  return at < 0 ? url : url.slice(0, at)
}

/** The query by names as they were sent; a name that stands twice has a list. */
export function queryOf({ url }: Entry): Record<string, string | string[]> {
  const at = url.indexOf('?')
  if (at < 0) return {}
  const entries = Object.entries(parse(url.slice(at + 1), '&', '=', { maxKeys: 0 }))
  return Object.fromEntries(entries.map(([name, value = '']) => [name, value]))
}

/** The headers of a request by their names in small letters, secrets and all; one that was sent twice has a list. */
export function headersOf({ rawHeaders }: Entry): Record<string, string | string[]> {
  return fieldsOf(rawHeaders.map((text, at) => (at % 2 === 0 ? text.toLowerCase() : text)))
}

/** The body of a request as JSON; undefined when there is none, or none that can be read. */
export function sentJson({ body, isBodyCut }: Entry): unknown {
  return body === undefined || isBodyCut ? undefined : parsed(body)
}

function requestHeaders(entry: Entry): Record<string, string | string[]> {
  return mapValues(headersOf(entry), redactHeader)
}

function answerHeaders({ headers }: EntryAnswer): Record<string, string | string[]> {
  const texts: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) texts[name.toLowerCase()] = Array.isArray(value) ? value.map(String) : String(value)
  }
  return mapValues(texts, redactHeader)
}

function mapValues(headers: Record<string, string | string[]>, map: (name: string, value: string) => string) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => map(name, one)) : map(name, value),
    ]),
  )
}

const answerSchemas = new WeakMap<object, Schema>()

/** The part of an answer's schema that may mark secrets: that of its result. */
function answerSchema({ operation }: Entry): Schema | undefined {
  if (!operation) return undefined
  let schema = answerSchemas.get(operation)
  if (!schema) {
    schema = { properties: { result: operation.result as Schema } }
    answerSchemas.set(operation, schema)
  }
  return schema
}

interface ReadBody {
  body?: unknown
  body_cut?: true
}

function readBody(
  { body: text, isCut = false }: { body: string | undefined; isCut?: boolean },
  schema: Schema | undefined,
  redaction: Redaction,
): ReadBody {
  if (text === undefined || text === '') return {}
  const marked = schema && hasSecret(schema) ? schema : undefined
  if (isCut) return { body: marked ? REDACTED : redaction.beginning(text), body_cut: true }
  const value = parsed(text)
  // Where a secret might stand cannot be told from a text.
  if (value === undefined) return { body: marked ? REDACTED : redaction.source(text) }
  const hidden = marked ? hideMarked(marked, value) : value
  const isClean = !text.includes('\\') && redaction.text(text) === text
  return { body: isClean ? hidden : redaction.value(hidden) }
}

/** Reads JSON; undefined for what is none, and for what is nested too deeply to be worked with. */
function parsed(text: string): unknown {
  try {
    const value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
    return text.length > 2 * DEEPEST && isTooDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}
