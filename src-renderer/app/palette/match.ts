/** Does a text answer to what was typed, how well, and by which of its letters? */

export interface Match {
  /** The larger the better. */
  readonly score: number
  /** Indices of the letters that were found. */
  readonly letters: ReadonlySet<number>
}

/** Every word of the query must be found, in any order: as a whole, or abbreviated. Null where one is not. */
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

/** The letters in their order, each at the start of a word or right behind the one before: `addl` is Add layer. */
function scattered(word: string, text: string): Match | null {
  const places = abbreviated(word, text, 0)
  if (places === null) return null
  return { score: places.filter((at) => isStart(text, at)).length / word.length, letters: new Set(places) }
}

function abbreviated(word: string, text: string, from: number): readonly number[] | null {
  if (word === '') return []
  for (let at = text.indexOf(word[0] ?? '', from); at >= 0; at = text.indexOf(word[0] ?? '', at + 1)) {
    if (!isStart(text, at) && (from === 0 || at !== from)) continue
    const rest = abbreviated(word.slice(1), text, at + 1)
    if (rest !== null) return [at, ...rest]
  }
  return null
}
