/** How much of a body the journal keeps. */

/** Bytes of UTF-8. */
export const KEPT_BYTES = 16_384

const encoder = new TextEncoder()
const scratch = Buffer.allocUnsafe(KEPT_BYTES)

/**
 * The beginning of a text that is too long to be kept, up to the last whole character that fits; undefined when the
 * text can be kept as it is. It is a copy: a slice would keep the whole text alive.
 */
export function cut(text: string): string | undefined {
  // No character takes more than three bytes for each of its units.
  if (text.length * 3 <= KEPT_BYTES) return undefined
  if (text.length <= KEPT_BYTES && Buffer.byteLength(text) <= KEPT_BYTES) return undefined
  const { written } = encoder.encodeInto(text, scratch)
  return scratch.toString('utf8', 0, written)
}
