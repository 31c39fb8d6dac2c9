/** Where did a network first compute something that is not finite? */
import type { NonFinite } from '../engine'
import type { Arena } from './arena'
import type { LayerFormulas } from './formulas'
import { type LayerLayout, tiledLength } from './layout'
import type { Batch, Passes } from './passes'

/**
 * The first layer with a parameter or an output that is not finite, and which tensor holds it. `loss` of the last layer
 * where all of them are finite: then a target or an output is so large that its square overflows float32.
 */
export function findNonFinite(
  arena: Arena,
  layers: readonly { readonly fields: LayerLayout; readonly formulas: LayerFormulas }[],
  passes: Passes,
  batch: Batch,
): NonFinite {
  const outputsOf = firstBadOutputs(arena, layers, passes, batch)
  for (let layer = 0; layer < layers.length; layer++) {
    const held = layers[layer]
    const tensor = held === undefined ? null : badTensor(arena, held.fields)
    if (tensor !== null) return { layer, tensor }
    if (held?.formulas.isFinite() === false) return { layer, tensor: 'symbolic' }
    if (layer === outputsOf) return { layer, tensor: 'outputs' }
  }
  return { layer: layers.length - 1, tensor: 'loss' }
}

function firstBadOutputs(
  arena: Arena,
  layers: readonly { readonly fields: LayerLayout }[],
  passes: Passes,
  batch: Batch,
): number {
  let first = layers.length
  passes.forward(batch, (_, rows) => {
    for (let layer = 0; layer < first; layer++) {
      const outputs = layers[layer]?.fields.outputs ?? 0
      for (let j = 0; j < outputs; j++) {
        const column = passes.column(layer + 1, j) / 4
        if (!allFinite(arena.floats.subarray(column, column + rows))) first = layer
      }
    }
  })
  return first
}

/** Padding lanes hold zeros, so whole tiles can be looked at. Named as in a `.kan` file. */
function badTensor(arena: Arena, fields: LayerLayout): string | null {
  const { lanes, size } = fields
  const rows = size + 2
  const edges = arena.floats.subarray(fields.parameters / 4, fields.parameters / 4 + tiledLength(fields, rows))
  const bad = edges.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) {
    const row = Math.floor(bad / lanes) % rows
    return row === 0 ? 'base_scaler' : row === 1 ? 'basis_scaler' : 'weights'
  }
  const bias = fields.bias / 4
  return allFinite(arena.floats.subarray(bias, bias + fields.outputs)) ? null : 'bias'
}

function allFinite(values: Float32Array): boolean {
  return values.every((value) => Number.isFinite(value))
}
