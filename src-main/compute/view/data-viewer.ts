/** What does the window see of the session's rows: any page of them, every column in short, one in full? */
import { setImmediate as immediate } from 'node:timers/promises'
import type {
  DataColumn,
  DataColumnRequest,
  DataColumns,
  DataColumnView,
  DataRow,
  DataTable,
  Strength,
} from '../../../src-shared/contract/data-view'
import type { DataChoice } from '../../../src-shared/contract/job'
import { parameterCount } from '../../../src-shared/kan/parameters'
import { type ColumnCoding, codingsByColumn, inputsOfColumn } from '../../../src-shared/kan/preprocessing'
import { unitOf } from '../../../src-shared/kan/units'
import { correlationRatio, correlationWith } from '../../../src-shared/numerics/correlation'
import { random } from '../../../src-shared/numerics/random'
import { isUserError, UserError } from '../../../src-shared/user-error'
import { pick } from '../data/coding/coding'
import type { RawColumn, RawNumbers } from '../data/coding/raw-data'
import { unscaled } from '../data/coding/targets'
import { survey } from '../data/layout/survey'
import { tableRows } from '../data/layout/table-rows'
import type { LoadedData } from '../data/load'
import type { LiveHost } from '../live'
import type { ChosenData } from '../session-data'
import { shortRows } from '../short-work'
import { type ColumnFacts, factsOf, sameColumn } from './column-facts'
import { figuresOf, pointsOf } from './column-look'
import { type OutOfGrid, outOfGrid, rangeOfInput } from './grid-range'

/** Rows that a chart shows, and that correlations are of. */
const SAMPLE = 2000
/** Values that all correlations are of: of thousands of columns fewer rows do. */
const MOST_VALUES = 2_500_000
const LEAST_ROWS = 200
/** Milliseconds after which other work gets its turn. */
const SLICE = 8

export interface DataViewerHost extends LiveHost {
  readonly data: () => ChosenData
}

/** What does not change while the same data are loaded. */
interface Known {
  readonly facts: readonly ColumnFacts[]
  readonly twins: readonly (string | null)[]
  readonly strengths: Map<number, Promise<readonly Strength[]>>
}

export class DataViewer {
  private known: Promise<Known> | null = null
  private knownOf: LoadedData | null = null

  constructor(private readonly host: DataViewerHost) {}

  async table(): Promise<DataTable> {
    const { choice, loaded } = this.host.data()
    if (!('file' in choice)) return { names: columnsOf(loaded).map(({ name }) => name), rows: loaded.raw.rows }
    const { names, rows } = await survey(choice.file, choice.read)
    return { names, rows }
  }

  /** @param from of the table, counted from 0 */
  async rows(from: number, count: number): Promise<readonly DataRow[]> {
    const { choice, loaded } = this.host.data()
    const cells = await cellsOf(choice, loaded, from, count)
    const { tableRows: kept } = loaded.raw
    return cells.map((row, k) => {
      const own = kept === null ? from + k : placeIn(kept, from + k)
      return { cells: row, part: own < 0 || own >= loaded.raw.rows ? null : loaded.partOf(own) }
    })
  }

  async columns(target: number): Promise<DataColumns> {
    const { loaded } = this.host.data()
    const columns = columnsOf(loaded)
    const { raw } = loaded
    const goal = targetOf(loaded, target)
    const { facts, twins, strengths } = await this.look(loaded)
    const told = strengths.get(target) ?? strengthsOf(loaded, columns, goal)
    strengths.set(target, told)
    const strength = await told
    const grids = await this.host.turn(() => this.gridRanges(loaded))
    const pause = slices()
    const listed: DataColumn[] = []
    for (const [c, column] of columns.entries()) {
      const own = facts[c] as ColumnFacts
      const grid = grids === null ? null : outOf(grids, loaded, c, column)
      listed.push({
        name: column.name,
        role: c < raw.inputs.length ? 'input' : 'target',
        kind: column.type,
        unit: column.type === 'category' ? null : unitOf(column),
        missing: own.missing,
        constant: own.constant,
        twin: twins[c] ?? null,
        outside: grid && grid.below + grid.above,
        strength: strength[c] ?? { type: 'number', pearson: null, rank: null },
      })
      await pause()
    }
    return {
      rows: raw.rows,
      sampled: sampleOf(raw.rows, affordable(columns.length)).length,
      targets: raw.targets.map(({ name }) => name),
      target,
      columns: listed,
    }
  }

  async column({ column: c, target }: DataColumnRequest): Promise<DataColumnView> {
    const { loaded } = this.host.data()
    const { raw, preprocessing } = loaded
    const column = columnsOf(loaded)[c]
    if (column === undefined)
      throw new UserError(`There is no column ${c + 1}: the data have ${columnsOf(loaded).length}.`)
    const goal = targetOf(loaded, target)
    const grids = await this.host.turn(() => this.gridRanges(loaded))
    const rows = sampleOf(raw.rows, SAMPLE)
    const points = { ...pointsOf(column, rows), y: pick(goal.values, rows) }
    const predicted = await this.predicted(loaded, rows, target)
    return {
      name: column.name,
      kind: column.type,
      codings: codingsByColumn(preprocessing.inputs)[c] ?? [],
      output: preprocessing.outputs[c - raw.inputs.length] ?? null,
      ...figuresOf(column),
      grid: grids === null ? null : outOf(grids, loaded, c, column),
      points: { rows: raw.rows, ...points, predicted },
    }
  }

  private look(loaded: LoadedData): Promise<Known> {
    if (this.known === null || this.knownOf !== loaded) {
      this.knownOf = loaded
      this.known = know(loaded)
    }
    return this.known
  }

