/** A perceptron on the same kernels, outside the engine interface: what the benchmark compares networks with. */
import { availableParallelism } from 'node:os'
import { adamRate } from '../../../../src-shared/numerics/adam'
import { random } from '../../../../src-shared/numerics/random'
import type { Columns } from '../engine'
import { Arena } from './arena'
import { WasmData } from './data'
import { instantiate, loadKernels, type MlpKernels } from './loader'
import { MOST_THREADS, Team } from './team'

/** Hidden units of a panel, panels of a group, and rows that go together, as in mlp.as.ts; rows of a strip, as in dense.as.ts. */
const PANEL = 8
const GROUP = 32
const ROWS = 128
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

/**
 * Makes a perceptron whose first numbers are PyTorch's: uniform within ± 1/√(inputs of the layer).
 *
 * @param threads most to use; results do not depend on it
 */
export async function compileMlp(shape: MlpShape, seed: number, threads = availableParallelism()): Promise<WasmMlp> {
  const { module } = await loadKernels()
  return new WasmMlp(module, shape, seed, threads)
}

export class WasmMlp {
  readonly #arena: Arena
  readonly #kernels: MlpKernels
  readonly #team: Team
  readonly #shape: MlpShape
  readonly #plan: Plan
  #step = 0

  /** @throws UserError when it does not fit into 32-bit memory, before allocating */
  constructor(module: WebAssembly.Module, shape: MlpShape, seed: number, threads: number) {
    this.#shape = shape
    this.#plan = plan(shape, threads)
    this.#arena = new Arena(this.#plan.bytes, 'The perceptron')
    this.#kernels = instantiate(module, this.#arena.memory)
    const { block, fields, scratches } = this.#plan
    this.#arena.integers.set(fields, block / 4)
    const [mine = 0, ...others] = scratches
    this.#kernels.setup(block, mine)
    const { memory } = this.#arena
    const posts = others.map((scratch) => ({ module, memory, program: block, scratch }))
    this.#team = new Team(this.#kernels, posts)
    this.#initialize(seed)
  }

  load({ rows, inputs, targets }: Columns): WasmData {
    if (rows > this.#shape.rows) throw new RangeError(`${rows} rows in a perceptron for ${this.#shape.rows}`)
    if (inputs.length !== this.#shape.inputs) throw new RangeError(`${inputs.length} inputs, not ${this.#shape.inputs}`)
    return new WasmData(this.#arena, { rows, inputs: [...inputs, new Float32Array(rows).fill(1)], targets })
  }

  /** Mean squared error of all rows. */
  forward({ rows, inputsAt, targetsAt, stride }: WasmData): number {
    this.#team.gather()
    this.#arena.integers[this.#plan.block / 4] = rows
    return this.#kernels.runMlpForward(inputsAt, stride, targetsAt) / rows
  }

  /** The same, and leaves its gradient in the memory. */
  gradient(data: WasmData): number {
    const loss = this.forward(data)
    this.#kernels.runMlpBackward(data.inputsAt, data.stride)
    return loss
  }

  /** One update by Adam (betas 0.9 and 0.999, epsilon 1e-8); returns the loss before it. */
  step(data: WasmData, learningRate: number): number {
    const loss = this.gradient(data)
    this.#step++
    const { block, fields } = this.#plan
    const { size, correction } = adamRate(learningRate, this.#step)
    this.#arena.floats.set([size, 1 / correction], block / 4 + fields.length)
    this.#kernels.runMlpUpdate()
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

  /** Threads that have come to help. */
  get workers(): number {
    return this.#team.size
  }

  dispose(): void {
    this.#team.dissolve()
    this.#arena.release()
  }

  /** Within the numbers: row i of a unit's column, of which the last is the output's weight. */
  #index(row: number, unit: number): number {
    return (Math.floor(unit / PANEL) * (this.#shape.inputs + 2) + row) * PANEL + (unit % PANEL)
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
function plan({ inputs, hidden, rows }: MlpShape, cores: number) {
  // AssemblyScript's own static data lie below.
  let end = 65536
  const reserve = (bytes: number): number => {
    const at = end
    end = roundUp(at + bytes, 64)
    return at
  }
  const k = inputs + 1
  const panels = Math.ceil(hidden / PANEL)
  const groups = Math.ceil(panels / GROUP)
  const threads = Math.max(1, Math.min(cores, MOST_THREADS, groups))
  const bytesOfNumbers = panels * (k + 1) * PANEL * 4 + 16
  const parameters = reserve(bytesOfNumbers)
  const gradient = reserve(bytesOfNumbers)
  // The order is that of the block in memory; what moves Adam follows.
  const fields = [
    ...[rows, k, panels, groups, parameters, gradient],
    reserve(bytesOfNumbers), // first
    reserve(bytesOfNumbers), // second
    reserve(Math.max(stripBytes(rows, k), stripBytes(k, rows))), // strips
    reserve(panels * rows), // active
    reserve(groups * 16 * roundUp(rows, 4)), // sums
    reserve(4 * roundUp(rows, 4)), // flow
  ]
  const scratches = Array.from({ length: threads }, () => reserve(4 * PANEL * ROWS))
  const block = reserve(4 * (fields.length + 2))
  return { parameters, gradient, bytesOfNumbers, fields, scratches, block, bytes: end }
}

function stripBytes(m: number, k: number): number {
  return Math.ceil(m / STRIP) * k * STRIP * 4
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step
}
