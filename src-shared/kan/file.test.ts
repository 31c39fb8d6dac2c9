import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forward } from '../numerics/network'
import { isUserError } from '../user-error'
import { apply } from './edits'
import { decodeModel, decodeTensors, encodeModel, encodeTensors, newModel } from './file'
import type { LayerParameters, Model } from './parameters'
import type { Tensor } from './safetensors'
import type { EdgeIndex } from './specification'
import { models, retrained } from './testing'
import { checkSpecification } from './validate'

const spline = { type: 'spline', order: 3, intervals: 5 }

function design(change: object = {}, layer: object = {}): object {
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

function hello(layer: object = {}): Model {
  return retrained(newModel(checkSpecification(design({}, layer), 'hello'), 'hello'), 3)
}

/** A file with this design and these tensors, however little they fit. */
function file(specification: unknown, tensors: Iterable<readonly [string, Tensor]> = []): Uint8Array {
  return encodeTensors(tensors, { 'kan-studio': JSON.stringify(specification) })
}

/** The hello network's file with some tensors changed; null removes one. */
function changed(changes: Record<string, Tensor | null>, layer: object = {}): Uint8Array {
  const { tensors, metadata } = decodeTensors(encodeModel(hello(layer)), 'hello')
  const all = new Map(tensors)
  for (const [name, tensor] of Object.entries(changes)) {
    if (tensor === null) all.delete(name)
    else all.set(name, tensor)
  }
  return encodeTensors(all, metadata)
}

/** A safetensors file from its header as text. */
function raw(header: string, dataLength = 0): Uint8Array {
  const json = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + json.length + dataLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}

function tensor(shape: number[], fill: (k: number) => number = () => 0): Tensor {
  return { shape, values: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => fill(k)) }
}

function opening(bytes: Uint8Array): string {
  try {
    decodeModel(bytes, 'a.kan')
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
  return 'opened'
}

describe('a .kan file', () => {
  it('brings every model back bit for bit, without its moments', () => {
    fc.assert(
      fc.property(models, (model) => {
        expect(decodeModel(encodeModel(model), 'a.kan')).toEqual({ ...model, moments: null })
      }),
    )
  })

  // Case V1, so far as its features exist; its paths are in src-main/files/model.test.ts.
  it('keeps a pruned, refined, frozen and tied network: predictions are the same to the bit', () => {
    const tied: EdgeIndex[] = [
      [0, 0],
      [1, 0],
    ]
    const nodes = (outputs: number[]) =>
      outputs.flatMap((j): EdgeIndex[] => [
        [0, j],
        [1, j],
      ])
    let model = hello()
    for (const edit of [
      { type: 'prune', layer: 0, edges: nodes([1, 2]) },
      {
        type: 'prune',
        layer: 1,
        edges: [
          [1, 0],
          [2, 0],
        ],
      },
      { type: 'set-basis', layer: 0, basis: { type: 'spline', order: 3, intervals: 10 } },
      { type: 'freeze', layer: 0, edges: [[0, 3]] },
      { type: 'tie', layer: 0, edges: tied },
    ] as const) {
      model = apply(model, edit).model
    }
    const again = decodeModel(encodeModel(model), 'a.kan')
    const x = Float64Array.from({ length: 40 }, (_, k) => Math.sin(k))
    expect(forward(again.specification, again.parameters, x)).toEqual(forward(model.specification, model.parameters, x))
    expect(again.specification).toEqual(model.specification)
  })

  it('holds float32 where that loses nothing, else float64', () => {
    const bytes = encodeTensors(
      [
        ['exact', tensor([2], () => 0.5)],
        ['inexact', tensor([2], (k) => 0.1 + k)],
      ],
      {},
    )
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + (bytes[0] ?? 0)))
    expect(JSON.parse(header)).toMatchObject({
      inexact: { dtype: 'F64', data_offsets: [0, 16] },
      exact: { dtype: 'F32', data_offsets: [16, 24] },
    })
    expect((8 + header.length) % 8).toBe(0)
  })

  it('without any tensor is initialised from its seed', () => {
    const specification = checkSpecification(design({ seed: 7 }), 'a.kan')
    expect(decodeModel(file(design({ seed: 7 })), 'a.kan')).toEqual(newModel(specification, 'a.kan'))
  })

  it('without the scale of RBF has 1.2 / spacing of its centres', () => {
    const rbf = { basis: { type: 'rbf', centers: 3, kernel: 'gaussian' } }
    const grid = tensor([2, 3], (k) => [0, 1, 4, -1, 0, 1][k] ?? 0)
    const { parameters } = decodeModel(changed({ 'layers.0.grid': grid, 'layers.0.scale': null }, rbf), 'a.kan')
    expect(parameters[0]?.scale).toEqual(Float64Array.of(1.2, 0.6, 1.2 / 3, 1.2, 1.2, 1.2))
  })

  it('with locks in any order and repeated has them sorted, and what is tied to a frozen edge frozen', () => {
    const locks = {
      frozen: [[1, 1]],
      pruned: [
        [1, 4],
        [0, 2],
        [1, 4],
      ],
      tied: [
        [
          [1, 1],
          [0, 0],
        ],
        [[0, 4]],
      ],
    }
    expect(decodeModel(file(design({}, locks)), 'a.kan').specification.layers[0]).toMatchObject({
      frozen: [
        [0, 0],
        [1, 1],
      ],
      pruned: [
        [0, 2],
        [1, 4],
      ],
      tied: [
        [
          [1, 1],
          [0, 0],
        ],
      ],
    })
  })

  it('holds equal values in all slots of a tie, also where one was pruned and training went on', () => {
    const tie: EdgeIndex[] = [
      [0, 0],
      [1, 0],
    ]
    const model = hello({ tied: [tie], pruned: [[1, 0]] })
    const [first, second] = model.parameters as [LayerParameters, LayerParameters]
    const baseScaler = first.baseScaler.map((value, slot) => (slot === 1 ? value + 1 : value))
    const lagging = { ...model, parameters: [{ ...first, baseScaler }, second] }
    const again = decodeModel(encodeModel(lagging), 'a.kan').parameters[0]
    expect(again?.baseScaler[1]).toBe(again?.baseScaler[0])
  })

  it('cannot be written with a number that is not finite', () => {
    const model = hello()
    const [first, second] = model.parameters as [LayerParameters, LayerParameters]
    const bias = Float64Array.of(0, 1, Number.NaN, 0, 0)
    expect(() => encodeModel({ ...model, parameters: [{ ...first, bias }, second] })).toThrow(
      'hello cannot be saved: the tensor layers.0.bias holds NaN at [2]; numbers must be finite.',
    )
  })
})