  /** Within a turn. Null where the network is for other columns. */
  private gridRanges(loaded: LoadedData): GridRange | null {
    const { specification, parameters } = this.host.live().model()
    const [layer] = specification.layers
    if (layer === undefined || specification.inputs.length !== loaded.inputNames.length) return null
    const grid = parameters[0]?.grid ?? null
    return (input) => rangeOfInput(layer.basis, grid, input)
  }

  private predicted(loaded: LoadedData, rows: Uint32Array, target: number): Promise<Float64Array | null> {
    return this.host.turn(async () => {
      const live = this.host.live()
      const coding = loaded.preprocessing.outputs[target]
      if (live.step === 0 || coding === undefined) return null
      try {
        const { network, data } = await this.host.compile()
        if (data !== loaded) return null
        const count = Math.min(rows.length, Math.max(1, shortRows(parameterCount(live.specification))))
        const handle = network.load(loaded.coded(rows.subarray(0, count)))
        try {
          const outputs = network.forward(handle)
          const width = loaded.preprocessing.outputs.length
          return Float64Array.from(rows, (_, k) =>
            k < count ? unscaled(coding, outputs[k * width + target] as number) : Number.NaN,
          )
        } finally {
          handle.dispose()
        }
      } catch (error) {
        if (!isUserError(error)) throw error
        return null
      }
    })
  }
}

type GridRange = (input: number) => readonly [number, number] | null

const columnsOf = ({ raw }: LoadedData): readonly RawColumn[] => [...raw.inputs, ...raw.targets]

function targetOf({ raw }: LoadedData, target: number): RawNumbers {
  const goal = raw.targets[target]
  if (goal === undefined) throw new UserError(`There is no target ${target + 1}: the data have ${raw.targets.length}.`)
  return goal
}

/** Of an input column that is one input of the network; null of all others. */
function outOf(grids: GridRange, loaded: LoadedData, c: number, column: RawColumn): OutOfGrid | null {
  const place = firstInputs(loaded)[c]
  const range = place === undefined ? null : grids(place.input)
  return place === undefined || range === null ? null : outOfGrid(place.coding, column, range)
}

const firsts = new WeakMap<LoadedData, readonly { readonly input: number; readonly coding: ColumnCoding }[]>()

/** The first input of the network that each input column gives. */
function firstInputs(loaded: LoadedData) {
  const before = firsts.get(loaded)
  if (before !== undefined) return before
  let input = 0
  const places = codingsByColumn(loaded.preprocessing.inputs).flatMap((codings) => {
    const [coding] = codings
    const own = input
    for (const each of codings) input += inputsOfColumn(each)
    return coding === undefined ? [] : [{ input: own, coding }]
  })
  firsts.set(loaded, places)
  return places
}

/** Lets other work have its turn every few milliseconds. */
function slices(): () => Promise<void> | undefined {
  let begin = performance.now()
  return () => {
    if (performance.now() - begin < SLICE) return undefined
    return immediate().then(() => {
      begin = performance.now()
    })
  }
}

async function know(loaded: LoadedData): Promise<Known> {
  const columns = columnsOf(loaded)
  const pause = slices()
  const facts: ColumnFacts[] = []
  const twins: (string | null)[] = []
  const byHash = new Map<number, RawColumn>()
  for (const column of columns) {
    const own = factsOf(column)
    const other = byHash.get(own.hash)
    facts.push(own)
    // Constant columns have a word of their own.
    twins.push(!own.constant && other !== undefined && sameColumn(other, column) ? other.name : null)
    if (other === undefined) byHash.set(own.hash, column)
    await pause()
  }
  return { facts, twins, strengths: new Map() }
}

const affordable = (columns: number) => Math.max(LEAST_ROWS, Math.min(SAMPLE, Math.floor(MOST_VALUES / columns)))

async function strengthsOf(
  { raw }: LoadedData,
  columns: readonly RawColumn[],
  target: RawNumbers,
): Promise<readonly Strength[]> {
  const rows = sampleOf(raw.rows, affordable(columns.length))
  const y = pick(target.values, rows)
  const correlation = correlationWith(y)
  const pause = slices()
  const strengths: Strength[] = []
  for (const column of columns) {
    if (column.type === 'category') {
      const codes = rows.map((row) => column.codes[row] as number)
      strengths.push({ type: 'category', ratio: correlationRatio(codes, column.texts.length, y) })
    } else {
      strengths.push({ type: 'number', ...correlation(pick(column.values, rows)) })
    }
    await pause()
  }
  return strengths
}

/** One row of each of equal pieces of the table. Of the number of rows only: always the same ones, ascending. */
export function sampleOf(rows: number, most: number): Uint32Array {
  if (rows <= most) return Uint32Array.from({ length: rows }, (_, row) => row)
  const next = random(0, 'data panel')
  const begin = (piece: number) => Math.floor((piece * rows) / most)
  return Uint32Array.from({ length: most }, (_, k) => begin(k) + Math.floor(next() * (begin(k + 1) - begin(k))))
}

/** Where a row of the table is among the used ones, which ascend; −1 where it is left out. */
function placeIn(rows: Uint32Array, row: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as number) < row) low = middle + 1
    else high = middle
  }
  return rows[low] === row ? low : -1
}

async function cellsOf(choice: DataChoice, loaded: LoadedData, from: number, count: number) {
  if ('file' in choice) return tableRows(choice.file, choice.read ?? {}, from, count)
  const columns = columnsOf(loaded)
  const length = Math.max(0, Math.min(count, loaded.raw.rows - from))
  return Array.from({ length }, (_, k) =>
    columns.map((column) => (column.type === 'category' ? null : String(column.values[from + k]))),
  )
}
