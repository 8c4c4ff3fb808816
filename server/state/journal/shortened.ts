/** Texts that clients chose and that are kept. */

/**
 * The beginning of a text that is longer than `most` characters, with an ellipsis. It is a text of its own: a mere
 * slice would hold on to the whole.
 * @example shortened('abcdef', 3) // 'abc…'
 */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${Buffer.from(text.slice(0, most)).toString()}…` : text
}
