/** The only source of chance and of identifiers in a world, so that the same seed gives the same bytes again. */
import { createHash } from 'node:crypto'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator'

/** What draws from chance. Each has a stream of its own, so that a read never changes which id the next write gets. */
const STREAMS = ['ids', 'secrets', 'headers', 'chance'] as const

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/** The two digits of each byte: every answer has 35 digits in its headers that were drawn. */
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const DIGITS = [...'0123456789abcdef']
/** The digit that tells the variant of a UUID, for each digit that may be drawn. */
const VARIANTS = DIGITS.map((_, drawn) => '89ab'[drawn % 4])

/** The eight hexadecimal digits of 32 bits. */
function word(bits: number): string {
  return `${PAIRS[bits >>> 24]}${PAIRS[(bits >>> 16) & 0xff]}${PAIRS[(bits >>> 8) & 0xff]}${PAIRS[bits & 0xff]}`
}

/** The first three hexadecimal digits of 32 bits. */
function triple(bits: number): string {
  return `${PAIRS[bits >>> 24]}${DIGITS[(bits >>> 20) & 0xf]}`
}

export class Random {
  readonly #generator: JumpableRandomGenerator
  /** The moment of the last UUID, and its two parts as they stand there. */
  #moment = { time: Number.NaN, high: '', low: '' }

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
    let digits = ''
    while (digits.length < length) digits += word(this.#generator.next())
    return digits.length === length ? digits : digits.slice(0, length)
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
    return this.hex(32)
  }

  /**
   * A UUID of version 7 for a moment.
   * @param time milliseconds since 1970
   * @param hyphen what stands between its parts: an id of 32 characters has nothing there
   */
  uuid(time: number, hyphen = '-'): string {
    if (time !== this.#moment.time) {
      const digits = time.toString(16).padStart(12, '0')
      this.#moment = { time, high: digits.slice(0, 8), low: digits.slice(8) }
    }
    const { high, low } = this.#moment
    const generator = this.#generator
    const first = generator.next()
    const variant = VARIANTS[(first >>> 16) & 0xf]
    const rest = `${DIGITS[first & 0xf]}${word(generator.next())}${triple(generator.next())}`
    return `${high}${hyphen}${low}${hyphen}7${triple(first)}${hyphen}${variant}${triple(first << 16)}${hyphen}${rest}`
  }
}
