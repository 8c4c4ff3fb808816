/** Puts very many texts in order by looking at a few characters of each at a time, as numbers. */

/** So few texts are put in order soonest by comparing them. */
const FEW = 24

/** A number has 53 bits that count. A character takes seven of them, the place of a text those that the others leave. */
const BITS = 53
const CHARACTER = 7
const BASE = 2 ** CHARACTER

/** The number of whatever is not told apart by its number. 0 is the end of a text, the rest are characters. */
const UNCLEAR = BASE - 1

/**
 * The places of texts, in the order of the texts by code unit; those that are alike in the order in which they come.
 * @example textOrder(['b', 'a', 'b']) // [1, 0, 2]
 */
export function textOrder(texts: readonly string[]): Uint32Array {
  const places = new Uint32Array(texts.length)
  for (let at = 0; at < places.length; at += 1) places[at] = at
  order(places, texts, 0)
  return places
}

/**
 * Puts places in order. Texts are told apart by the characters that follow those with which all of them begin, as many
 * as find room in a number: numbers are sorted without a call for each two of them. Plain loops, since there are a
 * million rounds.
 * @param known with how many characters all of them begin, at least
 */
function order(places: Uint32Array, texts: readonly string[], known: number): void {
  if (places.length <= FEW) {
    compare(places, texts)
    return
  }
  const shared = sharedLength(places, texts, known)
  const bits = Math.ceil(Math.log2(places.length))
  const room = 2 ** bits
  const width = Math.floor((BITS - bits) / CHARACTER)
  const keys = new Float64Array(places.length)
  for (let at = 0; at < keys.length; at += 1) {
    keys[at] = keyOf(texts[places[at] as number] as string, shared, width) * room + at
  }
  keys.sort()
  const before = places.slice()
  for (let at = 0; at < keys.length; at += 1) places[at] = before[rest(keys[at] as number, room)] as number
  for (let from = 0, to = 0; from < keys.length; from = to) {
    const key = Math.floor((keys[from] as number) / room)
    const end = (key + 1) * room
    for (to = from + 1; to < keys.length && (keys[to] as number) < end; to += 1);
    const last = rest(key, BASE)
    // Texts that have ended are alike.
    if (to === from + 1 || last === 0) continue
    const alike = places.subarray(from, to)
    if (last === UNCLEAR) compare(alike, texts)
    else order(alike, texts, shared + width)
  }
}

function compare(places: Uint32Array, texts: readonly string[]): void {
  places.sort((a, b) => {
    const [one, other] = [texts[a] as string, texts[b] as string]
    // The places of those that are alike are in order, since they come so.
    return one === other ? a - b : one < other ? -1 : 1
  })
}

/** What `%` gives for whole numbers, which takes several times as long for those of more than 32 bits. */
const rest = (number: number, divisor: number): number => number - Math.floor(number / divisor) * divisor

/** With how many characters all of some texts begin; some of them are known. */
function sharedLength(places: Uint32Array, texts: readonly string[], known: number): number {
  const first = texts[places[0] as number] as string
  let length = first.length
  for (let at = 1; at < places.length && length > known; at += 1) {
    const text = texts[places[at] as number] as string
    let same = known
    while (same < length && text.charCodeAt(same) === first.charCodeAt(same)) same += 1
    length = same
  }
  return length
}

/** The characters of a text from a place on, as a number that is no greater for a text that comes before another. */
function keyOf(text: string, from: number, width: number): number {
  let key = 0
  let isClear = true
  for (let at = from; at < from + width; at += 1) {
    const unit = at < text.length ? text.charCodeAt(at) + 1 : 0
    // What follows a character that is unclear says nothing.
    isClear &&= unit < UNCLEAR
    key = key * BASE + (isClear ? unit : UNCLEAR)
  }
  return key
}
