/** How large are edges and columns over all rows, where an engine computed them a chunk of rows at a time? */
import type { LayerStatistics } from './engine'

/** Statistics of some rows. */
export interface Chunk {
  readonly rows: number
  readonly layers: readonly ChunkLayer[]
}

export interface ChunkLayer {
  readonly inputs: number
  readonly minimum: Float32Array
  readonly maximum: Float32Array
  /** Scores of edges as the card has them: of an input without a range, as if its range were 1. */
  readonly scores: Float32Array
  readonly phi: Spread
  readonly outputs: Spread
}

interface Spread {
  readonly mean: Float32Array
  readonly deviation: Float32Array
}

export function joinStatistics(chunks: readonly Chunk[]): LayerStatistics[] {
  const layers = chunks[0]?.layers ?? []
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  return layers.map(({ inputs, minimum, maximum, scores, phi, outputs }, l) => {
    const parts = chunks.map((chunk) => ({ rows: chunk.rows, ...(chunk.layers[l] as ChunkLayer) }))
    const low = minimum.map((_, i) => Math.min(...parts.map((part) => part.minimum[i] as number)))
    const high = maximum.map((_, i) => Math.max(...parts.map((part) => part.maximum[i] as number)))
    const range = (part: Pick<ChunkLayer, 'minimum' | 'maximum'>, i: number) =>
      (part.maximum[i] as number) - (part.minimum[i] as number)
    const joined = joinSpreads(
      parts.map((part) => ({ rows: part.rows, ...part.phi })),
      phi.mean.length,
    )
    return {
      minimum: low,
      maximum: high,
      scores: scores.map((_, e) => {
        const i = e % inputs
        const whole = range({ minimum: low, maximum: high }, i)
        // An input that never changes explains nothing, however large its edges are.
        if (!hasRange(whole)) return 0
        const sum = parts.reduce((total, part) => {
          const own = range(part, i)
          return total + part.rows * (part.scores[e] as number) * (hasRange(own) ? own : 1)
        }, 0)
        return sum / (rows * whole)
      }),
      means: joined.mean,
      deviations: joined.deviation,
      outputDeviations: joinSpreads(
        parts.map((part) => ({ rows: part.rows, ...part.outputs })),
        outputs.mean.length,
      ).deviation,
    }
  })
}

function hasRange(range: number): boolean {
  return range >= 1e-12
}

/** Means and deviations of all parts from those of each. Source: Chan, Golub and LeVeque, 1979. */
function joinSpreads(parts: readonly (Spread & { readonly rows: number })[], length: number): Spread {
  const joined: Spread = { mean: new Float32Array(length), deviation: new Float32Array(length) }
  for (let k = 0; k < length; k++) {
    let [rows, mean, squares] = [0, 0, 0]
    for (const part of parts) {
      const [own, deviation] = [part.mean[k] as number, part.deviation[k] as number]
      const all = rows + part.rows
      squares += deviation * deviation * (part.rows - 1) + ((own - mean) ** 2 * rows * part.rows) / all
      mean += ((own - mean) * part.rows) / all
      rows = all
    }
    joined.mean[k] = mean
    joined.deviation[k] = rows > 1 ? Math.sqrt(squares / (rows - 1)) : 0
  }
  return joined
}
