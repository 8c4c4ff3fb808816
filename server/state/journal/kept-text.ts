/** How much of a body the journal keeps, and how. */

/** Bytes of UTF-8. */
export const KEPT_BYTES = 16_384
/** Up to so many characters a text is kept as it is: copying its bytes would take longer than the collector takes over it. */
const SHORT = 1024
/** The room for bytes is a multiple of this, so that it seldom has to grow. */
const STEP = 1024
const NOTHING = Buffer.alloc(0)

/**
 * Holds a body, or its beginning, until the next one takes its place. A long one is copied into bytes that are written
 * over then: thousands of them would be moved about by each run of the garbage collector. decisions/0010 has the figures.
 */
export class KeptText {
  /** Undefined when there is none, and when it is in the bytes. */
  #text: string | undefined = undefined
  #bytes = NOTHING
  /** How many bytes there are; 0 when the text is not in them. */
  #length = 0
  #isCut = false

  /** @param text or its UTF-8; undefined when there is none */
  write(text: string | Buffer | undefined): void {
    if (text === undefined || (typeof text === 'string' && text.length <= SHORT)) {
      this.#text = text
      this.#length = 0
      this.#isCut = false
      return
    }
    this.#text = undefined
    const size = Buffer.byteLength(text)
    const bytes = Math.min(size, KEPT_BYTES)
    if (bytes > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(Math.ceil(bytes / STEP) * STEP)
    // Those of a character that does not fit are left out.
    this.#length =
      typeof text === 'string'
        ? this.#bytes.write(text, 0, bytes)
        : text.copy(this.#bytes, 0, 0, wholeUntil(text, bytes))
    this.#isCut = size > KEPT_BYTES
  }

  read(): string | undefined {
    return this.#length > 0 ? this.#bytes.toString('utf8', 0, this.#length) : this.#text
  }

  /** True when only the beginning is there. */
  get isCut(): boolean {
    return this.#isCut
  }
}

/** The end of the last whole character of a text in UTF-8 that ends at a place or before it. */
function wholeUntil(text: Buffer, end: number): number {
  let at = end
  // Bytes within a character begin with the bits 10.
  while (at < text.length && ((text[at] as number) & 0xc0) === 0x80) at -= 1
  return at
}