// Case V5.
describe('a file that cannot be opened says why in one sentence with its name', () => {
  const whole = encodeModel(hello())
  const headerLength = Number(new DataView(whole.buffer).getBigUint64(0, true))
  const withHeaderLength = (length: bigint) => {
    const bytes = whole.slice()
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    return bytes
  }
  const zip = (name: string) =>
    Uint8Array.of(0x50, 0x4b, 3, 4, ...new Uint8Array(26), ...new TextEncoder().encode(name))
  const weights = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
  const header = (tensors: object) => JSON.stringify(tensors)

  it.each([
    ['0 bytes', new Uint8Array(0), 'a.kan is empty: it holds no model.'],
    ['5 bytes', new Uint8Array(5), 'a.kan is cut off: it has only 5 of the 8 bytes that it begins with.'],
    ['cut in half', whole.slice(0, whole.length / 2), /^a\.kan is cut off: the tensor layers\.\d\.\w+ ends at byte/],
    [
      'cut within the header',
      whole.slice(0, 100),
      /^a\.kan is cut off or is no \.kan file: its header should take \d+ bytes, but the file has 100\.$/,
    ],
    ['an absurd header length', withHeaderLength(2n ** 64n - 1n), /its header should take 18446744073709551615 bytes/],
    [
      'a header length that is too small',
      withHeaderLength(50n),
      /^a\.kan is damaged or is no \.kan file: its header is not JSON\.$/,
    ],
    ['a header length that is too large', withHeaderLength(BigInt(headerLength + 8)), /its header is not JSON/],
    ['a PyTorch file', zip('model/data.pkl'), 'a.kan is a PyTorch file, not a .kan file.'],
    ['a zip archive', zip('a.txt'), 'a.kan is a PyTorch file or another zip archive, not a .kan file.'],
    [
      'a pickle',
      Uint8Array.of(0x80, 2, 0x8a, 10, 1, 1, 1, 1, 1, 1),
      'a.kan is a PyTorch file or another Python pickle, not a .kan file.',
    ],
    ['a design as plain JSON', new TextEncoder().encode(header(design())), 'a.kan is plain JSON, not a .kan file.'],
    ['a table', new TextEncoder().encode('x,y,f\n1,2,3\n'), /^a\.kan is cut off or is no \.kan file/],
    ['a header that is no object', raw('[]'), /its header is not a JSON object/],
    [
      'other dtypes',
      raw(header({ w: { ...weights, dtype: 'BF16' } }), 8),
      'a.kan: the tensor w is of type "BF16"; only F32 and F64 can be read.',
    ],
    [
      'a shape that does not fit its bytes',
      raw(header({ w: { ...weights, shape: [3] } }), 8),
      /the tensor w of shape \[3\] does not fit the 8 bytes/,
    ],
    ['a negative shape', raw(header({ w: { ...weights, shape: [-2] } }), 8), /the tensor w has no valid shape/],
    [
      'an absurd shape',
      raw(header({ w: { ...weights, shape: [2 ** 40, 2 ** 40] } }), 8),
      /the tensor w of shape .* does not fit/,
    ],
    ['backward offsets', raw(header({ w: { ...weights, data_offsets: [8, 0] } }), 8), /does not fit the -8 bytes/],
    ['overlapping tensors', raw(header({ v: weights, w: weights }), 8), /the tensor w overlaps another one/],
    // JSON keeps the last of two: what the first one was given belongs to nothing then.
    [
      'a tensor named twice',
      raw(
        '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}',
        16,
      ),
      /there is a gap before the tensor w/,
    ],
    ['a gap', raw(header({ w: { ...weights, data_offsets: [8, 16] } }), 16), /there is a gap before the tensor w/],
    ['bytes left over', raw(header({ w: weights }), 12), /4 bytes after the last tensor belong to nothing/],
    [
      'no design',
      raw(header({ w: weights }), 8),
      'a.kan is a safetensors file without a design: its __metadata__ has no key "kan-studio".',
    ],
    [
      'a second key of metadata',
      encodeTensors([], { 'kan-studio': '{}', other: '' }),
      'a.kan: unknown key "other" in __metadata__.',
    ],
    [
      'a design that is not JSON',
      encodeTensors([], { 'kan-studio': '{' }),
      /the design in its __metadata__ is not JSON/,
    ],
    ['a design that is a list', file([]), 'a.kan: the design must be a JSON object.'],
    [
      'a newer format',
      file(design({ format: 99 })),
      'a.kan: this file was made by a newer version (format 99); this version reads format 1.',
    ],
    [
      'another format',
      file(design({ format: 'x' })),
      'a.kan: the design has the unknown format "x"; this version reads format 1.',
    ],
    [
      'no format',
      file(design({ format: undefined })),
      'a.kan: the design has no "format"; this version reads format 1.',
    ],
    ['an unknown key', file(design({ colour: 1 })), /^a\.kan: .*colour/],
    ['multiplication nodes', file(design({}, { multiplications: 2 })), /layers\[0\]\.multiplications/],
    ['an unknown key of a layer', file(design({}, { colour: 1 })), /^a\.kan: .*layers\[0\]\.colour/],
    [
      'an unknown key of a basis',
      file(design({}, { basis: { ...spline, colour: 1 } })),
      /^a\.kan: .*layers\[0\]\.basis\.colour/,
    ],
    ['width 0', file(design({}, { nodes: 0 })), /^a\.kan: .*layers\[0\]\.nodes.* greater than 0/],
    ['width a million', file(design({}, { nodes: 1_000_000 })), /would need about 49 GB of memory/],
    [
      'other outputs than the last layer has',
      file(design({ outputs: [{ name: 'f' }, { name: 'g' }] })),
      'a.kan: the last layer has 1 node, but there are 2 outputs.',
    ],
    [
      'scaling of other columns',
      file(design({ preprocessing: { scaling: 'none', inputs: [], outputs: [] } })),
      'a.kan: preprocessing.inputs has 0 entries where 2 would be right.',
    ],
    [
      'an edge that is not there',
      file(design({}, { pruned: [[2, 0]] })),
      'a.kan: layers[0].pruned names the edge [2, 0], but the layer has 2 inputs and 5 outputs.',
    ],
    [
      'an edge in two ties',
      file(
        design(
          {},
          {
            tied: [
              [
                [0, 0],
                [1, 1],
              ],
              [
                [1, 1],
                [0, 2],
              ],
            ],
          },
        ),
      ),
      'a.kan: layers[0].tied names the edge [1, 1] twice; an edge is in one tie at most.',
    ],
    ['a missing tensor', changed({ 'layers.1.bias': null }), 'a.kan: the tensor layers.1.bias is missing.'],
    ['a missing grid', changed({ 'layers.0.grid': null }), 'a.kan: the tensor layers.0.grid is missing.'],
    [
      'a tensor too many',
      changed({ 'layers.2.bias': tensor([1]) }),
      'a.kan: the tensor layers.2.bias belongs to nothing in the design.',
    ],
    [
      'a width that contradicts the tensors',
      changed({ 'layers.0.bias': tensor([4]) }),
      'a.kan: the tensor layers.0.bias has the shape [4], but the design asks for [5].',
    ],
    [
      'NaN',
      changed({ 'layers.0.base_scaler': tensor([5, 2], (k) => (k === 3 ? Number.NaN : 1)) }),
      'a.kan: the tensor layers.0.base_scaler holds NaN at [1, 1]; numbers must be finite.',
    ],
    [
      'infinity',
      changed({ 'layers.1.bias': tensor([1], () => -Infinity) }),
      /layers\.1\.bias holds -Infinity at \[0\]/,
    ],
    [
      'knots that decrease',
      changed({ 'layers.0.grid': tensor([2, 12], (k) => (k === 14 ? -9 : k % 12)) }),
      'a.kan: the knots of input 1 in layers.0.grid must not decrease, but 1 is followed by -9.',
    ],
    [
      'a tie over different grids',
      changed(
        { 'layers.0.grid': tensor([2, 12], (k) => k) },
        {
          tied: [
            [
              [0, 0],
              [1, 0],
            ],
          ],
        },
      ),
      'a.kan: layers[0].tied ties the edges [0, 0] and [1, 0], but their inputs have different grids, and tied edges share one.',
    ],
    [
      'a tie of different curves',
      changed(
        { 'layers.0.base_scaler': tensor([5, 2], (k) => k) },
        {
          tied: [
            [
              [0, 0],
              [1, 0],
            ],
          ],
        },
      ),
      /but their tensors hold different curves/,
    ],
    [
      'classification',
      file(design({ task: 'classification' })),
      'a.kan: "task" asks for classification, which this version cannot compute.',
    ],
    ['classes', file(design({ classes: ['a'] })), /"classes" asks for classification/],
    [
      'an input group',
      file(design({ inputs: [{ name: 'x', group: 1 }, { name: 'y' }] })),
      /inputs\[0\]\.group asks for an input group/,
    ],
    [
      'a discarded input',
      file(design({ inputs: [{ name: 'x' }, { name: 'y', group: -1 }] })),
      /inputs\[1\]\.group asks for a discarded input/,
    ],
    [
      'a symbolic edge',
      file(design({}, { symbolic: [{ edge: [0, 0], function: 'sin', a: 1, b: 0, c: 1, d: 0 }] })),
      /layers\[0\]\.symbolic asks for symbolic edges/,
    ],
    [
      'another kernel',
      file(design({}, { basis: { type: 'rbf', centers: 8, kernel: 'matern32' } })),
      /layers\[0\]\.basis\.kernel asks for the kernel "matern32"/,
    ],
  ] as [string, Uint8Array, string | RegExp][])('%s', (_, bytes, message) => {
    if (typeof message === 'string') expect(opening(bytes)).toBe(message)
    else expect(opening(bytes)).toMatch(message)
    expect(opening(bytes)).toMatch(/^(a\.kan|The network)[^\n]*\.$/)
  })

  it('whatever bytes are changed, cut out or put in: a sound model or a sentence, never another fault', () => {
    const mutation = fc.record({
      at: fc.nat(1_000_000),
      remove: fc.nat(3),
      insert: fc.uint8Array({ maxLength: 4 }),
    })
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(models, mutations, (model, changes) => {
        let bytes = encodeModel(model)
        for (const { at, remove, insert } of changes) {
          const from = at % bytes.length
          bytes = Uint8Array.of(...bytes.subarray(0, from), ...insert, ...bytes.subarray(from + remove))
        }
        const message = opening(bytes)
        if (message === 'opened') {
          const opened = decodeModel(bytes, 'a.kan')
          expect(decodeModel(encodeModel(opened), 'a.kan')).toEqual(opened)
        } else expect(message).toMatch(/\.$/)
      }),
      { numRuns: 600 },
    )
  })

  it('nor do random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => opening(bytes) !== 'opened'))
  })
})
