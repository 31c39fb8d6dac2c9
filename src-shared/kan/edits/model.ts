/** Edits of a whole network or of a whole layer's curves: names, columns, basis and base, reset. */
import { initialize } from '../../numerics/initialize'
import { refitLayer } from '../../numerics/refit'
import { UserError } from '../../user-error'
import { validate } from '../../validation'
import { refuseTooLarge } from '../memory'
import { basisName, layerAt } from '../names'
import type { Model } from '../parameters'
import {
  type ColumnCoding,
  entriesOfInputs,
  inputCount,
  inputsOfColumn,
  type Preprocessing,
  preprocessingSchema,
} from '../preprocessing'
import { type Slice, sliceOf, withLayer } from '../slices'
import { type Base, type Basis, baseSchema, inputsOf, type Specification } from '../specification'
import { checkBasis } from '../validate'
import type { Applied, Edit } from './edit'
import { type Places, rearrange } from './rearrange'
import { restoreParameters, setCurves, setEnds } from './restore'

export function rename(model: Model, name: string): Applied {
  const { specification } = model
  checkName(name)
  if (name === specification.name) throw new UserError(`The network is called ${name} already.`)
  return {
    model: { ...model, specification: { ...specification, name } },
    inverse: { type: 'rename', name: specification.name },
  }
}

export function renameInput(model: Model, index: number, name: string): Applied {
  const { inputs, outputs } = model.specification
  checkNewName(inputs, index, name, 'input')
  const renamed = inputs.map((input, k) => (k === index ? { ...input, name } : input))
  return setEnds(model, renamed, outputs)
}

export function renameOutput(model: Model, index: number, name: string): Applied {
  const { inputs, outputs } = model.specification
  checkNewName(outputs, index, name, 'output')
  const renamed = outputs.map((output, k) => (k === index ? { ...output, name } : output))
  return setEnds(model, inputs, renamed)
}

export function setBasis(model: Model, l: number, basis: Basis): Applied {
  const { specification } = model
  const layer = layerAt(specification, l)
  const changed = { ...layer, basis: checkBasis(basis) }
  if (JSON.stringify(changed.basis) === JSON.stringify(layer.basis)) {
    throw new UserError(`Layer ${l + 1} has this ${basisName(basis)} basis already.`)
  }
  refuseTooLarge({ ...specification, layers: specification.layers.map((old, k) => (k === l ? changed : old)) })
  const before = sliceOf(model, l)
  const refitted = refitLayer(layer, before.parameters, changed, inputsOf(specification, l))
  // Scalers keep their moments because they keep their meaning; those of the weights begin anew.
  const zeros = new Float64Array(refitted.weights.length)
  const curves: Slice = {
    parameters: { ...refitted, bias: null, symbolic: null },
    moments: before.moments && {
      first: { ...before.moments.first, weights: zeros, bias: null, symbolic: null },
      second: { ...before.moments.second, weights: zeros, bias: null, symbolic: null },
    },
  }
  return setCurves(model, { layer: l, basis: changed.basis, curves })
}

export function setBase(model: Model, l: number, base: Base): Applied {
  const layer = layerAt(model.specification, l)
  const checked = validate(baseSchema, base, 'The base')
  if (checked === layer.base) throw new UserError(`Layer ${l + 1} has the base ${base} already.`)
  return {
    model: withLayer(model, l, { ...layer, base: checked }, sliceOf(model, l)),
    inverse: { type: 'set-base', layer: l, base: layer.base },
  }
}

export function setColumns(
  specification: Specification,
  inputs: readonly string[],
  outputs: readonly string[],
): Edit[] {
  const { preprocessing, layers, task } = specification
  checkColumns(inputs, 'input')
  checkColumns(outputs, 'output')
  if (task === 'classification' && !isSame(specification.outputs, outputs)) {
    const classes = specification.outputs.map(({ name }) => name).join(', ')
    throw new UserError(`This network tells classes apart: its targets must be the columns ${classes}.`)
  }
  const inputPlaces = placesByName(specification.inputs, inputs)
  const outputPlaces = placesByName(specification.outputs, outputs)
  if (isSame(specification.inputs, inputs) && isSame(specification.outputs, outputs)) {
    throw new UserError('The network has these inputs and outputs already.')
  }
  const last = layers.length - 1
  const after: Specification = {
    ...specification,
    inputs: inputs.map((name, place) => ({ name, group: groupOf(specification, inputPlaces, place) })),
    outputs: outputs.map((name) => ({ name })),
    layers: layers.map((layer, l) => (l === last ? { ...layer, nodes: outputs.length } : layer)),
  }
  refuseTooLarge(after)
  const scaling = preprocessing && rearrangedCodings(preprocessing, inputPlaces, outputPlaces)
  return [
    // Scaling must fit the columns at every moment, on the way back too.
    ...(preprocessing === undefined ? [] : [{ type: 'set-preprocessing', preprocessing: null } as const]),
    { type: 'set-ends', inputs: specification.inputs, outputs: after.outputs },
    ...(last === 0
      ? rearrange(specification, 0, after, 0, { inputs: inputPlaces, outputs: outputPlaces, ends: after.inputs })
      : [
          ...rearrange(specification, 0, after, 0, { inputs: inputPlaces, ends: after.inputs }),
          ...rearrange(specification, last, after, last, { outputs: outputPlaces }),
        ]),
    ...(scaling ? [{ type: 'set-preprocessing', preprocessing: scaling } as const] : []),
  ]
}

