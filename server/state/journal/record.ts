/** The place of one exchange in the ring of a journal: it is written over when its turn comes again. */
import type { Caller, Operation } from '../../../schemas/operation.ts'
import { Entry } from './entry.ts'
import { isTooLong, KEPT_BYTES } from './kept-text.ts'
import { fieldsOf } from './pairs.ts'

/** The room for bytes is a multiple of this, so that it seldom has to grow. */
const STEP = 256
/** A text that found no room leaves less than this: no character takes more. */
const SLACK = 4
const NOTHING = Buffer.alloc(0)
/** The length of what is not there. */
const NONE = -1

/** What few exchanges have. */
type Rare = Pick<Entry, 'fault' | 'violations' | 'nearest'>

/**
 * Keeps an exchange where the garbage collector has nothing to walk through and nothing to copy: a thousand of them
 * as objects cost a fifth of the throughput. decisions/0010 has the figures. What many exchanges share is kept as it is.
 */
export class JournalRecord {
  /** The head, which is all other texts put together; the body of the request; that of the answer. */
  #bytes = NOTHING
  #headBytes = 0
  #bodyBytes = NONE
  #answerBytes = NONE
  /** How long each text of the head is, in units. There may be lengths of an earlier exchange behind them. */
  readonly #lengths: number[] = []
  /** How many texts there are, and how many in front of the headers of the answer. */
  #texts = 0
  #asked = 0
  #rare: Rare | undefined = undefined
  #isBodyCut = false
  #isAnswerCut = false
  #status: number | undefined = undefined
  #id = 0
  #time = 0
  #started = 0
  #duration_ms = 0
  #method = ''
  #rawHeaders: readonly string[] = []
  #operation: Operation | undefined = undefined
  #caller: Caller | undefined = undefined

  /**
   * Takes an exchange down in the place of the one that was here, of its bodies what is kept of them.
   * @param rawHeaders those of the request; the same list wherever they are the same
   */
  write(entry: Entry, rawHeaders: readonly string[]): void {
    const { answer, body, fault, violations, nearest } = entry
    const answered = answer?.body
    const head = this.#headOf(entry)
    // How many bytes it is exactly is asked only when there may be too little room: that takes as long as writing them.
    const units = head.length + keptUnits(body) + keptUnits(answered)
    const isRoomy = units + SLACK <= this.#bytes.length
    if (!isRoomy || this.#writeTexts(head, body, answered) > this.#bytes.length - SLACK) {
      this.#reserve(Buffer.byteLength(head) + keptBytes(body) + keptBytes(answered))
      this.#writeTexts(head, body, answered)
    }
    this.#isBodyCut = body !== undefined && isTooLong(body)
    this.#isAnswerCut = answered !== undefined && isTooLong(answered)
    const isRare = fault !== undefined || violations !== undefined || nearest !== undefined
    this.#rare = isRare ? { fault, violations, nearest } : undefined
    this.#status = answer?.status
    this.#id = entry.id
    this.#time = entry.time
    this.#started = entry.started
    this.#duration_ms = entry.duration_ms
    this.#method = entry.method
    this.#rawHeaders = rawHeaders
    this.#operation = entry.operation
    this.#caller = entry.caller
  }

  /** The exchange that is here. */
  read(): Entry {
    const texts = this.#readTexts()
    const request = {
      method: this.#method,
      url: texts[0] as string,
      rawHeaders: this.#rawHeaders,
      operation: this.#operation,
    }
    const entry = new Entry(request, this.#time, this.#started)
    entry.id = this.#id
    entry.duration_ms = this.#duration_ms
    entry.params = fieldsOf(texts.slice(1, this.#asked)) as Entry['params']
    entry.caller = this.#caller
    entry.body = this.#readBody(this.#headBytes, this.#bodyBytes)
    entry.isBodyCut = this.#isBodyCut
    if (this.#status !== undefined) {
      entry.answer = {
        status: this.#status,
        headers: fieldsOf(texts.slice(this.#asked)),
        body: this.#readBody(this.#answerAt, this.#answerBytes),
        isCut: this.#isAnswerCut,
      }
    }
    return Object.assign(entry, this.#rare)
  }

  get #answerAt(): number {
    return this.#headBytes + Math.max(this.#bodyBytes, 0)
  }

  /** Puts the texts of a head together, and notes where each of them is. */
  #headOf({ url, params, answer }: Entry): string {
    this.#lengths[0] = url.length
    this.#texts = 1
    let head = url
    for (const name in params) head += this.#pair(name, params[name] as string)
    this.#asked = this.#texts
    const headers = answer?.headers
    for (const name in headers) {
      const value = headers[name]
      if (Array.isArray(value)) for (const item of value) head += this.#pair(name, item)
      else if (value !== undefined) head += this.#pair(name, String(value))
    }
    return head
  }

  #pair(name: string, value: string): string {
    this.#lengths[this.#texts] = name.length
    this.#lengths[this.#texts + 1] = value.length
    this.#texts += 2
    return name + value
  }

  #readTexts(): string[] {
    const head = this.#bytes.toString('utf8', 0, this.#headBytes)
    let end = 0
    return this.#lengths.slice(0, this.#texts).map((length) => {
      end += length
      return head.slice(end - length, end)
    })
  }

  #reserve(room: number): void {
    if (room + SLACK <= this.#bytes.length) return
    this.#bytes = Buffer.allocUnsafeSlow(Math.ceil((room + SLACK) / STEP) * STEP)
  }

  /** @returns where they end; what found no room ends within the slack */
  #writeTexts(head: string, body: string | undefined, answered: string | undefined): number {
    this.#headBytes = this.#bytes.write(head)
    this.#bodyBytes = this.#writeBody(body, this.#headBytes)
    this.#answerBytes = this.#writeBody(answered, this.#answerAt)
    return this.#answerAt + Math.max(this.#answerBytes, 0)
  }

  /** @returns how many bytes it is; those of a character that does not fit are left out */
  #writeBody(text: string | undefined, at: number): number {
    if (text === undefined) return NONE
    return this.#bytes.write(text, at, Math.min(KEPT_BYTES, this.#bytes.length - at))
  }

  #readBody(at: number, bytes: number): string | undefined {
    return bytes === NONE ? undefined : this.#bytes.toString('utf8', at, at + bytes)
  }
}

function keptUnits(text: string | undefined): number {
  return text === undefined ? 0 : Math.min(text.length, KEPT_BYTES)
}

function keptBytes(text: string | undefined): number {
  return text === undefined ? 0 : Math.min(Buffer.byteLength(text), KEPT_BYTES)
}
