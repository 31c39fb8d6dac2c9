/** A perceptron on the same kernels, outside the engine interface: what the benchmark compares networks with. */
import { random } from '../../../../src-shared/numerics/random'
import type { Columns } from '../engine'
import { Arena } from './arena'
import { WasmData } from './data'
import { instantiate, loadKernels, type MlpKernels } from './loader'

/** Hidden units of a panel, and rows that go back together, as in mlp.as.ts; rows of a strip, as in dense.as.ts. */
const PANEL = 8
const FORWARD_ROWS = 96
const BACKWARD_ROWS = 128
const STRIP = 6

export interface MlpShape {
  readonly inputs: number
  readonly hidden: number
  /** Most rows of a table. */
  readonly rows: number
}

/** Numbers of a perceptron, or their gradient: ReLU(x·weights + bias)·outputWeights + outputBias, then the sigmoid. */
export interface MlpTensors {
  /** [inputs, hidden] */
  readonly weights: Float64Array
  /** [hidden] */
  readonly bias: Float64Array
  /** [hidden] */
  readonly outputWeights: Float64Array
  readonly outputBias: number
}

/** All of them train. */
export function mlpParameterCount({ inputs, hidden }: Pick<MlpShape, 'inputs' | 'hidden'>): number {
  return inputs * hidden + 2 * hidden + 1
}

/** Makes a perceptron whose first numbers are PyTorch's: uniform within ± 1/√(inputs of the layer). */
export async function compileMlp(shape: MlpShape, seed: number): Promise<WasmMlp> {
  return new WasmMlp(await loadKernels(), shape, seed)
}

export class WasmMlp {
  readonly #arena: Arena
  readonly #kernels: MlpKernels
  readonly #shape: MlpShape
  readonly #panels: number
  /** Inputs and the column of ones that the biases multiply. */
  readonly #k: number
  readonly #plan: Plan
  #step = 0

  /** @throws UserError when it does not fit into 32-bit memory, before allocating */
  constructor(module: WebAssembly.Module, shape: MlpShape, seed: number) {
    this.#shape = shape
    this.#panels = Math.ceil(shape.hidden / PANEL)
    this.#k = shape.inputs + 1
    this.#plan = plan(shape)
    this.#arena = new Arena(this.#plan.bytes, 'The perceptron')
    this.#kernels = instantiate(module, this.#arena.memory)
    this.#initialize(seed)
  }