export function setPreprocessing(model: Model, preprocessing: Preprocessing | null): Applied {
  const { inputs, outputs } = model.specification
  if (preprocessing !== null) {
    validate(preprocessingSchema, preprocessing, 'The scaling')
    const given = inputCount(preprocessing.inputs)
    if (given !== inputs.length || preprocessing.outputs.length !== outputs.length) {
      throw new UserError(
        `The scaling is for ${given} inputs and ${preprocessing.outputs.length} outputs, ` +
          `but the network has ${inputs.length} and ${outputs.length}.`,
      )
    }
  }
  const { preprocessing: before, ...rest } = model.specification
  return {
    model: { ...model, specification: preprocessing === null ? rest : { ...rest, preprocessing } },
    inverse: { type: 'set-preprocessing', preprocessing: before ?? null },
  }
}

/** The training begins anew, so the step counter does too, and no run's optimiser state fits any more. */
export function reset(model: Model): Applied {
  const { history } = model.specification
  const job = history?.job
  const begun = history === undefined ? null : { step: 0, ...(job === undefined ? {} : { job }) }
  return restoreParameters(model, initialize(model.specification), null, begun)
}

function checkName(name: string): void {
  if (typeof name !== 'string' || name.length < 1 || name.length > 1000) {
    throw new UserError('A name must have 1 to 1000 characters.')
  }
}

function checkNewName(
  ends: readonly { readonly name: string }[],
  index: number,
  name: string,
  what: 'input' | 'output',
): void {
  checkName(name)
  if (ends[index] === undefined) {
    throw new UserError(`There is no ${what} ${index + 1}: the network has ${ends.length}.`)
  }
  if (ends.some((end) => end.name === name)) throw new UserError(`An ${what} is called ${name} already.`)
}

function checkColumns(names: readonly string[], what: 'input' | 'output'): void {
  if (names.length === 0) throw new UserError(`Choose at least one column as ${what}.`)
  for (const name of names) checkName(name)
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new UserError(`The column ${name} is chosen twice as ${what}.`)
    seen.add(name)
  }
}

function placesByName(before: readonly { readonly name: string }[], names: readonly string[]): Places {
  const indices = new Map<string, number>()
  before.forEach(({ name }, k) => {
    if (!indices.has(name)) indices.set(name, k)
  })
  return { before: before.length, sources: names.map((name) => indices.get(name) ?? null) }
}

/** A column that stays keeps its group. */
function groupOf({ inputs }: Specification, { sources }: Places, place: number): number {
  const old = sources[place]
  return (old === undefined || old === null ? undefined : inputs[old]?.group) ?? 0
}

function isSame(ends: readonly { readonly name: string }[], names: readonly string[]): boolean {
  return ends.length === names.length && ends.every(({ name }, k) => name === names[k])
}

/** Codings stay where every column was there before, whole; otherwise they are unknown until data are loaded. */
function rearrangedCodings(preprocessing: Preprocessing, inputs: Places, outputs: Places): Preprocessing | null {
  const codings = rearrangedInputs(preprocessing, inputs.sources)
  const figures = outputs.sources.map((old) => (old === null ? undefined : preprocessing.outputs[old]))
  const known = figures.filter((figure) => figure !== undefined)
  return codings === null || known.length < figures.length
    ? null
    : { ...preprocessing, inputs: codings, outputs: known }
}

function rearrangedInputs({ inputs }: Preprocessing, sources: Places['sources']): Preprocessing['inputs'] | null {
  const places = entriesOfInputs(inputs)
  const codings: Preprocessing['inputs'] = []
  for (let at = 0; at < sources.length; ) {
    const first = sources[at]
    const entry = typeof first === 'number' ? places[first]?.entry : undefined
    const coding = entry === undefined ? undefined : inputs[entry]
    if (coding === undefined) return null
    const parts = sources.slice(at, at + inputsOfColumn(coding)).map((old) => {
      const place = typeof old === 'number' ? places[old] : undefined
      return place !== undefined && place.entry === entry ? place.part : Number.NaN
    })
    const rearranged = withParts(coding, parts)
    if (rearranged === null) return null
    codings.push(rearranged)
    at += parts.length
  }
  return codings
}

/** A coding whose inputs stand in another order: values of a category may, a missing one being the last. Null where some are not there. */
function withParts(coding: ColumnCoding, parts: readonly number[]): ColumnCoding | null {
  if (parts.length < inputsOfColumn(coding)) return null
  if (parts.every((part, place) => part === place)) return coding
  if (coding.type !== 'category') return null
  const values = parts.slice(0, coding.values.length).flatMap((part) => coding.values[part] ?? [])
  const isLastMissing = coding.missing === undefined || parts.at(-1) === coding.values.length
  return values.length === coding.values.length && isLastMissing ? { ...coding, values } : null
}
