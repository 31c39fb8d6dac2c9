/** How are all numbers of a network read and written, whichever of its parts holds them? */
import type { LayerParameters, LayerTensors, Moments } from '../../../../src-shared/kan/parameters'
import type { LayerSpecification, Specification } from '../../../../src-shared/kan/specification'
import { readVector, type TrainableLayer } from '../../../../src-shared/numerics/trainable-vector'
import type { Arena } from './arena'
import { type LayerFormulas, layerFormulas } from './formulas'
import type { LayerLayout, LayerPlan, Layout } from './layout'
import type { Kernels } from './loader'
import { LayerMasks, locksOf } from './masks'
import { isOutdated, orderFor } from './order'
import * as packing from './packing'
import type { ReadLayer } from './spreads'
import { VectorMap } from './vector'

interface PlacedLayer extends LayerPlan {
  readonly specification: LayerSpecification
  readonly formulas: LayerFormulas
  readonly masks: LayerMasks
}

/** Parameters, Adam's moments, gradients and locks. Whatever changes effective weights has the kernels refresh them. */
export class Numbers {
  readonly layers: readonly PlacedLayer[]
  readonly #arena: Arena
  readonly #kernels: Kernels
  /** By which curveless edges each layer's order was chosen. */
  readonly #ordered: Uint8Array[]
  #specification: Specification
  /** Made when it is first asked for. */
  #vectorMap: VectorMap | null = null
  #step = 0
  #inputVersion = 0

  constructor(arena: Arena, kernels: Kernels, layout: Layout, specification: Specification) {
    this.#arena = arena
    this.#kernels = kernels
    this.#specification = specification
    const locks = locksOf(specification)
    this.#ordered = locks.map(({ curveless }) => curveless)
    layout.layers.forEach((plan, l) => {
      packing.setOrder(arena, plan, orderFor(plan.fields, at(locks, l).curveless))
    })
    const formulas = layerFormulas(arena, layout.layers, specification)
    this.layers = specification.layers.map((layer, l) => {
      const plan = at(layout.layers, l)
      const masks = new LayerMasks(arena, plan, at(locks, l))
      return { ...plan, specification: layer, formulas: at(formulas, l), masks }
    })
  }

  /** With the locks that hold now. */
  get specification(): Specification {
    return this.#specification
  }

  /** Changes whenever grids or locks may have: what the first layer made of a table's rows holds no longer. */
  get inputVersion(): number {
    return this.#inputVersion
  }

  get hasFormulas(): boolean {
    return this.#specification.layers.some(({ symbolic }) => symbolic.length > 0)
  }

  /** Whether edges of any layer are tied. */
  get tied(): boolean {
    return this.layers.some(({ masks }) => masks.tied)
  }

  /** @throws RangeError where there is no such layer */
  layer(layer: number): PlacedLayer {
    return at(this.layers, layer)
  }

  applyMasks(specification: Specification): void {
    this.#specification = specification
    this.#vectorMap = null
    this.#inputVersion++
    locksOf(specification).forEach((locks, l) => {
      const layer = this.layer(l)
      const { at, fields, masks, formulas } = layer
      if (this.#reorder(layer, l, locks.curveless)) {
        masks.rewrite(locks)
        this.#kernels.refresh(at)
      } else {
        const edges = masks.write(locks)
        if (fields.narrow === 0) for (const edge of edges) this.#kernels.refreshEdge(at, edge)
        else if (edges.length > 0) this.#kernels.refresh(at)
      }
      formulas.mask(locks.design)
    })
  }

