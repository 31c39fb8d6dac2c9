/** How are all numbers of a network read and written, whichever of its parts holds them? */
import { withGroups } from '../../../../src-shared/kan/groups'
import type { LayerParameters, LayerTensors, Moments } from '../../../../src-shared/kan/parameters'
import type { LayerSpecification, Specification } from '../../../../src-shared/kan/specification'
import { readVector, type TrainableLayer } from '../../../../src-shared/numerics/trainable-vector'
import type { Arena } from './arena'
import { type LayerFormulas, layerFormulas } from './formulas'
import type { LayerLayout, Layout } from './layout'
import type { Kernels } from './loader'
import { Masks } from './masks'
import * as packing from './packing'
import type { ReadLayer } from './spreads'
import { VectorMap } from './vector'

interface PlacedLayer {
  readonly at: number
  readonly fields: LayerLayout
  readonly specification: LayerSpecification
  readonly formulas: LayerFormulas
}

/** Parameters, Adam's moments, gradients and locks. Whatever changes effective weights has the kernels refresh them. */
export class Numbers {
  readonly layers: readonly PlacedLayer[]
  readonly #arena: Arena
  readonly #kernels: Kernels
  readonly #layout: Layout
  readonly #masks: Masks
  #specification: Specification
  /** Made when it is first asked for. */
  #vectorMap: VectorMap | null = null
  #step = 0

  constructor(arena: Arena, kernels: Kernels, layout: Layout, specification: Specification) {
    this.#arena = arena
    this.#kernels = kernels
    this.#layout = layout
    this.#specification = specification
    this.#masks = new Masks(arena)
    this.#masks.write(specification, layout.layers)
    const formulas = layerFormulas(arena, layout.layers, specification)
    this.layers = specification.layers.map((layer, l) => ({
      ...at(layout.layers, l),
      ...{ specification: layer, formulas: at(formulas, l) },
    }))
  }

  /** With the locks that hold now. */
  get specification(): Specification {
    return this.#specification
  }

  get hasFormulas(): boolean {
    return this.#specification.layers.some(({ symbolic }) => symbolic.length > 0)
  }

  /** Whether edges of any layer are tied. */
  get tied(): boolean {
    return this.#masks.tied
  }

  /** @throws RangeError where there is no such layer */
  layer(layer: number): PlacedLayer {
    return at(this.layers, layer)
  }

  applyMasks(specification: Specification): void {
    this.#specification = specification
    this.#vectorMap = null
    this.#masks.write(specification, this.#layout.layers)
    withGroups(specification).layers.forEach((layer, l) => {
      this.layer(l).formulas.mask(layer)
    })
    for (const { at } of this.layers) this.#kernels.refresh(at)
  }

  readParameters(): readonly LayerParameters[] {
    return this.layers.map((_, l) => this.readLayer(l))
  }

  readLayer(layer: number): LayerParameters {
    const { fields, specification, formulas } = this.layer(layer)
    return {
      ...packing.readTensors(this.#arena, fields, packing.parametersOf(fields)),
      symbolic: formulas.readNumbers(),
      ...packing.readGrid(this.#arena, fields, specification.basis),
    }
  }

  readForSpreads(): readonly ReadLayer[] {
    return this.layers.map(({ fields, specification }, l) => ({
      specification,
      inputs: fields.inputs,
      parameters: this.readLayer(l),
      pruned: at(this.#masks.pruned, l),
    }))
  }

  writeParameters(parameters: readonly LayerParameters[]): void {
    this.layers.forEach((_, l) => {
      this.writeLayer(l, at(parameters, l))
    })
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    const { at, fields, specification, formulas } = this.layer(layer)
    packing.writeTensors(this.#arena, fields, packing.parametersOf(fields), parameters)
    packing.writeGrid(this.#arena, fields, specification.basis, parameters)
    formulas.writeNumbers(parameters.symbolic)
    this.#kernels.refresh(at)
  }

  readMoments(): Moments {
    const read = (order: 'first' | 'second', place: (layer: LayerLayout) => packing.Place): LayerTensors[] =>
      this.layers.map(({ fields, formulas }) => ({
        ...packing.readTensors(this.#arena, fields, place(fields)),
        symbolic: formulas.readMoments()[order],
      }))
    return { first: read('first', packing.firstOf), second: read('second', packing.secondOf), step: this.#step }
  }

  writeMoments({ first, second, step }: Moments): void {
    this.layers.forEach(({ fields, formulas }, l) => {
      packing.writeTensors(this.#arena, fields, packing.firstOf(fields), at(first, l))
      packing.writeTensors(this.#arena, fields, packing.secondOf(fields), at(second, l))
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
    return this.layers.map(({ fields, formulas }, l) => ({
      ...packing.readGradients(this.#arena, fields, at(this.#masks.curveless, l)),
      symbolic: formulas.readGradient(slots),
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
