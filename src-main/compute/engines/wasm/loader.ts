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
  refresh(layer: number): void
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

/** The file that scripts/build-kernels.mjs writes beside this one, and scripts/copy-kernels.mjs beside the bundle. */
const KERNELS = './kernels.wasm'

let compiled: Promise<WebAssembly.Module> | null = null

/** @throws where the file is missing or this Node has no relaxed SIMD */
export function loadKernels(): Promise<WebAssembly.Module> {
  compiled ??= readFile(new URL(KERNELS, import.meta.url)).then((bytes) => WebAssembly.compile(new Uint8Array(bytes)))
  return compiled
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels & MlpKernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return exports as unknown as Kernels & MlpKernels
}