  /** A few edges that went or came do not pay for it. */
  #reorder(layer: PlacedLayer, l: number, curveless: Uint8Array): boolean {
    if (!isOutdated(at(this.#ordered, l), curveless)) return false
    this.#ordered[l] = curveless
    const places = orderFor(layer.fields, curveless)
    if (places.every((place, output) => place === layer.placeOf[output])) return false
    packing.reorder(this.#arena, layer, places)
    return true
  }

  readParameters(): readonly LayerParameters[] {
    return this.layers.map((_, l) => this.readLayer(l))
  }

  readLayer(layer: number): LayerParameters {
    const placed = this.layer(layer)
    const { fields, specification, formulas } = placed
    return {
      ...packing.readTensors(this.#arena, placed, packing.parametersOf(fields)),
      symbolic: formulas.readNumbers(),
      ...packing.readGrid(this.#arena, fields, specification.basis),
    }
  }

  readForSpreads(): readonly ReadLayer[] {
    return this.layers.map(({ fields, specification, masks }, l) => ({
      specification,
      inputs: fields.inputs,
      parameters: this.readLayer(l),
      pruned: masks.pruned,
    }))
  }

  writeParameters(parameters: readonly LayerParameters[]): void {
    this.layers.forEach((_, l) => {
      this.writeLayer(l, at(parameters, l))
    })
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    const placed = this.layer(layer)
    const { at, fields, specification, formulas } = placed
    if (layer === 0) this.#inputVersion++
    packing.writeTensors(this.#arena, placed, packing.parametersOf(fields), parameters)
    packing.writeGrid(this.#arena, fields, specification.basis, parameters)
    formulas.writeNumbers(parameters.symbolic)
    this.#kernels.refresh(at)
  }

  readMoments(): Moments {
    const read = (order: 'first' | 'second', place: (layer: LayerLayout) => packing.Place): LayerTensors[] =>
      this.layers.map((layer) => ({
        ...packing.readTensors(this.#arena, layer, place(layer.fields)),
        symbolic: layer.formulas.readMoments()[order],
      }))
    return { first: read('first', packing.firstOf), second: read('second', packing.secondOf), step: this.#step }
  }

  writeMoments({ first, second, step }: Moments): void {
    this.layers.forEach((layer, l) => {
      const { fields, formulas } = layer
      packing.writeTensors(this.#arena, layer, packing.firstOf(fields), at(first, l))
      packing.writeTensors(this.#arena, layer, packing.secondOf(fields), at(second, l))
      formulas.writeMoments(at(first, l).symbolic, at(second, l).symbolic)
    })
    this.#step = step
  }

  clearMoments(): void {
    for (const { fields, formulas } of this.layers) {
      formulas.writeMoments(null, null)
      packing.clearTensors(this.#arena, fields, packing.firstOf(fields))
      packing.clearTensors(this.#arena, fields, packing.secondOf(fields))
    }
    this.#step = 0
  }

  /** The number of the update that comes now, the first being 1. */
  countStep(): number {
    this.#step++
    return this.#step
  }

  /** What `slots` parts of a batch left of the gradient, ties pooled. */
  readGradients(slots: number): LayerTensors[] {
    return this.layers.map((layer) => ({
      ...packing.readGradients(this.#arena, layer, layer.masks.curveless),
      symbolic: layer.formulas.readGradient(slots),
    }))
  }

  readVector(): Float64Array {
    const vector = this.#vector.read(this.#arena.floats)
    this.#eachFormulas((formulas, places) => formulas.putInto(vector, places, null))
    return vector
  }

  writeVector(vector: Float64Array): void {
    this.#vector.write(this.#arena.floats, vector)
    this.#eachFormulas((formulas, places) => formulas.takeFrom(vector, places))
    for (const { at } of this.layers) this.#kernels.refresh(at)
  }

  /** As `readGradients`, of the numbers that train alone. */
  readVectorGradient(slots: number): Float64Array {
    const gradient = this.#vector.readGradient(this.#arena.floats)
    this.#eachFormulas((formulas, places) => formulas.putInto(gradient, places, slots))
    return gradient
  }

  /** Those of tensors that stand for numbers which train. */
  toVector(tensors: readonly LayerTensors[]): Float64Array {
    return readVector(this.#vector.trainable, tensors)
  }

  get #vector(): VectorMap {
    this.#vectorMap ??= new VectorMap(this.#specification, this.layers)
    return this.#vectorMap
  }

  #eachFormulas(visit: (formulas: LayerFormulas, places: TrainableLayer['formulas']) => void): void {
    this.#vector.trainable.layers.forEach((layer, l) => {
      visit(this.layer(l).formulas, layer.formulas)
    })
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`no layer ${index}`)
  return item
}
