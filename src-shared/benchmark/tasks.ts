/** Which rows does a plan make, and what is each called? */
import type { Specification } from '../kan/specification'
import { type Method, methodText } from './method'
import type { BenchPlan, BenchShape } from './plan'
import { benchNetwork } from './subjects'

/** Only this engine has the perceptron. */
export const MLP_ENGINE = 'wasm'

/** What computes in a row. */
type BenchSubject =
  | { readonly type: 'network'; readonly specification: Specification }
  | { readonly type: 'mlp'; readonly shape: BenchShape }

/** What of a row the compute process must know. */
export interface BenchTask {
  readonly subject: BenchSubject
  readonly engine: string
  /** Most threads to use; null is as many as pay. */
  readonly threads: number | null
  /** With better_kan's L1 and entropy. */
  readonly regularized: boolean
  readonly batchSize: number
  readonly repetitions: number
  readonly warmUp: number
}

/** A row's place in the plan. */
export interface RowFacts {
  /** No other row has it: METHOD-ENGINE, `+l1` where it is regularised, and what else differs between rows. */
  readonly name: string
  /** The method as it is written, or a peer's name. */
  readonly method: string
  /** Null of a peer. */
  readonly engine: string | null
  readonly threads: number | null
  readonly regularized: boolean
  /** Inputs, nodes of every layer. */
  readonly widths: readonly number[]
  readonly batchSize: number
}

export interface PlannedRow extends RowFacts {
  readonly task: BenchTask
}

export interface PlannedPeer extends RowFacts {
  readonly command: string
  readonly shape: BenchShape
}

/**
 * Rows in the order of the plan. A perceptron has neither edges to regularise nor more than one engine, and what it does not
 * have is no row. The open network has its own shape.
 */
export function rowsOf(plan: BenchPlan, open: Specification | null): readonly PlannedRow[] {
  const rows: PlannedRow[] = []
  for (const batchSize of plan.batchSizes) {
    for (const shape of plan.shapes) {
      for (const method of plan.methods) {
        if (method.type === 'open' && (open === null || shape !== plan.shapes[0])) continue
        const specification = specificationOf(method, shape, open)
        const subject: BenchSubject =
          specification === null ? { type: 'mlp', shape } : { type: 'network', specification }
        for (const engine of plan.engines) {
          if (specification === null && engine !== MLP_ENGINE) continue
          for (const threads of plan.threads) {
            for (const regularized of specification === null ? [false] : plan.regularized) {
              const facts = { method: methodText(method), engine, threads, regularized, batchSize }
              const widths = specification === null ? widthsOf(shape) : networkWidths(specification)
              rows.push({
                ...facts,
                name: nameOf(plan, { ...facts, widths }),
                widths,
                task: {
                  subject,
                  engine,
                  threads,
                  regularized,
                  batchSize,
                  repetitions: plan.repetitions,
                  warmUp: plan.warmUp,
                },
              })
            }
          }
        }
      }
    }
  }
  return distinct(rows)
}

/** A peer is measured at every size; its command hears which from its surroundings. */
export function peersOf(plan: BenchPlan): readonly PlannedPeer[] {
  const rows = plan.batchSizes.flatMap((batchSize) =>
    plan.shapes.flatMap((shape) =>
      plan.peers.map(({ name: method, command }): PlannedPeer => {
        const facts = { method, engine: null, threads: null, regularized: false, batchSize, widths: widthsOf(shape) }
        return { ...facts, name: nameOf(plan, facts), command, shape }
      }),
    ),
  )
  return distinct(rows)
}

function specificationOf(method: Method, shape: BenchShape, open: Specification | null): Specification | null {
  if (method.type === 'mlp') return null
  if (method.type !== 'open') return benchNetwork(method, shape)
  // Times are of its design: neither classes nor the coding of its data take part.
  const { preprocessing: _p, classes: _c, history: _h, ...design } = open ?? benchNetwork(DEFAULT, shape)
  return { ...design, task: 'regression' }
}

const DEFAULT = { type: 'spline', order: 3, intervals: 5 } as const

function nameOf(
  plan: BenchPlan,
  { method, engine, regularized, threads, batchSize, widths }: Omit<RowFacts, 'name'>,
): string {
  const several = (values: readonly unknown[]) => values.length > 1
  return [
    `${method}${engine === null ? '' : `-${engine}`}${regularized ? '+l1' : ''}`,
    engine !== null && (several(plan.threads) || threads !== null)
      ? `${threads ?? 'all'} thread${threads === 1 ? '' : 's'}`
      : '',
    several(plan.shapes) && method !== 'open' ? widths.join('×') : '',
    several(plan.batchSizes) ? `batch ${batchSize}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** The first of each name. */
function distinct<Row extends RowFacts>(rows: readonly Row[]): readonly Row[] {
  return [...new Map([...rows].reverse().map((row) => [row.name, row])).values()].reverse()
}

function widthsOf({ inputs, hidden, outputs, hiddenLayers }: BenchShape): readonly number[] {
  return [inputs, ...Array.from({ length: hiddenLayers }, () => hidden), outputs]
}

function networkWidths({ inputs, layers }: Specification): readonly number[] {
  return [inputs.length, ...layers.map(({ nodes }) => nodes)]
}
