/** A model as the bytes of a `.kan` file (docs/file-format.md), and back. */
import { initialGrid } from '../../numerics/grid'
import { initialize } from '../../numerics/initialize'
import { UserError } from '../../user-error'
import { withGroups } from '../groups'
import { tensorLayout } from '../layout'
import type { LayerParameters, Model } from '../parameters'
import { gridSize, inputsOf, type LayerSpecification, type Specification } from '../specification'
import { designNumbers, withTrainedNumbers } from '../symbolic'
import { checkTies, withEvenTies } from '../ties'
import { checkConsistency, checkSpecification } from '../validate'
import { decodeTensors, encodeTensors, type Tensor } from './safetensors'

export { decodeTensors, encodeTensors } from './safetensors'

/** The key of `__metadata__` under which the design stands as JSON. */
const DESIGN = 'kan-studio'
/** A design is not nested deeper; what it is sent and written with fails far beyond. */
const DEEPEST = 100

/**
 * The bytes of a `.kan` file: everything but the optimiser's moments. Equal models give equal bytes.
 *
 * @throws UserError naming a tensor that holds NaN or an infinity: such a file could not be opened again
 */
export function encodeModel(model: Model): Uint8Array {
  const { design, tensors } = takeApart(model, `${model.specification.name} cannot be saved`)
  return encodeTensors(tensors, { [DESIGN]: JSON.stringify(design) })
}

/**
 * The design as a file says it, and the tensors beside it.
 *
 * @param where what a sentence begins with
 * @throws UserError naming a tensor that holds NaN or an infinity
 */
export function takeApart(
  { specification, parameters }: Model,
  where: string,
): { readonly design: Specification; readonly tensors: [string, Tensor][] } {
  const tensors: [string, Tensor][] = []
  const trainedNow: LayerParameters[] = []
  withGroups(specification).layers.forEach((layer, l) => {
    const trained = parameters[l]
    if (trained === undefined) throw new RangeError(`layer ${l} has no parameters`)
    const held = withEvenTies(layer, trained)
    trainedNow.push(held)
    for (const { name, field, shape } of tensorLayout(layer, inputsOf(specification, l))) {
      const values = held[field]
      if (values === null) throw new RangeError(`layers.${l}.${name} is missing`)
      refuseNonFinite(`layers.${l}.${name}`, shape, values, where)
      tensors.push([`layers.${l}.${name}`, { shape, values }])
    }
  })
  return { design: withTrainedNumbers(specification, trainedNow), tensors }
}

/**
 * Reads the bytes of a `.kan` file. A file without any tensor is a design that was never trained: it is initialised from
 * its seed. Moments are not in it, so they are null.
 *
 * @param fileName what every sentence begins with
 * @throws UserError in one sentence for anything that is not a sound model of this version
 */
export function decodeModel(bytes: Uint8Array, fileName: string): Model {
  return decodeStart(bytes, fileName).model
}

/** As {@link decodeModel}, and whether the file is a design alone, so that the numbers come from its seed. */
export function decodeStart(bytes: Uint8Array, fileName: string): { readonly model: Model; readonly isFresh: boolean } {
  const { tensors, metadata } = decodeTensors(bytes, fileName)
  const specification = decodeDesign(metadata, fileName)
  return tensors.size === 0
    ? { model: newModel(specification, fileName), isFresh: true }
    : { model: putTogether(specification, tensors, fileName), isFresh: false }
}

/**
 * A model of a sound design and all of its tensors.
 *
 * @throws UserError naming a tensor that is missing, of another shape or of no use
 */
export function putTogether(
  specification: Specification,
  tensors: ReadonlyMap<string, Tensor>,
  fileName: string,
): Model {
  const rest = new Map(tensors)
  const parameters = specification.layers.map((layer, l) => {
    const inputs = inputsOf(specification, l)
    const found: Partial<Record<Field, Float64Array>> = {}
    for (const expected of tensorLayout(layer, inputs)) {
      const name = `layers.${l}.${expected.name}`
      const tensor = rest.get(name)
      rest.delete(name)
      if (tensor !== undefined) found[expected.field] = checkTensor(name, tensor, expected.shape, fileName)
      else if (expected.field !== 'scale') throw new UserError(`${fileName}: the tensor ${name} is missing.`)
    }
    return completeLayer(layer, l, { ...found, symbolic: designNumbers(layer, inputs) }, fileName)
  })
  for (const name of rest.keys()) {
    throw new UserError(`${fileName}: the tensor ${name} belongs to nothing in the design.`)
  }
  return { specification, parameters: checkTies(specification, parameters, fileName), moments: null }
}

