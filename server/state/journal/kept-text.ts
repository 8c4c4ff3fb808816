/** How much of a body the journal keeps. */

/** Bytes of UTF-8. */
export const KEPT_BYTES = 16_384

/** Whether only the beginning of a text is kept. */
export function isTooLong(text: string): boolean {
  // No character takes more than three bytes for each of its units.
  if (text.length * 3 <= KEPT_BYTES) return false
  return text.length > KEPT_BYTES || Buffer.byteLength(text) > KEPT_BYTES
}
