/** Which inputs come from one column of the table, and stand together under its name? Told by what they are called. */

/** Inputs from one column, side by side: `colour = red`, `colour = green`, … */
export interface Band {
  readonly column: string
  readonly from: number
  /** Behind the last one. */
  readonly to: number
}

interface Part {
  readonly column: string
  readonly label: string
}

/** The runs of two or more inputs that come from one column. */
export function bandsOf(inputs: readonly { readonly name: string }[]): readonly Band[] {
  const bands: Band[] = []
  let from = 0
  while (from < inputs.length) {
    const column = partOf(inputs[from]?.name ?? '')?.column
    let to = from + 1
    while (column !== undefined && to < inputs.length && partOf(inputs[to]?.name ?? '')?.column === column) to++
    if (column !== undefined && to - from > 1) bands.push({ column, from, to })
    from = to
  }
  return bands
}

/** What an input is called where its column's name stands beside it: `red`. */
export function labelIn(bands: readonly Band[], index: number, name: string): string {
  const isIn = bands.some(({ from, to }) => index >= from && index < to)
  return isIn ? (partOf(name)?.label ?? name) : name
}

/** As the coding of columns names its inputs: `colour = red`, `colour is missing`, `when (month)`. */
function partOf(name: string): Part | null {
  const [, column = '', value, part] = /^(.+?)(?: = (.*)| \(([a-z-]+)\)| is missing)$/.exec(name) ?? []
  return column === '' ? null : { column, label: value ?? part ?? 'missing' }
}
