// The WebAssembly kernels: what the loader (loader.ts) finds exported. AssemblyScript, 128-bit relaxed SIMD, one thread.
export { setup } from './kernels/layer.as'
export { forward, basisOnly } from './kernels/forward.as'
export { backward, squaredError } from './kernels/backward.as'
export { regularize } from './kernels/regularize.as'
export { effective, pool, update, updateAll } from './kernels/adam.as'
export { gather } from './kernels/columns.as'
export { stripColumns, stripRows } from './kernels/dense.as'
export { mlpBackward, mlpForward, mlpLoss } from './kernels/mlp.as'
