/** The place of one exchange in the ring of a journal: it is written over when its turn comes again. */
import type { Caller, Operation } from '../../../schemas/operation.ts'
import { Entry, type EntryAnswer } from './entry.ts'
import { KeptText } from './kept-text.ts'

/** What few exchanges have. */
type Rare = Pick<Entry, 'fault' | 'violations' | 'nearest' | 'denied'>

/**
 * Keeps an exchange so that the garbage collector has little to walk through and to copy: of an entry only the parts
 * that no other exchange shares, and long bodies as bytes. decisions/0010 has the figures.
 */
export class JournalRecord {
  readonly #body = new KeptText()
  readonly #answerBody = new KeptText()
  #headers: EntryAnswer['headers'] = {}
  /** Undefined when there is no answer. */
  #status: number | undefined = undefined
  #rare: Rare | undefined = undefined
  #id = 0
  #time = 0
  #started = 0
  #duration_ms = 0
  #method = ''
  #url = ''
  #params: Entry['params'] = undefined
  #rawHeaders: readonly string[] = []
  #operation: Operation | undefined = undefined
  #caller: Caller | undefined = undefined

  /**
   * Takes an exchange down in the place of the one that was here, of its bodies what is kept of them.
   * @param rawHeaders those of the request; the same list wherever they are the same
   */
  write(entry: Entry, rawHeaders: readonly string[]): void {
    const { answer, fault, violations, nearest, denied } = entry
    this.#body.write(entry.body)
    this.#answerBody.write(answer?.bytes ?? answer?.body)
    this.#status = answer?.status
    this.#headers = answer?.headers ?? {}
    const isRare = fault !== undefined || violations !== undefined || nearest !== undefined || denied !== undefined
    this.#rare = isRare ? { fault, violations, nearest, denied } : undefined
    this.#id = entry.id
    this.#time = entry.time
    this.#started = entry.started
    this.#duration_ms = entry.duration_ms
    this.#method = entry.method
    this.#url = entry.url
    this.#params = entry.params
    this.#rawHeaders = rawHeaders
    this.#operation = entry.operation
    this.#caller = entry.caller
  }

  /** The exchange that is here. */
  read(): Entry {
    const request = {
      method: this.#method,
      url: this.#url,
      rawHeaders: this.#rawHeaders,
      operation: this.#operation,
    }
    const entry = new Entry(request, this.#time, this.#started)
    entry.id = this.#id
    entry.duration_ms = this.#duration_ms
    entry.params = this.#params
    entry.caller = this.#caller
    entry.body = this.#body.read()
    entry.isBodyCut = this.#body.isCut
    if (this.#status !== undefined) {
      const body = this.#answerBody
      entry.answer = { status: this.#status, headers: this.#headers, body: body.read(), isCut: body.isCut }
    }
    return Object.assign(entry, this.#rare)
  }
}
