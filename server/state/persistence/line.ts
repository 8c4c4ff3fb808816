/** The lines of a file of changes: a checksum, a space, JSON. */
import { crc32 } from 'node:zlib'

const NEWLINE = 10
/** Hexadecimal digits. */
const CHECKSUM = 8

/** What stands on one line. */
export interface Line {
  value: unknown
  /** Counted from 1. */
  number: number
  /** Where the next one begins, in bytes. */
  end: number
}

/** What a file holds. */
export interface Lines {
  lines: Line[]
  /** How many bytes of it are whole lines: what comes behind was never finished. */
  length: number
  /** The first line that was finished and is damaged, counted from 1. */
  damaged?: number
}

const checksumOf = (json: string | Uint8Array) => crc32(json).toString(16).padStart(CHECKSUM, '0')

/** A line, with the newline at its end. */
export function lineOf(value: object): string {
  const json = JSON.stringify(value)
  return `${checksumOf(json)} ${json}\n`
}

/**
 * Reads lines up to the first one that is not as it was written. The last may never have been finished: it has no end,
 * or parts of it never came to the disk, and there are zeros in their place. Any other was changed afterwards.
 */
export function linesIn(bytes: Uint8Array): Lines {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lines: Line[] = []
  let from = 0
  while (from < text.length) {
    const newline = text.indexOf(NEWLINE, from)
    if (newline < 0) break
    const json = text.subarray(from + CHECKSUM + 1, newline)
    if (text.toString('latin1', from, from + CHECKSUM + 1) !== `${checksumOf(json)} `) {
      const isUnfinished = newline === text.length - 1 && text.subarray(from, newline).includes(0)
      return { lines, length: from, ...(!isUnfinished && { damaged: lines.length + 1 }) }
    }
    from = newline + 1
    lines.push({ value: JSON.parse(json.toString()), number: lines.length + 1, end: from })
  }
  return { lines, length: from }
}
