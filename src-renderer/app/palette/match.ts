/** Does a text answer to what was typed, how well, and by which of its letters? */

export interface Match {
  /** The larger the better. */
  readonly score: number
  /** Indices of the letters that were found. */
  readonly letters: ReadonlySet<number>
}

/** Every word of the query must be found, in any order: as a whole, or its letters one after the other. Null where one is not. */
export function match(query: string, text: string): Match | null {
  const folded = fold(text)
  let score = 0
  const letters = new Set<number>()
  for (const word of fold(query).split(' ')) {
    if (word === '') continue
    const found = whole(word, folded) ?? scattered(word, folded)
    if (found === null) return null
    score += found.score
    for (const letter of found.letters) letters.add(letter)
  }
  // Of two texts that have it the shorter is nearer to it.
  return { score: score - folded.length / 1000, letters }
}

/** Letters without case and accents, one for each of the text: `h₂` is found by h2, `Fläche` by flache. */
const fold = (text: string): string => Array.from(text, (letter) => plain(letter)).join('')

function plain(letter: string): string {
  const [first = letter] = letter.normalize('NFKD').toLowerCase()
  return first.length === letter.length ? first : letter
}

const isStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

function whole(word: string, text: string): Match | null {
  let best = -1
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (best < 0) best = at
    if (!isStart(text, at)) continue
    best = at
    break
  }
  if (best < 0) return null
  const letters = new Set(Array.from(word, (_, i) => best + i))
  return { score: isStart(text, best) ? (best === 0 ? 4 : 3) : 2, letters }
}

/** The letters in their order, the first at the start of a word, the next ones at such starts where they can be. */
function scattered(word: string, text: string): Match | null {
  const letters = new Set<number>()
  let from = 0
  let starts = 0
  for (const letter of word) {
    const places = placesOf(letter, text, from)
    const place = places.find((at) => isStart(text, at)) ?? (letters.size > 0 ? places[0] : undefined)
    if (place === undefined) return null
    if (isStart(text, place)) starts++
    letters.add(place)
    from = place + 1
  }
  return { score: starts / word.length, letters }
}

function placesOf(letter: string, text: string, from: number): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) places.push(at)
  return places
}
