/** Which inputs stand together: those from one column of the table, told by what they are called, and those of a group? */
import { group } from 'd3'
import { partOf } from '../../../src-shared/kan/preprocessing'

/** Inputs from one column, side by side: `colour = red`, `colour = green`, … */
export interface Band {
  readonly column: string
  readonly from: number
  /** Behind the last one. */
  readonly to: number
}

/** Inputs that share their curves, wherever they stand. */
export interface GroupBand {
  readonly group: number
  readonly members: readonly number[]
  /** Brackets that would run into each other stand in lanes, the first nearest to the inputs. */
  readonly lane: number
}

/** The groups of inputs, each in the first lane where there is room for it. */
export function groupBands(inputs: readonly { readonly group: number }[]): readonly GroupBand[] {
  const groups = group(inputs.keys(), (i) => inputs[i]?.group ?? 0)
  const ends: number[] = []
  return [...groups]
    .filter(([number]) => number > 0)
    .map(([number, members]) => {
      const [first = 0] = members
      const free = ends.findIndex((end) => end < first)
      const lane = free < 0 ? ends.length : free
      ends[lane] = members.at(-1) ?? first
      return { group: number, members, lane }
    })
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
