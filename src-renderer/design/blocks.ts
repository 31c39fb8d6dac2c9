/** What a person builds a network of: blocks to drop into it, and whole networks to begin with. */
import type { Edit } from '../../src-shared/kan/edits/edit'
import { type Basis, FORMAT, type Specification } from '../../src-shared/kan/specification'
import { defaultBasis } from '../inspector/bases'

export interface Block {
  readonly title: string
  readonly note: string
  readonly basis: Basis
}

/** Nodes of a layer that is dropped. */
export const BLOCK_NODES = 5

/** A layer for whoever asks for one without saying which. */
export const plainLayer = (at: number): Edit => ({
  type: 'add-layer',
  at,
  nodes: BLOCK_NODES,
  basis: defaultBasis('spline'),
})

export const BLOCKS: readonly Block[] = [
  { title: 'Spline', note: 'local, refinable', basis: defaultBasis('spline') },
  { title: 'RBF', note: 'smooth, fast', basis: defaultBasis('rbf') },
  { title: 'Chebyshev', note: 'global, precise', basis: defaultBasis('chebyshev') },
]

export const PRESET_BLOCKS: readonly Block[] = [
  { title: 'Coarse spline', note: 'few data, noise', basis: { type: 'spline', order: 3, intervals: 3 } },
  { title: 'Fine spline', note: 'much data, detail', basis: { type: 'spline', order: 3, intervals: 20 } },
  { title: 'Straight pieces', note: 'kinks, thresholds', basis: { type: 'spline', order: 1, intervals: 8 } },
]

export interface Preset {
  readonly title: string
  /** Widths of its hidden layers; inputs and outputs are the network's own. */
  readonly hidden: readonly number[]
  readonly basis: Basis
}

export const PRESETS: readonly Preset[] = [
  { title: 'Direct', hidden: [], basis: defaultBasis('spline') },
  { title: 'Small', hidden: [5], basis: defaultBasis('spline') },
  { title: 'Deep', hidden: [5, 5], basis: defaultBasis('spline') },
  { title: 'Wide', hidden: [20], basis: defaultBasis('spline') },
]

/** A preset between the inputs and outputs of a network, as a design. */
export function presetDesign({ hidden, basis }: Preset, specification: Specification): object {
  const { name, seed, initialization, inputs, outputs } = specification
  const layers = [...hidden, outputs.length].map((nodes) => ({ nodes, basis }))
  return { format: FORMAT, name, seed, initialization, inputs, outputs, layers }
}
