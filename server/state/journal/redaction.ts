/** Keeps credentials out of what people read: in headers, in answers that hand one out, and wherever else they turn up. */
import type { Entry } from './entry.ts'

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]'

/** Headers whose whole value is one. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'x-auth-key',
  'x-auth-user-service-key',
  'cookie',
  'set-cookie',
  'fauxflare-control-token',
])

/** What stands in front of a credential and is none: worth seeing. Other words there may be the credential itself. */
const SCHEME = /^(?:Basic|Bearer|Digest|Token)(?=\s|$)/i

/** Shorter words are no secrets but typos and placeholders: `Bearer undefined`. */
const SHORTEST = 10
const WORD = /[\w-]{10,}/g
/** How much of a credential gives something away. */
const TELLING = 4
const LAST_WORD = /[\w-]{4,}$/
const NONE: ReadonlySet<string> = new Set()
/** No token and no key is longer. */
const LONGEST_WORD = 100
/** What texts that were shortened end with, also as JSON escapes it. */
const ELLIPSIS = /(…|\\u2026)/

/** Tokens and keys in the form of 2026, which is that of every token that a simulator hands out; also without their end. */
const ISSUED = /\bcf(?:ut|at|oat|k)_[\w-]{8,}/g
const ISSUED_AT_END = /\bcf(?:ut|at|oat|k)_[\w-]*$/

/** What a header may show. */
export function redactHeader(name: string, value: string): string {
  if (!SECRET_HEADERS.has(name)) return value
  const [scheme = ''] = SCHEME.exec(value) ?? []
  const isEmpty = value.slice(scheme.length).trim() === ''
  return [scheme, isEmpty ? '' : REDACTED].filter(Boolean).join(' ')
}

/** The credentials that came with a request, the longest first. */
export function credentialsOf({ rawHeaders }: Entry): string[] {
  const found = new Set<string>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase()
    if (!SECRET_HEADERS.has(name)) continue
    const value = rawHeaders[at + 1] as string
    // The name of a cookie is no secret.
    const secret = name.endsWith('cookie') ? value.replace(/(^|;)[^;=]*=/g, '$1') : value
    for (const word of secret.split(/[\s;,="]+/)) if (word.length >= SHORTEST) found.add(word)
  }
  return [...found].sort((a, b) => b.length - a.length)
}

/**
 * Takes credentials out of the texts of an exchange: those that came with it, those in the form of 2026, and, word by
 * word, those that came with others.
 */
export class Redaction {
  /** Words of credentials by how they begin. */
  readonly #others: ReadonlyMap<string, ReadonlySet<string>>
  readonly #own: readonly string[]

  private constructor(others: ReadonlyMap<string, ReadonlySet<string>>, own: readonly string[]) {
    this.#others = others
    this.#own = own
  }

  /**
   * @param entries those whose credentials are known
   * @param credentials others that are
   */
  static knowing(entries: Iterable<Entry>, credentials: readonly string[] = []): Redaction {
    const words = new Map<string, Set<string>>()
    const learn = (credential: string) => {
      for (const [word] of credential.matchAll(WORD)) {
        const beginning = word.slice(0, TELLING)
        words.set(beginning, (words.get(beginning) ?? new Set()).add(word))
      }
    }
    credentials.forEach(learn)
    for (const entry of entries) credentialsOf(entry).forEach(learn)
    return new Redaction(words, [])
  }

  /** The same, for the texts of one exchange. */
  for(entry: Entry): Redaction {
    return new Redaction(this.#others, credentialsOf(entry))
  }

  /** A text without credentials, whether they stand there as they are, percent-encoded, or cut through by an ellipsis. */
  text(text: string): string {
    const whole = this.#scrub(text)
    const parts = whole.split(ELLIPSIS)
    const clean = parts.map((part, at) => (at < parts.length - 1 ? this.#trim(part) : part)).join('')
    if (!clean.includes('%')) return clean
    const plain = decoded(clean)
    const cleaner = this.#scrub(plain)
    return cleaner === plain ? clean : cleaner
  }

  /** The same for what may be JSON: a text that hides a credential in escapes is withheld whole. */
  source(text: string): string {
    const clean = this.text(text)
    const plain = unescaped(clean)
    return plain === clean || this.text(plain) === plain ? clean : REDACTED
  }

  /** The same for the beginning of a text: a credential may have been cut through. */
  beginning(text: string): string {
    const clean = this.#trim(this.source(text))
    const plain = unescaped(clean)
    return plain === clean || this.#trim(plain) === plain ? clean : REDACTED
  }

  /** A value without credentials, in all its texts and names. */
  value<Value>(value: Value): Value {
    return this.#walk(value) as Value
  }

  /** Leaves out the beginning of a credential at the end of a text. */
  #trim(text: string): string {
    for (const credential of this.#own) {
      for (let length = Math.min(credential.length - 1, text.length); length >= TELLING; length -= 1) {
        if (text.endsWith(credential.slice(0, length))) return text.slice(0, -length) + REDACTED
      }
    }
    // Looked for from its start, a word at the end of a long text would be looked for everywhere in it.
    const end = text.slice(-LONGEST_WORD)
    const clean = end.replace(ISSUED_AT_END, REDACTED)
    if (clean !== end) return text.slice(0, -end.length) + clean
    const [word] = LAST_WORD.exec(end) ?? []
    const isBeginning = word !== undefined && [...this.#alike(word)].some((other) => other.startsWith(word))
    return isBeginning ? text.slice(0, -word.length) + REDACTED : text
  }

  #walk(value: unknown): unknown {
    if (typeof value === 'string') return this.source(value)
    if (Array.isArray(value)) return value.map((item) => this.#walk(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [this.text(name), this.#walk(item)]))
  }

  /** The known words that begin as this one. */
  #alike(word: string): ReadonlySet<string> {
    return this.#others.get(word.slice(0, TELLING)) ?? NONE
  }

  #scrub(text: string): string {
    if (text.length < SHORTEST) return text
    let clean = text
    for (const word of this.#own) clean = clean.replaceAll(word, REDACTED)
    clean = clean.replace(ISSUED, REDACTED)
    return clean.replace(WORD, (word) => (this.#alike(word).has(word) ? REDACTED : word))
  }
}

/** A text of JSON without its escapes; what breaks a line, or the like, is a blank. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, digits: string | undefined, sign: string) => {
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16))
    return /\w/.test(sign) ? ' ' : sign
  })
}

/** A text without percent-encoding. Of what is not ASCII there is nothing in a credential: it is a gap. */
function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => {
    const code = Number.parseInt(digits, 16)
    return code < 0x80 ? String.fromCharCode(code) : '\ufffd'
  })
}
