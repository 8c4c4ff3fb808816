/** Globs over values of headers, in which only `*` and `?` stand for something else: they are full of the other signs. */

/**
 * @param glob `*` is any text, `?` one character
 * @returns whether a text is such a one, in time that grows with the product of both lengths at most
 * @example wildcard('Mozilla/5.0 (*)')('Mozilla/5.0 (X11; Linux)') // true
 */
export function wildcard(glob: string): (text: string) => boolean {
  return (text) => {
    let at = 0
    let read = 0
    // Behind the last `*`, and where its text would end next.
    let behindStar = -1
    let resume = 0
    while (read < text.length) {
      if (glob[at] === '*') {
        at += 1
        behindStar = at
        resume = read
      } else if (at < glob.length && (glob[at] === '?' || glob[at] === text[read])) {
        at += 1
        read += 1
      } else if (behindStar >= 0) {
        resume += 1
        at = behindStar
        read = resume
      } else {
        return false
      }
    }
    while (glob[at] === '*') at += 1
    return at === glob.length
  }
}
