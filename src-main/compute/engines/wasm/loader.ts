/** How do the kernels get here? Compiled once a process; each network has an instance with a memory of its own. */
import { readFile } from 'node:fs/promises'

/** What kernels.as.ts exports; steps.as.ts says more. Numbers named like blocks of memory are addresses. */
export interface Kernels {
  setup(program: number, scratch: number): void
  runOutputs(): void
  runLosses(): number
  runGradients(): number
  runSums(): number
  runBack(again: boolean): void
  joinSums(rows: number): void
  penalty(lambda: number, l1: number, entropy: number): number
  join(): void
  squaredNorm(layer: number): number
  scaleGradient(layer: number, factor: number): void
  runUpdate(): void
  addProducts(layer: number, input: number, column: number, rows: number, products: number): void
  spreadFlow(
    ...of: [
      layer: number,
      input: number,
      column: number,
      rows: number,
      form: number,
      slope: number,
      mean: number,
      flow: number,
    ]
  ): void
  refresh(layer: number): void
  refreshEdge(layer: number, edge: number): void
  share(): void
  work(): void
  dismiss(): void
  workers(): number
}

/** Those of the perceptron; mlp-steps.as.ts says more. */
export interface MlpKernels extends Pick<Kernels, 'setup' | 'share' | 'dismiss' | 'workers'> {
  runMlpForward(table: number, stride: number, target: number): number
  runMlpBackward(table: number, stride: number): void
  runMlpUpdate(): void
}

/** Compiled kernels, and whether they use relaxed SIMD. */
export interface CompiledKernels {
  readonly module: WebAssembly.Module
  readonly relaxed: boolean
}

/**
 * The files that scripts/build-kernels.mjs writes beside this one, and scripts/copy-kernels.mjs beside the bundle: the
 * second one is for where relaxed SIMD (a product and a sum by one instruction) is missing.
 */
const KERNELS = './kernels.wasm'
const PLAIN_KERNELS = './kernels-plain.wasm'

let compiled: Promise<CompiledKernels> | null = null

/** @throws where the files are missing, or this Node has no SIMD or no shared memory */
export function loadKernels(): Promise<CompiledKernels> {
  compiled ??= compileKernels()
  return compiled
}

async function compileKernels(): Promise<CompiledKernels> {
  const bytes = await read(KERNELS)
  const relaxed = WebAssembly.validate(bytes)
  return { module: await WebAssembly.compile(relaxed ? bytes : await read(PLAIN_KERNELS)), relaxed }
}

async function read(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(file, import.meta.url)))
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels & MlpKernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return exports as unknown as Kernels & MlpKernels
}
