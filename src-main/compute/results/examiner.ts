/** How well does the session's network do on its own rows? Asked while training runs too, so each answer takes short turns. */
import { setImmediate as immediate } from 'node:timers/promises'
import type { DataChoice } from '../../../src-shared/contract/job'
import type { ResultPoints, Results, ResultsRequest, WorstRow } from '../../../src-shared/contract/results'
import { parameterCount } from '../../../src-shared/kan/parameters'
import type { Specification } from '../../../src-shared/kan/specification'
import { UserError } from '../../../src-shared/user-error'
import { unscaled } from '../data/coding/targets'
import { inputsInOwnUnits, type LoadedData } from '../data/load'
import { placesOf } from '../data/places'
import type { Columns, DataHandle } from '../engines/engine'
import type { Compiled, Live, LiveHost } from '../live'
import { shortRows } from '../short-work'
import type { Clock } from '../training/clock'
import { type Measure, measureFor, type Residual } from './measure'
import { type SampledSplit, sampleSplits } from './sample'

/** Values of inputs that a worst row brings along. */
const MOST_INPUTS = 24
/** Rows of a piece of a whole split at most: other work waits for it. */
const PIECE_ROWS = 65_536

/** What an examiner needs of the session. */
export interface ExaminerHost extends LiveHost {
  readonly clock: Clock
  readonly choice: () => DataChoice
}

/** The sampled rows in a network's memory. */
interface Held {
  readonly compiled: Compiled
  readonly splits: readonly SampledSplit[]
  /** Of the sampled rows of all splits, one split after the other. */
  readonly columns: Columns
  readonly handle: DataHandle
}

/** What one forward pass of the sampled rows tells, and of which network: figures of two do not go together. */
interface Glance extends Held {
  readonly live: Live
  readonly step: number
  readonly revision: number
  readonly specification: Specification
  readonly choice: DataChoice
  readonly output: number
  readonly points: readonly ResultPoints[]
  readonly measures: readonly Measure[]
  readonly milliseconds: number
}

export class Examiner {
  /** Gone with its network. */
  private held: Held | null = null
  /** Where rows of a choice's table stand in its file, as far as that was looked up. */
  private places = new Map<number, string>()
  private placesOf: DataChoice | null = null

  constructor(private readonly host: ExaminerHost) {}

  async results({ output, whole }: ResultsRequest): Promise<Results> {
    const glance = await this.host.turn(() => this.glance(output))
    const seesAll = glance.splits.every(({ rows, sampled }) => sampled.length === rows)
    if (!whole) return this.told(glance, glance.measures, seesAll)
    const measures = seesAll ? glance.measures : await this.walk(glance)
    if (measures === null) return this.told(glance, glance.measures, false)
    await this.lookUp(glance, measures)
    return this.told(glance, measures, true)
  }

  /** Within a turn. */
  private async glance(output: number): Promise<Glance> {
    const { clock, live, compile, choice } = this.host
    const compiled = await compile()
    const { preprocessing } = compiled.data
    const coding = preprocessing.outputs[output]
    if (coding === undefined) {
      throw new UserError(`There is no output ${output + 1}: the network has ${preprocessing.outputs.length}.`)
    }
    const begin = clock.now()
    const { step, revision, specification } = live()
    if (this.held?.compiled !== compiled) {
      const splits = sampleSplits(compiled.data, parameterCount(specification))
      const columns = compiled.data.coded(Uint32Array.from(splits.flatMap(({ sampled }) => [...sampled])))
      this.held = { compiled, splits, columns, handle: compiled.network.load(columns) }
    }
    const { splits, columns, handle } = this.held
    const predicted = compiled.network.forward(handle)
    const width = preprocessing.outputs.length
    const measures: Measure[] = []
    const points: ResultPoints[] = []
    let from = 0
    for (const { sampled: rows } of splits) {
      const to = from + rows.length
      const values = predicted.subarray(from * width, to * width)
      const targets = columns.targets.map((column) => column.subarray(from, to))
      from = to
      const measure = measureFor(specification.task, preprocessing.outputs, output)
      measure.add({ rows, targets, predicted: values })
      measures.push(measure)
      const each = (value: (k: number) => number) => Float64Array.from(rows, (_, k) => unscaled(coding, value(k)))
      points.push({
        rows: rows.map((row) => sourceRow(compiled.data, row)),
        truth: each((k) => targets[output]?.[k] as number),
        predicted: each((k) => values[k * width + output] as number),
      })
    }
    const about = { live: live(), step, revision, specification, choice: choice(), output }
    return { ...this.held, ...about, points, measures, milliseconds: clock.now() - begin }
  }

