/** Actions on the network's design: its layers, and the one that is selected. */
import { Minus, Plus, Rows3, Trash2 } from 'lucide-react'
import { plainLayer } from '../../design/blocks'
import { setWidth } from '../../design/widen'
import { oneEdge, oneLayer, oneNode } from '../../network/selection/selection'
import { edit, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import type { Action, Room } from './action'
import { needsDocument } from './needs'
import { compact, pruneByThreshold } from './prune'

export const addLayer: Action = {
  id: 'network.add-layer',
  title: 'Add layer',
  icon: Rows3,
  hint: 'Adds a hidden layer of five splines before the last layer.',
  whyNot: needsDocument,
  run() {
    const layers = useStudio.getState().document?.specification.layers.length ?? 1
    void edit(plainLayer(layers - 1))
  },
}

const removeLayer: Action = {
  id: 'network.remove-layer',
  title: 'Remove layer',
  icon: Trash2,
  hint: 'Takes the selected layer out.',
  whyNot() {
    if (layerInHand() === null) return 'Select a layer first.'
    return layers().length > 1 ? null : 'A network needs a layer.'
  },
  run() {
    const at = layerInHand()
    if (at !== null) void edit({ type: 'remove-layer', at })
  },
}

const widen = (by: 1 | -1) => () => {
  const layer = layerInHand()
  const nodes = layer === null ? undefined : layers()[layer]?.nodes
  if (layer !== null && nodes !== undefined) setWidth(layer, nodes + by)
}

export const wider: Action = {
  id: 'network.add-node',
  title: 'One node more',
  icon: Plus,
  hint: 'Widens the selected layer; its old curves are kept.',
  whyNot: needsHiddenLayer,
  run: widen(1),
}

export const narrower: Action = {
  id: 'network.remove-node',
  title: 'One node fewer',
  icon: Minus,
  hint: 'Narrows the selected layer: its least important node goes.',
  whyNot() {
    const layer = layerInHand()
    const last = layer !== null && layers()[layer]?.nodes === 1
    return needsHiddenLayer() ?? (last ? 'A layer needs a node.' : null)
  },
  run: widen(-1),
}

export const networkRoom: Room = {
  title: 'Network',
  sections: [
    [addLayer, removeLayer],
    [wider, narrower],
    [pruneByThreshold, compact],
  ],
}

const layers = () => useStudio.getState().document?.specification.layers ?? []

/** The layer that is selected, or that of the one edge or node that is. */
function layerInHand(): number | null {
  const { selection } = useUi.getState()
  const node = oneNode(selection)
  const layer = oneLayer(selection) ?? oneEdge(selection)?.layer ?? (node === null ? null : node.layer - 1)
  return layer !== null && layer >= 0 && layer < layers().length ? layer : null
}

function needsHiddenLayer(): string | null {
  const layer = layerInHand()
  if (layer === null) return 'Select a layer first.'
  return layer === layers().length - 1 ? 'The last layer has one node for each target.' : null
}
