/** The place of one exchange in the ring of a journal: it is written over when its turn comes again. */
import { Entry, type EntryAnswer } from './entry.ts'
import { KeptText } from './kept-text.ts'
import type { Question, Sender, Shared } from './shared.ts'

/** What few exchanges have. */
type Rare = Pick<Entry, 'fault' | 'violations' | 'nearest' | 'denied'>
type Value = EntryAnswer['headers'][string]

/**
 * Keeps an exchange so that the garbage collector has little to walk through and to copy: of an entry only the parts
 * that no other exchange shares, and long bodies as bytes. decisions/0010 has the figures.
 */
export class JournalRecord {
  readonly #body = new KeptText()
  readonly #answerBody = new KeptText()
  /** Undefined before the first exchange. */
  #question: Question | undefined = undefined
  #sender: Sender | undefined = undefined
  /** Undefined when there is no answer. */
  #status: number | undefined = undefined
  /** Of the headers of the answer. */
  #names: readonly string[] = []
  /** Theirs, in the same order. Written over as well: a list is not made for each exchange. */
  readonly #values: Value[] = []
  #rare: Rare | undefined = undefined
  #id = 0
  #time = 0
  #started = 0
  #duration_ms = 0

  /**
   * Takes an exchange down in the place of the one that was here, of its bodies what is kept of them.
   * @param shared what other exchanges of the journal have in common with this one
   */
  write(entry: Entry, shared: Shared): void {
    const { answer, fault, violations, nearest, denied } = entry
    this.#question = shared.questionOf(entry)
    this.#sender = shared.senderOf(entry)
    this.#body.write(entry.body)
    this.#answerBody.write(answer?.bytes ?? answer?.body)
    this.#status = answer?.status
    this.#writeHeaders(answer?.headers ?? NONE, shared)
    const isRare = fault !== undefined || violations !== undefined || nearest !== undefined || denied !== undefined
    this.#rare = isRare ? { fault, violations, nearest, denied } : undefined
    this.#id = entry.id
    this.#time = entry.time
    this.#started = entry.started
    this.#duration_ms = entry.duration_ms
  }

  /** Most answers have the headers that the one before them here had, in the same order. */
  #writeHeaders(headers: EntryAnswer['headers'], shared: Shared): void {
    const values = this.#values
    let isSame = true
    let at = 0
    for (const name in headers) {
      if (this.#names[at] !== name) isSame = false
      values[at] = headers[name]
      at += 1
    }
    if (values.length !== at) values.length = at
    if (!isSame || this.#names.length !== at) this.#names = shared.namesOf(Object.keys(headers))
  }

  /** The exchange that is here; undefined when none is. */
  read(): Entry | undefined {
    if (!this.#question || !this.#sender) return undefined
    const { params, ...asked } = this.#question
    const { caller, rawHeaders } = this.#sender
    const entry = new Entry({ ...asked, rawHeaders }, this.#time, this.#started)
    entry.id = this.#id
    entry.duration_ms = this.#duration_ms
    entry.params = params
    entry.caller = caller
    entry.body = this.#body.read()
    entry.isBodyCut = this.#body.isCut
    if (this.#status !== undefined) {
      const body = this.#answerBody
      const headers = Object.fromEntries(this.#names.map((name, at) => [name, this.#values[at]]))
      entry.answer = { status: this.#status, headers, body: body.read(), isCut: body.isCut }
    }
    return Object.assign(entry, this.#rare)
  }
}

/** The headers of no answer. */
const NONE: EntryAnswer['headers'] = Object.freeze({})
