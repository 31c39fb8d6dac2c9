/** What are the numbers of a column like: how many are different, how far do they reach, where do most lie? By the kernel of kernels/figures.as.ts. */
import { readFileSync } from 'node:fs'
import type { ColumnSummary } from '../../../../src-shared/contract/data'

interface Kernel {
  readonly memory: WebAssembly.Memory
  valuesAt(): number
  binsAt(): number
  begin(bits: number): void
  look(count: number): void
  beginGroup(first: number, most: number): number
  scatter(count: number, first: number): void
  different(first: number): number
  bin(count: number): void
  leastOf(): number
  greatestOf(): number
  sumOf(): number
  finiteOf(): number
  zeros(): number
}

export type Figures = Pick<ColumnSummary, 'distinct' | 'min' | 'max' | 'mean' | 'sum' | 'histogram'>

export const NO_FIGURES: Figures = { distinct: 0, min: null, max: null, mean: null, sum: null, histogram: [] }

const BLOCK = 65536
const BINS = 32
/** Numbers of a part, about: its table of hashes then takes 128 kB, which stays in the processor's cache. */
const PART = 8192
/** Numbers that are sorted at a time, 128 MB. */
const GROUP = 1 << 24
/** A kernel whose memory has grown larger is not kept, in bytes. */
const KEPT = 32 << 20

let module: WebAssembly.Module | null = null
let kept: Kernel | null = null

function takeKernel(): Kernel {
  module ??= new WebAssembly.Module(new Uint8Array(readFileSync(new URL('./figures.wasm', import.meta.url))))
  kept ??= new WebAssembly.Instance(module, { env: { abort: () => undefined } }).exports as unknown as Kernel
  return kept
}

/** Of the finite numbers; 0 and −0 are one. The histogram has equal bins from min to max; one bin where all numbers are the same, or too near each other to be told apart. */
export function figuresOf(values: Float64Array): Figures {
  const kernel = takeKernel()
  const bits = Math.max(0, Math.ceil(Math.log2(values.length / PART)))
  kernel.begin(bits)
  eachBlock(kernel, values, (count) => kernel.look(count))
  const finite = kernel.finiteOf()
  if (finite === 0) return NO_FIGURES
  let distinct = kernel.zeros()
  for (let first = 0; first < 2 ** bits; ) {
    const next = kernel.beginGroup(first, GROUP)
    eachBlock(kernel, values, (count) => kernel.scatter(count, first))
    distinct += kernel.different(first)
    first = next
  }
  const [min, max, sum] = [kernel.leastOf(), kernel.greatestOf(), kernel.sumOf()]
  const histogram = max / 2 - min / 2 === 0 ? [finite] : histogramOf(kernel, values)
  if (kernel.memory.buffer.byteLength > KEPT) kept = null
  return { distinct, min, max, mean: sum / finite, sum, histogram }
}

function histogramOf(kernel: Kernel, values: Float64Array): number[] {
  eachBlock(kernel, values, (count) => kernel.bin(count))
  return [...new Float64Array(kernel.memory.buffer, kernel.binsAt(), BINS)]
}

function eachBlock(kernel: Kernel, values: Float64Array, take: (count: number) => void): void {
  // Its memory does not grow while blocks are taken.
  const block = new Float64Array(kernel.memory.buffer, kernel.valuesAt(), BLOCK)
  for (let from = 0; from < values.length; from += BLOCK) {
    const own = values.subarray(from, from + BLOCK)
    block.set(own)
    take(own.length)
  }
}
