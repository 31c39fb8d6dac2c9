/** How do locks and prunes become lane masks and lists of slots? */
import { withGroups } from '../../../../src-shared/kan/groups'
import { inputsOf, type LayerSpecification, type Specification } from '../../../../src-shared/kan/specification'
import { edgeMask, trainableKinds } from '../../../../src-shared/numerics/locks'
import type { Arena } from './arena'
import { type LayerPlan, tiledIndex, tiledLength } from './layout'

/** What rests and what is gone in a layer, [O, I] each. */
interface LayerLocks {
  readonly design: LayerSpecification
  /** 1 where the edge is pruned. */
  readonly pruned: Uint8Array
  /** 1 where the edge is pruned or a formula: its lane stands still at 0. */
  readonly curveless: Uint8Array
  /** 1 where training moves the edge's curve. */
  readonly trains: Uint8Array
}

export function locksOf(design: Specification): LayerLocks[] {
  const specification = withGroups(design)
  return specification.layers.map((layer, l) => {
    const inputs = inputsOf(specification, l)
    const pruned = edgeMask(layer.pruned, layer.nodes, inputs)
    const curveless = pruned.slice()
    for (const { edge } of layer.symbolic) curveless[edge[1] * inputs + edge[0]] = 1
    return { design: layer, pruned, curveless, trains: trainableKinds(layer, inputs).curves }
  })
}

type Field = 'trains' | 'live' | 'tilesAlive' | 'ties'

/** The masks of one layer: blocks of memory that are there only where there is something to mask. */
export class LayerMasks {
  readonly #arena: Arena
  readonly #plan: LayerPlan
  readonly #blocks = new Map<Field, { readonly at: number; readonly bytes: number }>()
  #locks: LayerLocks

  constructor(arena: Arena, plan: LayerPlan, locks: LayerLocks) {
    this.#arena = arena
    this.#plan = plan
    this.#locks = locks
    this.rewrite(locks)
  }

  get pruned(): Uint8Array {
    return this.#locks.pruned
  }

  get curveless(): Uint8Array {
    return this.#locks.curveless
  }

  get tied(): boolean {
    return this.#locks.design.tied.length > 0
  }

  /** As if there had been no masks: for another order of the outputs. */
  rewrite(locks: LayerLocks): void {
    for (const field of this.#blocks.keys()) this.#release(field)
    const none = new Uint8Array(locks.pruned.length)
    const all = new Uint8Array(locks.pruned.length).fill(1)
    this.#locks = { design: { ...locks.design, tied: [] }, pruned: none, curveless: none, trains: all }
    this.write(locks)
  }

  /**
   * Writes what differs from the masks that are there; the addresses go into the layer's block, where kernels find them.
   *
   * @returns edge tiles, tile · I + input, whose effective weights are others now
   */
  write(locks: LayerLocks): readonly number[] {
    const before = this.#locks
    this.#locks = locks
    const rests = locks.trains.includes(0)
    this.#keep('trains', rests)
    this.#keep('live', rests)
    const moved = differences(before.trains, locks.trains)
    const changed = differences(before.curveless, locks.curveless)
    if (rests) {
      this.#writeLanes('trains', moved, (edge) => locks.trains[edge] === 1)
      this.#writeLanes('live', changed, (edge) => locks.curveless[edge] === 0)
    }
    if (changed.length > 0) this.#replace('tilesAlive', tilesAlive(this.#plan, locks.curveless))
    if (changed.length > 0 || locks.design.tied !== before.design.tied) {
      this.#replace('ties', tieList(this.#plan, locks))
    }
    const { fields, placeOf } = this.#plan
    const tiles = changed.map((edge) => {
      const place = placeOf[Math.floor(edge / fields.inputs)] as number
      return Math.floor(place / fields.lanes) * fields.inputs + (edge % fields.inputs)
    })
    return [...new Set(tiles)]
  }

  /** A block of lanes, all bits set until others are written. */
  #keep(field: 'trains' | 'live', needed: boolean): void {
    if (!needed) this.#release(field)
    else if (!this.#blocks.has(field)) {
      const length = tiledLength(this.#plan.fields, 1)
      const at = this.#reserve(field, 4 * length)
      this.#arena.integers.fill(-1, at / 4, at / 4 + length)
    }
  }

  #writeLanes(field: 'trains' | 'live', edges: readonly number[], isSet: (edge: number) => boolean): void {
    const { fields, placeOf } = this.#plan
    const { inputs } = fields
    const at = (this.#blocks.get(field)?.at ?? 0) / 4
    const { integers } = this.#arena
    for (const edge of edges) {
      const place = placeOf[Math.floor(edge / inputs)] as number
      integers[at + tiledIndex(fields, 1, edge % inputs, place)] = isSet(edge) ? -1 : 0
    }
  }

  #replace(field: Field, numbers: Int32Array | null): void {
    this.#release(field)
    if (numbers === null) return
    const at = this.#reserve(field, numbers.byteLength)
    this.#arena.integers.set(numbers, at / 4)
  }

  #reserve(field: Field, bytes: number): number {
    const at = this.#arena.allocate(bytes, 'The network with its locks')
    this.#blocks.set(field, { at, bytes })
    this.#point(field, at)
    return at
  }

  #release(field: Field): void {
    const block = this.#blocks.get(field)
    if (block === undefined) return
    this.#arena.free(block.at, block.bytes)
    this.#blocks.delete(field)
    this.#point(field, 0)
  }

  #point(field: Field, at: number): void {
    this.#arena.integers[this.#plan.at / 4 + Object.keys(this.#plan.fields).indexOf(field)] = at
  }
}

function differences(before: Uint8Array, now: Uint8Array): number[] {
  const edges: number[] = []
  for (let edge = 0; edge < now.length; edge++) if (before[edge] !== now[edge]) edges.push(edge)
  return edges
}

/** Bytes [tile + 1][input], 1 where an edge is left; the last row is of whole inputs. In whole 32-bit numbers. */
function tilesAlive({ fields, placeOf }: LayerPlan, curveless: Uint8Array): Int32Array | null {
  if (!curveless.includes(1)) return null
  const { inputs, outputs, lanes, tiles } = fields
  const bytes = new Uint8Array(Math.ceil(((tiles + 1) * inputs) / 4) * 4)
  for (let j = 0; j < outputs; j++) {
    const tile = Math.floor((placeOf[j] as number) / lanes) * inputs
    const edges = j * inputs
    for (let i = 0; i < inputs; i++) {
      if (curveless[edges + i] === 0) bytes[tile + i] = bytes[tiles * inputs + i] = 1
    }
  }
  return new Int32Array(bytes.buffer)
}

/** {ties, then for each: members, the byte offset of each in `gradient`}. Pruned edges and formulas take no part. */
function tieList({ fields, placeOf }: LayerPlan, { design, curveless }: LayerLocks): Int32Array | null {
  const ties = design.tied
    .map((tie) => tie.filter(([input, output]) => curveless[output * fields.inputs + input] === 0))
    .filter((tie) => tie.length > 1)
  if (ties.length === 0) return null
  const offset = (input: number, output: number) =>
    4 * tiledIndex(fields, fields.size + 1, input, placeOf[output] as number)
  return Int32Array.of(
    ties.length,
    ...ties.flatMap((tie) => [tie.length, ...tie.map(([input, output]) => offset(input, output))]),
  )
}