/**
 * A network at the start of its training.
 *
 * @throws UserError when the design contradicts itself, this version cannot compute it or it is too large, before allocating
 */
export function newModel(specification: Specification, where: string): Model {
  const checked = checkConsistency(specification, where)
  return { specification: checked, parameters: initialize(checked), moments: null }
}

type Field = keyof LayerParameters

function decodeDesign(metadata: Readonly<Record<string, string>>, fileName: string): Specification {
  const text = metadata[DESIGN]
  if (text === undefined) {
    throw new UserError(`${fileName} is a safetensors file without a design: its __metadata__ has no key "${DESIGN}".`)
  }
  const unknown = Object.keys(metadata).find((key) => key !== DESIGN)
  if (unknown !== undefined) throw new UserError(`${fileName}: unknown key "${unknown}" in __metadata__.`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new UserError(`${fileName} is damaged: the design in its __metadata__ is not JSON.`, { cause })
  }
  if (depthOf(text) > DEEPEST) {
    throw new UserError(
      `${fileName} is damaged: more than ${DEEPEST} lists or objects of its design lie in each other.`,
    )
  }
  return checkSpecification(json, fileName)
}

/** How deep lists and objects of a sound JSON text lie in each other. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') quoted = !quoted
    else if (quoted) at += sign === '\\' ? 1 : 0
    else if (sign === '[' || sign === '{') deepest = Math.max(deepest, ++depth)
    else if (sign === ']' || sign === '}') depth--
  }
  return deepest
}

function checkTensor(name: string, tensor: Tensor, shape: readonly number[], fileName: string): Float64Array {
  if (tensor.shape.length !== shape.length || tensor.shape.some((length, axis) => length !== shape[axis])) {
    throw new UserError(
      `${fileName}: the tensor ${name} has the shape [${tensor.shape.join(', ')}], ` +
        `but the design asks for [${shape.join(', ')}].`,
    )
  }
  refuseNonFinite(name, shape, tensor.values, fileName)
  return tensor.values
}

function refuseNonFinite(name: string, shape: readonly number[], values: Float64Array, where: string): void {
  const at = values.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const index: number[] = []
  let rest = at
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length)
    rest = Math.floor(rest / length)
  }
  throw new UserError(
    `${where}: the tensor ${name} holds ${values[at]} at [${index.join(', ')}]; numbers must be finite.`,
  )
}

function completeLayer(
  layer: LayerSpecification,
  l: number,
  found: Partial<Record<Field, Float64Array | null>>,
  fileName: string,
): LayerParameters {
  const { weights, baseScaler, basisScaler, bias = null, symbolic = null, grid = null, scale = null } = found
  if (weights == null || baseScaler == null || basisScaler == null) {
    throw new RangeError(`layer ${l} is incomplete`)
  }
  if (layer.basis.type === 'spline' && grid !== null) refuseUnsortedKnots(grid, gridSize(layer.basis), l, fileName)
  if (layer.basis.type === 'rbf' && grid !== null && scale === null) {
    const scales = scalesOf(grid, layer, fileName, l)
    return { weights, baseScaler, basisScaler, bias, symbolic, grid, scale: scales }
  }
  return { weights, baseScaler, basisScaler, bias, symbolic, grid, scale }
}

function refuseUnsortedKnots(grid: Float64Array, knots: number, l: number, fileName: string): void {
  for (let k = 1; k < grid.length; k++) {
    if (k % knots !== 0 && (grid[k] as number) < (grid[k - 1] as number)) {
      throw new UserError(
        `${fileName}: the knots of input ${Math.floor(k / knots)} in layers.${l}.grid must not decrease, ` +
          `but ${grid[k - 1]} is followed by ${grid[k]}.`,
      )
    }
  }
}

/** 1.2 / spacing of the centres: the central difference, one-sided at the two ends (docs/numerics.md). */
function scalesOf(centers: Float64Array, layer: LayerSpecification, fileName: string, l: number): Float64Array {
  const n = gridSize(layer.basis)
  if (n === 1) {
    const one = initialGrid(layer.basis, layer.range).scale[0] as number
    return new Float64Array(centers.length).fill(one)
  }
  return centers.map((_, k) => {
    const first = k - (k % n)
    const from = Math.max(k - 1, first)
    const to = Math.min(k + 1, first + n - 1)
    const spacing = ((centers[to] as number) - (centers[from] as number)) / (to - from)
    if (spacing > 0) return 1.2 / spacing
    throw new UserError(
      `${fileName}: the tensor layers.${l}.scale is missing and the centres of input ${Math.floor(k / n)} in ` +
        `layers.${l}.grid do not increase, so that no scale follows from them.`,
    )
  })
}
