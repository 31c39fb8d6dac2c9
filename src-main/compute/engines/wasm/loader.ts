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

/** Those of the perceptron (mlp.as.ts) and its dense product (dense.as.ts). */
export interface MlpKernels {
  stripColumns(from: number, stride: number, m: number, k: number, to: number): void
  stripRows(from: number, stride: number, m: number, k: number, to: number): void
  mlpForward(
    x: number,
    rows: number,
    k: number,
    parameters: number,
    from: number,
    to: number,
    active: number,
    sums: number,
    hidden: number,
  ): void
  mlpLoss(sums: number, bias: number, target: number, rows: number, flow: number, gradient: number): number
  mlpBackward(
    xT: number,
    rows: number,
    k: number,
    parameters: number,
    from: number,
    to: number,
    active: number,
    flow: number,
    gradient: number,
    masked: number,
  ): void
  updateAll(p: number, m: number, v: number, g: number, bytes: number, stepSize: number, correction: number): void
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