  load({ rows, inputs, targets }: Columns): WasmData {
    if (rows > this.#shape.rows) throw new RangeError(`${rows} rows in a perceptron for ${this.#shape.rows}`)
    if (inputs.length !== this.#shape.inputs) throw new RangeError(`${inputs.length} inputs, not ${this.#shape.inputs}`)
    return new WasmData(this.#arena, { rows, inputs: [...inputs, new Float32Array(rows).fill(1)], targets })
  }

  /** Mean squared error of all rows. */
  forward({ rows, inputsAt, targetsAt, stride }: WasmData): number {
    const { strips, parameters, active, sums, scratch, flow, bytesOfNumbers, gradient } = this.#plan
    const k = this.#k
    this.#arena.floats.fill(0, sums / 4, sums / 4 + 4 * roundUp(rows, 4))
    this.#kernels.stripColumns(inputsAt, stride, rows, k, strips)
    this.#kernels.mlpForward(strips, rows, k, parameters, 0, this.#panels, active, sums, scratch)
    const last = bytesOfNumbers - 16
    return this.#kernels.mlpLoss(sums, parameters + last, targetsAt, rows, flow, gradient + last) / rows
  }

  /** The same, and leaves its gradient in the memory. */
  gradient(data: WasmData): number {
    const { strips, parameters, active, scratch, flow, gradient } = this.#plan
    const { rows, inputsAt, stride } = data
    const k = this.#k
    const loss = this.forward(data)
    for (let row = 0; row < rows; row += BACKWARD_ROWS) {
      const n = Math.min(BACKWARD_ROWS, rows - row)
      this.#kernels.stripRows(inputsAt + 4 * row, stride, k, n, strips + stripBytes(k, 1) * row)
    }
    this.#kernels.mlpBackward(strips, rows, k, parameters, 0, this.#panels, active, flow, gradient, scratch)
    return loss
  }

  /** One update by Adam (betas 0.9 and 0.999, epsilon 1e-8); returns the loss before it. */
  step(data: WasmData, learningRate: number): number {
    const loss = this.gradient(data)
    const { parameters, first, second, gradient, bytesOfNumbers } = this.#plan
    this.#step++
    const stepSize = learningRate / (1 - 0.9 ** this.#step)
    const correction = 1 / Math.sqrt(1 - 0.999 ** this.#step)
    this.#kernels.updateAll(parameters, first, second, gradient, bytesOfNumbers, stepSize, correction)
    return loss
  }

  read(what: 'parameters' | 'gradient'): MlpTensors {
    const { inputs, hidden } = this.#shape
    const { floats } = this.#arena
    const from = this.#plan[what] / 4
    const row = (i: number) =>
      Float64Array.from({ length: hidden }, (_, h) => floats[from + this.#index(i, h)] as number)
    const weights = new Float64Array(inputs * hidden)
    for (let i = 0; i < inputs; i++) weights.set(row(i), i * hidden)
    return {
      weights,
      bias: row(inputs),
      outputWeights: row(inputs + 1),
      outputBias: floats[from + (this.#plan.bytesOfNumbers - 16) / 4] as number,
    }
  }

  memory(): number {
    return this.#arena.bytes
  }

  dispose(): void {
    this.#arena.release()
  }

  /** Within the numbers: row i of a unit's column, of which the last is the output's weight. */
  #index(row: number, unit: number): number {
    return (Math.floor(unit / PANEL) * (this.#k + 1) + row) * PANEL + (unit % PANEL)
  }

  #initialize(seed: number): void {
    const { inputs, hidden } = this.#shape
    const { floats } = this.#arena
    const from = this.#plan.parameters / 4
    const next = random(seed, 'perceptron')
    const uniform = (fan: number) => (2 * next() - 1) / Math.sqrt(fan)
    for (let row = 0; row <= inputs + 1; row++) {
      for (let h = 0; h < hidden; h++) floats[from + this.#index(row, h)] = uniform(row <= inputs ? inputs : hidden)
    }
    floats[from + (this.#plan.bytesOfNumbers - 16) / 4] = uniform(hidden)
  }
}

type Plan = ReturnType<typeof plan>

/** Addresses; the numbers are panels, then the output's bias alone in 16 bytes. */
function plan({ inputs, hidden, rows }: MlpShape) {
  // AssemblyScript's own static data lie below.
  let end = 65536
  const reserve = (bytes: number): number => {
    const at = end
    end = roundUp(at + bytes, 64)
    return at
  }
  const k = inputs + 1
  const panels = Math.ceil(hidden / PANEL)
  const bytesOfNumbers = panels * (k + 1) * PANEL * 4 + 16
  const places = {
    parameters: reserve(bytesOfNumbers),
    gradient: reserve(bytesOfNumbers),
    first: reserve(bytesOfNumbers),
    second: reserve(bytesOfNumbers),
    /** The table in strips of rows, then, on the way back, of columns. */
    strips: reserve(Math.max(stripBytes(rows, k), stripBytes(k, rows))),
    active: reserve(panels * rows),
    sums: reserve(16 * roundUp(rows, 4)),
    flow: reserve(4 * roundUp(rows, 4)),
    scratch: reserve(4 * PANEL * Math.max(FORWARD_ROWS, BACKWARD_ROWS)),
  }
  return { ...places, bytesOfNumbers, bytes: end }
}

function stripBytes(m: number, k: number): number {
  return Math.ceil(m / STRIP) * k * STRIP * 4
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step
}
