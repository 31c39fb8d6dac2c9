/** How much memory a network would take: asked before anything is allocated. */
import { UserError } from '../user-error'
import { parameterCount } from './parameters'
import { basisSize, inputsOf, type Specification, supportSize } from './specification'

/** What a 32-bit WebAssembly memory can hold. */
const MEMORY_LIMIT = 4e9

/** Rows that are computed together where nothing else is said; larger batches are walked in chunks. */
export const CHUNK_ROWS = 1000

/**
 * Bytes for training; rows beyond a chunk cost no more.
 *
 * A parameter costs 40: four float32 (value, gradient, two moments) in the engine and three float64 (value, two moments)
 * outside it. A row costs, for each node, its value and gradient on either side of it, and for each input its basis
 * values and slopes, of which a spline has order + 1, all as float32. A change of basis is a dense fit of n functions to
 * 8·n points, a layer at a time.
 */
export function memoryEstimate(specification: Specification): number {
  const rowNumbers = specification.layers.reduce(
    (sum, layer, l) => sum + inputsOf(specification, l) * (2 + 2 * supportSize(layer.basis)) + 2 * layer.nodes,
    0,
  )
  const largest = Math.max(...specification.layers.map((layer) => basisSize(layer.basis)))
  return 40 * parameterCount(specification) + 4 * CHUNK_ROWS * rowNumbers + 8 * 8 * largest ** 2
}

/**
 * @param where what the sentence begins with, as a file's name
 * @throws UserError naming the estimate when the network would need more than the engine can hold. Allocates nothing.
 */
export function refuseTooLarge(specification: Specification, where?: string): void {
  const bytes = memoryEstimate(specification)
  if (bytes <= MEMORY_LIMIT) return
  const widths = [specification.inputs.length, ...specification.layers.map((layer) => layer.nodes)]
  throw new UserError(
    `${where === undefined ? 'The' : `${where}: the`} network [${widths.join(', ')}] would need about ${formatBytes(bytes)} of memory to train, ` +
      `more than the ${formatBytes(MEMORY_LIMIT)} that it may take: make its layers narrower or its bases smaller.`,
  )
}

/** Bytes as a person reads them: `49 GB`, `1.2 MB`, `512 bytes`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  const value = bytes / 1000 ** power
  return `${value < 100 ? Number(value.toPrecision(2)) : Math.round(value)} ${units[power] ?? 'bytes'}`
}
