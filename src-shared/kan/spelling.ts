/** Which texts of a category are one value, written in capitals and small letters? */

/** A text, and how often it stands in a column. */
interface Counted {
  readonly text: string
  readonly count: number
}

/** What two texts have in common that mean the same. @param fold whether capitals and small letters do */
export function spellingKey(text: string, fold: boolean | undefined): string {
  return fold ? text.toLowerCase() : text
}

/** Texts that differ by capitals only, by what they have in common; within each the most frequent first, else the first. */
export function spellingsOf(texts: readonly Counted[]): Counted[][] {
  const byKey = new Map<string, Counted[]>()
  for (const one of texts) {
    const key = spellingKey(one.text, true)
    const same = byKey.get(key)
    if (same) same.push(one)
    else byKey.set(key, [one])
  }
  return [...byKey.values()].map((same) => [...same].sort((a, b) => b.count - a.count))
}
