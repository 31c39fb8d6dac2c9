// The WebAssembly kernels: what the loader (loader.ts) and workers (worker.ts) find exported. AssemblyScript, 128-bit SIMD.
import { Scratch, useScratch } from './kernels/layer.as'
import { Program, useProgram } from './kernels/program.as'

export { joinSums, join, penalty, refresh, refreshEdge, runBack, runGradients, runLosses, runOutputs, runSums, runUpdate } from './kernels/steps.as'
export { addProducts, spreadFlow } from './kernels/spread.as'
export { multiplyAdds } from './kernels/peak.as'
export { scaleGradient, squaredNorm } from './kernels/clip.as'
export { runMlpBackward, runMlpForward, runMlpUpdate } from './kernels/mlp-steps.as'
export { dismiss, share, work, workers } from './kernels/threads.as'

// To be called once by every thread.
export function setup(program: Program, scratch: Scratch): void {
  useProgram(program)
  useScratch(scratch)
}
