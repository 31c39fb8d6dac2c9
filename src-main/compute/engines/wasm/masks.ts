/** How do locks and prunes become lane masks and lists of slots? */
import { withGroups } from '../../../../src-shared/kan/groups'
import { inputsOf, type LayerSpecification, type Specification } from '../../../../src-shared/kan/specification'
import { edgeMask, trainableKinds } from '../../../../src-shared/numerics/locks'
import type { Arena } from './arena'
import { type LayerLayout, tiledIndex, tiledLength } from './layout'

/** The masks of one network: blocks of its memory that are there only where there is something to mask. */
export class Masks {
  readonly #arena: Arena
  #blocks: { readonly at: number; readonly bytes: number }[] = []
  /** [O, I] a layer, 1 where the edge is pruned. */
  pruned: readonly Uint8Array[] = []
  /** [O, I] a layer, 1 where the edge is pruned or a formula: its lane stands still at 0. */
  curveless: readonly Uint8Array[] = []
  /** Whether edges of any layer are tied. */
  tied = false

  constructor(arena: Arena) {
    this.#arena = arena
  }

  /** Replaces all masks; the addresses go into the layers' blocks, where kernels find them. */
  write(design: Specification, layers: readonly { readonly at: number; readonly fields: LayerLayout }[]): void {
    const specification = withGroups(design)
    for (const { at, bytes } of this.#blocks) this.#arena.free(at, bytes)
    this.#blocks = []
    this.pruned = specification.layers.map((layer, l) =>
      edgeMask(layer.pruned, layer.nodes, inputsOf(specification, l)),
    )
    this.curveless = specification.layers.map((layer, l) => {
      const formulas = layer.symbolic.map(({ edge }) => edge)
      return edgeMask([...layer.pruned, ...formulas], layer.nodes, inputsOf(specification, l))
    })
    this.tied = specification.layers.some(({ tied }) => tied.length > 0)
    layers.forEach(({ at, fields }, l) => {
      const layer = specification.layers[l]
      if (layer === undefined) throw new RangeError(`no layer ${l}`)
      const trains = trainableKinds(layer, fields.inputs).curves
      const live = (this.curveless[l] as Uint8Array).map((gone) => 1 - gone)
      const rests = trains.includes(0)
      this.#store(at, fields, 'trains', rests ? lanes(fields, trains) : null)
      this.#store(at, fields, 'live', rests ? lanes(fields, live) : null)
      this.#store(at, fields, 'tilesAlive', live.includes(0) ? tilesAlive(fields, live) : null)
      this.#store(at, fields, 'ties', tieList(layer, fields, live))
    })
  }

  #store(
    layerAt: number,
    fields: LayerLayout,
    field: 'trains' | 'live' | 'tilesAlive' | 'ties',
    numbers: Int32Array | null,
  ): void {
    const index = layerAt / 4 + Object.keys(fields).indexOf(field)
    if (numbers === null) {
      this.#arena.integers[index] = 0
      return
    }
    const bytes = numbers.byteLength
    const at = this.#arena.allocate(bytes, 'The network with its locks')
    this.#blocks.push({ at, bytes })
    this.#arena.integers.set(numbers, at / 4)
    this.#arena.integers[index] = at
  }
}

/** [tile][input][lanes] of all bits set where the mask is 1, and in lanes without an edge. */
function lanes(layer: LayerLayout, mask: Uint8Array): Int32Array {
  const all = new Int32Array(tiledLength(layer, 1)).fill(-1)
  for (let j = 0; j < layer.outputs; j++) {
    for (let i = 0; i < layer.inputs; i++) {
      if (mask[j * layer.inputs + i] === 0) all[tiledIndex(layer, 1, i, j)] = 0
    }
  }
  return all
}

/** Bytes [tile + 1][input], 1 where an edge is left; the last row is of whole inputs. In whole 32-bit numbers. */
function tilesAlive({ inputs, outputs, lanes, tiles }: LayerLayout, live: Uint8Array): Int32Array {
  const bytes = new Uint8Array(Math.ceil(((tiles + 1) * inputs) / 4) * 4)
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      if (live[j * inputs + i] === 1) bytes[Math.floor(j / lanes) * inputs + i] = bytes[tiles * inputs + i] = 1
    }
  }
  return new Int32Array(bytes.buffer)
}

/** {ties, then for each: members, the byte offset of each in `gradient`}. Pruned edges and formulas take no part. */
function tieList(specification: LayerSpecification, layer: LayerLayout, live: Uint8Array): Int32Array | null {
  const ties = specification.tied
    .map((tie) => tie.filter(([input, output]) => live[output * layer.inputs + input] === 1))
    .filter((tie) => tie.length > 1)
  if (ties.length === 0) return null
  const offsets = ties.flatMap((tie) => [
    tie.length,
    ...tie.map(([input, output]) => 4 * tiledIndex(layer, layer.size + 1, input, output)),
  ])
  return Int32Array.of(ties.length, ...offsets)
}
