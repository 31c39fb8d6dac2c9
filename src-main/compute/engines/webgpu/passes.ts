/** Which kernels run, one after the other, for the rows of a step to go through the network and back? */
import type { Loss, PykanRegularization, Regularization } from '../../../../src-shared/contract/job'
import type { Objective } from '../engine'
import type { Buffers } from './buffers'
import type { Kernel } from './kernels'
import type { LayerRecord, Layout } from './layout'
import type { Dispatch } from './protocol'

/** Rows of a workgroup, and other things that it shares. */
const GROUP = 64
const LOSSES: Readonly<Record<Loss, number>> = { mse: 0, mae: 1, huber: 2, cross_entropy: 3 }

/** Records of layers on the card. */
export interface Records {
  readonly layers: readonly number[]
  readonly outputs: number
  readonly clip: number
  readonly results: number
}

/** What the kernels are told of a run, as in program.wgsl. */
export function runBytes(
  stride: number,
  data: { readonly rows: number; readonly inputs: number; readonly outputs: number },
  { loss, regularization }: Objective,
  { listed, clipNorm }: { readonly listed: boolean; readonly clipNorm: number | null },
): Uint32Array {
  const active = chargedBy(regularization)
  const whole = new Uint32Array(16)
  whole.set([stride, LOSSES[loss], Number(listed), data.rows, data.inputs, data.outputs])
  whole.set([Number(active?.type === 'better_kan'), Number(active?.type === 'pykan')], 6)
  const parts = new Float32Array(whole.buffer)
  parts.set([active?.lambda ?? 0, active?.l1 ?? 0, active?.entropy ?? 0, clipNorm ?? 0], 8)
  if (active?.type === 'pykan') parts.set([active.coef, active.coefDiff], 12)
  return whole
}

/** Null where nothing is charged. */
export function chargedBy(regularization: Regularization | null): Regularization | null {
  return regularization === null || regularization.lambda === 0 ? null : regularization
}

export class Passes {
  readonly #layout: Layout
  readonly #buffers: Buffers
  readonly #records: Records

  constructor(layout: Layout, buffers: Buffers, records: Records) {
    this.#layout = layout
    this.#buffers = buffers
    this.#records = records
  }

  /** Of the table's rows to the outputs. */
  forward(rows: number, table: number): Dispatch[] {
    const { inputs } = first(this.#layout.layers)
    const columns = inputs + this.#layout.outputs.inputs
    const gather = this.#buffers.dispatch('gather', first(this.#records.layers), groups(rows), columns, table)
    return [
      gather,
      ...this.#layers().flatMap(({ run, layer }) => [
        run('basis', groups(rows), layer.inputs),
        run('forward', groups(rows), layer.nodes),
      ]),
    ]
  }

  dataLoss(): Dispatch[] {
    return [this.#buffers.dispatch('loss', last(this.#records.layers), 1)]
  }

  /** Ranges and spreads of all columns and of every edge's phi. */
  statistics(): Dispatch[] {
    return [
      ...this.#layers().flatMap(({ run, layer }) => [
        run('columns', groups(layer.inputs)),
        run('spreads', ...grid(layer.inputs * layer.nodes)),
      ]),
      this.#buffers.dispatch('columns', this.#records.outputs, groups(this.#layout.outputs.inputs)),
    ]
  }

  /** better_kan's penalty, of the statistics. */
  penalty(): Dispatch[] {
    return this.#layers().map(({ run }) => run('penalty', 1))
  }

  /** What pykan's penalty adds for the weights themselves. */
  coefficients({ coef, coefDiff }: PykanRegularization): Dispatch[] {
    return coef === 0 && coefDiff === 0 ? [] : this.#layers().map(({ run }) => run('coefficients', 1))
  }

  /** Every gradient, from the derivative by the outputs. */
  backward(rows: number, regularization: Regularization | null): Dispatch[] {
    const charged = chargedBy(regularization)
    const outputs = this.#buffers.dispatch(
      'columnFlows',
      this.#records.outputs,
      groups(rows),
      this.#layout.outputs.inputs,
    )
    return [
      ...(charged?.type === 'pykan' ? [outputs] : []),
      ...this.#layers()
        .toReversed()
        .flatMap(({ run, layer, index, ties }) => [
          run('edges', ...grid(layer.inputs * layer.nodes)),
          ...(layer.biased === 1 ? [run('biases', groups(layer.nodes))] : []),
          ...(charged?.type === 'pykan' && (charged.coef !== 0 || charged.coefDiff !== 0)
            ? [run('coefficientSlopes', layer.inputs, layer.nodes)]
            : []),
          ...(ties > 0 ? [run('ties', groups(layer.size + 6), ties)] : []),
          ...(index === 0 ? [] : this.#flows(run, layer, rows, charged)),
        ]),
    ]
  }

  #flows(run: Run, layer: LayerRecord, rows: number, charged: Regularization | null): Dispatch[] {
    const flows = run('flows', groups(rows), layer.inputs)
    if (charged === null) return [flows]
    return charged.type === 'better_kan'
      ? [flows, run('ranges', groups(layer.inputs))]
      : [flows, run('columnFlows', groups(rows), layer.inputs)]
  }

  /** Notes the losses, and moves everything that trains. */
  update(clips: boolean): Dispatch[] {
    const layers = this.#layers()
    const { clip, results } = this.#records
    return [
      this.#buffers.dispatch('settle', results, 1),
      ...(clips ? [...layers.map(({ run }) => run('norms', GROUP)), this.#buffers.dispatch('clip', clip, 1)] : []),
      ...layers.map(({ run, layer }) => run('adam', ...grid(layer.count))),
      this.#buffers.dispatch('advance', results, 1),
    ]
  }

  /** Numbers of ties, a layer each; they come and go with the masks. */
  ties: readonly number[] = []

  #layers() {
    return this.#layout.layers.map((layer, index) => {
      const record = this.#records.layers[index] as number
      const form = this.#layout.forms[index]
      const run: Run = (kernel, x, y = 1) => this.#buffers.dispatch(kernel, record, x, y, undefined, form)
      return { layer, index, run, ties: this.ties[index] ?? 0 }
    })
  }
}

type Run = (kernel: Kernel, x: number, y?: number) => Dispatch

/** That WebGPU runs along one axis. */
const MOST_GROUPS = 65_535

/** Groups for so many threads, in rows of as many as WebGPU runs along one axis. */
function grid(count: number): readonly [x: number, y: number] {
  const wanted = groups(count)
  const across = Math.min(wanted, MOST_GROUPS)
  return [across, Math.ceil(wanted / across)]
}

function groups(count: number): number {
  return Math.ceil(count / GROUP)
}

function first<T>(list: readonly T[]): T {
  return list[0] as T
}

function last<T>(list: readonly T[]): T {
  return list.at(-1) as T
}
