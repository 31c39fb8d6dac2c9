/** The safetensors format: tensors by name behind a JSON header (https://github.com/huggingface/safetensors#format). */
import { UserError } from '../../user-error'
import { shown } from '../../validation'

/** Row-major numbers with their shape. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly values: Float64Array
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Writes tensors as F32 where every value is a float32 already, else as F64, so that nothing is lost. Equal content gives
 * equal bytes: F64 come first, then F32, by name within each, so that every tensor is aligned.
 */
export function encodeTensors(
  tensors: Iterable<readonly [string, Tensor]>,
  metadata: Record<string, string>,
): Uint8Array {
  const entries = [...tensors].map(([name, tensor]) => ({ name, ...tensor, size: isFloat32(tensor.values) ? 4 : 8 }))
  entries.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
  const header: Record<string, unknown> = { __metadata__: metadata }
  let length = 0
  for (const { name, shape, values, size } of entries) {
    header[name] = { dtype: size === 4 ? 'F32' : 'F64', shape, data_offsets: [length, length + values.length * size] }
    length += values.length * size
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerLength = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + headerLength + length)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(headerLength), true)
  bytes.fill(0x20, 8, 8 + headerLength)
  bytes.set(json, 8)
  let position = 8 + headerLength
  for (const { values, size } of entries) {
    for (const value of values) {
      if (size === 4) view.setFloat32(position, value, true)
      else view.setFloat64(position, value, true)
      position += size
    }
  }
  return bytes
}

/**
 * Reads a whole file of F32 and F64 tensors. What the header claims is believed only as far as the bytes that are there.
 *
 * @param where the file's name, with which every sentence begins
 * @throws UserError saying what the file is or what is wrong with it
 */
export function decodeTensors(bytes: Uint8Array, where: string): TensorFile {
  refuseForeign(bytes, where)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const claimed = view.getBigUint64(0, true)
  if (claimed > BigInt(bytes.length - 8)) {
    throw new UserError(
      `${where} is cut off or is no .kan file: its header should take ${claimed} bytes, but the file has ${bytes.length}.`,
    )
  }
  const start = 8 + Number(claimed)
  const { entries, metadata } = parseHeader(bytes.subarray(8, start), where)
  refuseBadLayout(entries, bytes.length - start, where)
  const tensors = new Map<string, Tensor>()
  for (const { name, dtype, shape, begin, count } of entries) {
    const values = new Float64Array(count)
    const from = start + begin
    if (dtype === 'F32') for (let k = 0; k < count; k++) values[k] = view.getFloat32(from + 4 * k, true)
    else for (let k = 0; k < count; k++) values[k] = view.getFloat64(from + 8 * k, true)
    tensors.set(name, { shape, values })
  }
  return { tensors, metadata }
}

interface Entry {
  readonly name: string
  readonly dtype: 'F32' | 'F64'
  readonly shape: readonly number[]
  readonly count: number
  readonly begin: number
  readonly end: number
}

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a PyTorch file or another zip archive' },
  { bytes: [0x80, 0x02], what: 'a PyTorch file or another Python pickle' },
  { bytes: [0x89, 0x48, 0x44, 0x46], what: 'an HDF5 file' },
  { bytes: [0x7b], what: 'plain JSON' },
]

function refuseForeign(bytes: Uint8Array, where: string): void {
  if (bytes.length === 0) throw new UserError(`${where} is empty: it holds no model.`)
  // A header length may begin with the same bytes by chance, but then a header follows it.
  if (bytes[8] === 0x7b) return
  const found = SIGNATURES.find((signature) => signature.bytes.every((byte, k) => bytes[k] === byte))
  if (found !== undefined) throw new UserError(`${where} is ${foreignName(found.what, bytes)}, not a .kan file.`)
  if (bytes.length < 8)
    throw new UserError(`${where} is cut off: it has only ${bytes.length} of the 8 bytes that it begins with.`)
}

function foreignName(what: string, bytes: Uint8Array): string {
  if (bytes[0] !== 0x50) return what
  // PyTorch's archives hold their pickle as `<name>/data.pkl`, the first entry.
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  return head.includes('data.pkl') ? 'a PyTorch file' : what
}

function parseHeader(bytes: Uint8Array, where: string): { entries: Entry[]; metadata: Record<string, string> } {
  const damaged = (what: string, cause?: unknown) =>
    new UserError(`${where} is damaged or is no .kan file: ${what}.`, { cause })
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw damaged('its header is not JSON', cause)
  }
  if (!isRecord(header)) throw damaged('its header is not a JSON object')
  const entries: Entry[] = []
  const metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(header)) {
    if (name !== '__metadata__') {
      entries.push(parseEntry(name, value, where))
      continue
    }
    if (!isRecord(value)) throw damaged('its __metadata__ is not a JSON object')
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string') throw damaged(`"${key}" in its __metadata__ is not a string`)
      Object.defineProperty(metadata, key, { value: text, enumerable: true })
    }
  }
  return { entries, metadata }
}

function parseEntry(name: string, value: unknown, where: string): Entry {
  const damaged = (what: string) => new UserError(`${where} is damaged: the tensor ${name} ${what}.`)
  if (!isRecord(value)) throw damaged('has no description')
  const { dtype, shape, data_offsets: offsets } = value
  if (dtype !== 'F32' && dtype !== 'F64') {
    if (dtype === undefined) throw damaged('has no dtype')
    throw new UserError(`${where}: the tensor ${name} is of type ${shown(dtype)}; only F32 and F64 can be read.`)
  }
  if (!isCounts(shape)) throw damaged('has no valid shape')
  if (!isCounts(offsets) || offsets.length !== 2) throw damaged('has no valid data_offsets')
  const [begin, end] = offsets as [number, number]
  const count = shape.reduce((product, length) => product * length, 1)
  if (end - begin !== count * (dtype === 'F32' ? 4 : 8)) {
    throw damaged(`of shape [${shape.join(', ')}] does not fit the ${end - begin} bytes that it is given`)
  }
  return { name, dtype, shape, count, begin, end }
}

/** The tensors must fill the data without gaps and overlaps, as the format demands. */
function refuseBadLayout(entries: readonly Entry[], length: number, where: string): void {
  let position = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < position) throw new UserError(`${where} is damaged: the tensor ${name} overlaps another one.`)
    if (begin > position) throw new UserError(`${where} is damaged: there is a gap before the tensor ${name}.`)
    if (end > length) {
      throw new UserError(`${where} is cut off: the tensor ${name} ends at byte ${end} of ${length} bytes of data.`)
    }
    position = end
  }
  if (position < length) {
    throw new UserError(`${where} is damaged: ${length - position} bytes after the last tensor belong to nothing.`)
  }
}

function isFloat32(values: Float64Array): boolean {
  return values.every((value) => Object.is(Math.fround(value), value))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0)
}