  /** All rows of all splits, a turn for each piece; null as soon as the network is another one. */
  private async walk(glance: Glance): Promise<readonly Measure[] | null> {
    const { compiled, specification, output, splits } = glance
    const size = Math.max(1, Math.min(PIECE_ROWS, shortRows(parameterCount(specification))))
    const measures: Measure[] = []
    for (const { name } of splits) {
      const measure = measureFor(specification.task, compiled.data.preprocessing.outputs, output)
      const rows = compiled.data.rowsOf(name)
      for (let from = 0; from < rows.length; from += size) {
        const isSame = await this.host.turn(() => {
          if (!this.isNow(glance)) return false
          addPiece(measure, compiled, rows.subarray(from, from + size))
          return true
        })
        if (!isSame) return null
        // Messages of the other end are read here.
        await immediate()
      }
      measures.push(measure)
    }
    return measures
  }

  private isNow({ live, compiled, step, revision }: Glance): boolean {
    const now = this.host.live()
    return now === live && now.current === compiled && now.step === step && now.revision === revision
  }

  private async lookUp({ choice, compiled }: Glance, measures: readonly Measure[]): Promise<void> {
    if (this.placesOf !== choice) this.places = new Map()
    this.placesOf = choice
    const { places } = this
    const rows = measures.flatMap((measure) => measure.worst().map(({ row }) => sourceRow(compiled.data, row)))
    const unknown = rows.filter((row) => !places.has(row))
    for (const [row, place] of await placesOf(choice, unknown)) places.set(row, place)
  }

  private told(glance: Glance, measures: readonly Measure[], whole: boolean): Results {
    const { step, revision, specification, output, splits, points, milliseconds } = glance
    return {
      ...{ step, revision, whole, output, milliseconds },
      inputs: specification.inputs.slice(0, MOST_INPUTS).map(({ name }) => name),
      outputs: specification.outputs.map(({ name }) => name),
      splits: splits.flatMap((split, s) => {
        const [measure, sampled] = [measures[s], points[s]]
        if (measure === undefined || sampled === undefined) return []
        const worst = measure.worst().map((residual) => this.worstRow(glance, residual))
        return [{ name: split.name, rows: split.rows, measures: measure.measures(), points: sampled, worst }]
      }),
    }
  }

  private worstRow({ compiled, choice }: Glance, { row, truth, predicted }: Residual): WorstRow {
    const source = sourceRow(compiled.data, row)
    const known = this.placesOf === choice ? this.places.get(source) : undefined
    return {
      row: source,
      place: known ?? `row ${source + 1}`,
      inputs: inputsInOwnUnits(compiled.data, row).slice(0, MOST_INPUTS),
      ...{ truth, predicted },
    }
  }
}

/** Which row of the table a row of the raw data is. */
function sourceRow({ raw }: LoadedData, row: number): number {
  return raw.tableRows?.[row] ?? row
}

function addPiece(measure: Measure, { data, network }: Compiled, rows: Uint32Array): void {
  const columns = data.coded(rows)
  const handle = network.load(columns)
  try {
    measure.add({ rows, targets: columns.targets, predicted: network.forward(handle) })
  } finally {
    handle.dispose()
  }
}
