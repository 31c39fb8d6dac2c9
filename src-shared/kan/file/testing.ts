/** What the tests of .kan files share: the hello network, and files of it with something changed. */
import { isUserError } from '../../user-error'
import type { Model } from '../parameters'
import { retrained } from '../testing'
import { checkSpecification } from '../validate'
import { decodeModel, decodeTensors, encodeModel, encodeTensors, newModel } from './file'
import type { Tensor } from './safetensors'

export const spline = { type: 'spline', order: 3, intervals: 5 }

export function design(change: object = {}, layer: object = {}): object {
  return {
    format: 1,
    name: 'hello',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'f' }],
    layers: [
      { nodes: 5, basis: spline, ...layer },
      { nodes: 1, basis: spline },
    ],
    ...change,
  }
}

export function hello(layer: object = {}): Model {
  return retrained(newModel(checkSpecification(design({}, layer), 'hello'), 'hello'), 3)
}

/** A file with this design and these tensors, however little they fit. */
export function file(specification: unknown, tensors: Iterable<readonly [string, Tensor]> = []): Uint8Array {
  return encodeTensors(tensors, { 'kan-studio': JSON.stringify(specification) })
}

/** The hello network's file with some tensors changed; null removes one. */
export function changed(changes: Record<string, Tensor | null>, layer: object = {}): Uint8Array {
  const { tensors, metadata } = decodeTensors(encodeModel(hello(layer)), 'hello')
  const all = new Map(tensors)
  for (const [name, tensor] of Object.entries(changes)) {
    if (tensor === null) all.delete(name)
    else all.set(name, tensor)
  }
  return encodeTensors(all, metadata)
}

/** A safetensors file from its header as text. */
export function raw(header: string, dataLength = 0): Uint8Array {
  const json = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + json.length + dataLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}

export function tensor(shape: number[], fill: (k: number) => number = () => 0): Tensor {
  return { shape, values: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => fill(k)) }
}

export function opening(bytes: Uint8Array): string {
  try {
    decodeModel(bytes, 'a.kan')
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
  return 'opened'
}
