/** How do the kernels get here? Compiled once a process; each network has an instance with a memory of its own. */
import { readFile } from 'node:fs/promises'

/** What kernels.as.ts exports. Numbers named like a layer's or scratch block are addresses; strides are bytes. */
export interface Kernels {
  setup(scratch: number): void
  forward(
    layer: number,
    x: number,
    xStride: number,
    rows: number,
    output: number,
    outputStride: number,
    withSlopes: number,
    withScores: number,
    firstRow: number,
  ): void
  basisOnly(layer: number, x: number, xStride: number, rows: number): void
  dataLoss(
    kind: number,
    output: number,
    outputStride: number,
    target: number,
    targetStride: number,
    columns: number,
    rows: number,
    scale: number,
  ): number
  backward(
    layer: number,
    x: number,
    xStride: number,
    rows: number,
    passOn: number,
    withScores: number,
    firstRow: number,
  ): void
  regularize(layer: number, rows: number, lambda: number, l1: number, entropy: number): number
  pool(layer: number): void
  update(layer: number, stepSize: number, correction: number): void
  effective(layer: number): void
  gather(
    from: number,
    fromStride: number,
    columns: number,
    order: number,
    rows: number,
    to: number,
    toStride: number,
  ): void
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
