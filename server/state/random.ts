/** The only source of chance and of identifiers in a world, so that the same seed gives the same bytes again. */
import { createHash } from 'node:crypto'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator'

/** What draws from chance. Each has a stream of its own, so that a read never changes which id the next write gets. */
const STREAMS = ['ids', 'secrets', 'headers', 'chance'] as const

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/**
 * Where digits are put together. A text that is added up piece by piece stays a tree of its pieces until somebody reads
 * it, and most ids are kept: each would have the garbage collector copy twenty objects in the place of one.
 */
const digits = Buffer.alloc(64)
const DIGITS = Buffer.from('0123456789abcdef')
const HYPHEN = 45

/** Writes the four hexadecimal digits of 16 bits, the lower ones of a number. @returns the place after them */
function write(at: number, bits: number): number {
  digits[at] = DIGITS[(bits >>> 12) & 0xf] as number
  digits[at + 1] = DIGITS[(bits >>> 8) & 0xf] as number
  digits[at + 2] = DIGITS[(bits >>> 4) & 0xf] as number
  digits[at + 3] = DIGITS[bits & 0xf] as number
  return at + 4
}

/** The same behind a hyphen, where there is to be one. */
function hyphenated(at: number, bits: number, hyphen: string): number {
  if (hyphen === '') return write(at, bits)
  digits[at] = HYPHEN
  return write(at + 1, bits)
}

/** What was written up to a place. */
const written = (length: number): string => digits.toString('latin1', 0, length)

/** The eight hexadecimal digits of 32 bits. */
function word(bits: number): string {
  return written(write(write(0, bits >>> 16), bits))
}

/** How long ids are, and which of their places are counted on: a UUID of version 7 has the moment before them, and more. */
const LENGTH = 32
const COUNTED = 20

/**
 * The id that is one more in its last twelve digits. What comes after the last of all, one in 2^48, would be too long: it
 * is the first.
 * @param id of a document it may be another text, of which the digits count that it has
 * @example following('019c4f65e7607d8c9f6f6b58aa3affff') // '019c4f65e7607d8c9f6f6b58aa3b0000'
 */
export function following(id: string): string {
  const whole = id.padEnd(LENGTH, '0')
  digits.write(whole, 'latin1')
  for (let at = LENGTH - 1; at >= COUNTED; at -= 1) {
    const digit = Number.parseInt(whole.charAt(at), DIGITS.length)
    digits[at] = DIGITS[(digit + 1) % DIGITS.length] ?? (DIGITS[0] as number)
    if (digit !== DIGITS.length - 1) break
  }
  return written(LENGTH)
}

export class Random {
  readonly #generator: JumpableRandomGenerator

  private constructor(generator: JumpableRandomGenerator) {
    this.#generator = generator
  }

  /**
   * A stream of a seed.
   * @example Random.of(1, 'ids').hex(32)
   */
  static of(seed: number, stream: (typeof STREAMS)[number]): Random {
    const generator = xoroshiro128plus(seed)
    // Streams are a jump (2^64 numbers) apart, and none starts where the seed itself still shows.
    for (let jumps = STREAMS.indexOf(stream); jumps >= 0; jumps -= 1) generator.jump()
    return new Random(generator)
  }

  /**
   * The stream from which a call draws that adds generated data: one of its own for each seed and each call, so that
   * two calls with one seed never draw the same ids.
   * @param call counted from 1
   */
  static ofCall(seed: number, call: number): Random {
    return Random.at(createHash('sha256').update(`seed ${seed} call ${call}`).digest('hex').slice(0, 32))
  }

  /**
   * A stream that goes on where another one stood.
   * @param state 32 lower-case hexadecimal digits, as {@link Random.state} gives them
   * @throws RangeError for anything else, and for nothing but zeros, from which only zeros would ever come
   */
  static at(state: string): Random {
    if (!/^[0-9a-f]{32}$/.test(state) || /^0+$/.test(state)) {
      throw new RangeError('is not 32 lower-case hexadecimal digits, one of them other than 0')
    }
    const words = [0, 8, 16, 24].map((from) => Number.parseInt(state.slice(from, from + 8), 16) | 0)
    return new Random(xoroshiro128plusFromState(words))
  }

  /** Where the stream stands, for {@link Random.at}. */
  get state(): string {
    return this.#generator.getState().map(word).join('')
  }

  /** An independent copy that draws the same numbers from here on. */
  fork(): Random {
    return new Random(this.#generator.clone())
  }

  /** Lower-case hexadecimal digits, eight to a draw. */
  hex(length: number): string {
    if (length > digits.length) return this.hex(digits.length) + this.hex(length - digits.length)
    for (let at = 0; at < length; ) {
      const bits = this.#generator.next()
      at = write(write(at, bits >>> 16), bits)
    }
    return written(length)
  }

  /** Characters of the base64url alphabet, as secrets are made of. */
  text(length: number): string {
    let text = ''
    for (let i = 0; i < length; i += 1) text += ALPHABET[(this.#generator.next() >>> 0) % ALPHABET.length]
    return text
  }

  /** A number from 0 up to, but not including, 1. */
  fraction(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32
  }

  /** An identifier: 32 lower-case hexadecimal characters. */
  id(): string {
    return this.hex(LENGTH)
  }

  /**
   * A UUID of version 7 for a moment.
   * @param time milliseconds since 1970
   * @param hyphen what stands between its parts: an id of 32 characters has nothing there
   */
  uuid(time: number, hyphen: '-' | '' = '-'): string {
    const generator = this.#generator
    const first = generator.next()
    const second = generator.next()
    const third = generator.next()
    const high = Math.floor(time / 2 ** 16)
    let at = write(write(0, high >>> 16), high)
    at = hyphenated(at, time - high * 2 ** 16, hyphen)
    at = hyphenated(at, 0x7000 | (first >>> 20), hyphen)
    at = hyphenated(at, 0x8000 | ((first >>> 4) & 0x3fff), hyphen)
    at = hyphenated(at, (first << 12) | (second >>> 20), hyphen)
    return written(write(write(at, second >>> 4), (second << 12) | (third >>> 20)))
  }
}
