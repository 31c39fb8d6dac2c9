/** In which order do the values of a category have their inputs, whatever the order of the rows? */

/** The same on every machine, whatever its language. */
const { compare } = new Intl.Collator('en', { numeric: true })

/** Numbers by their size and before words; words by the alphabet, with numbers in them by their size: `step 2`, `step 10`. */
export function byValue(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  const [isNumber, isOther] = [Number.isFinite(x), Number.isFinite(y)]
  if (isNumber !== isOther) return isNumber ? -1 : 1
  const order = isNumber ? x - y : compare(a, b)
  return order !== 0 ? order : a < b ? -1 : a > b ? 1 : 0
}
