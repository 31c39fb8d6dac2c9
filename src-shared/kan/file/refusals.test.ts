import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { models } from '../testing'
import { decodeModel, encodeModel, encodeTensors } from './file'
import { changed, design, file, hello, opening, raw, spline, tensor } from './testing'

const formula = (edge: readonly number[], name: string) => ({ edge, function: name, a: 1, b: 0, c: 1, d: 0 })

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
    [
      'a format that is long to read',
      file(design({ format: ['x'.repeat(2000)] })),
      /^a\.kan: the design has the unknown format \["x{50,60}…; this/,
    ],
    [
      'a hundred million nodes, of inputs that share their curves',
      file(
        design(
          {
            inputs: [
              { name: 'x', group: 1 },
              { name: 'y', group: 1 },
            ],
          },
          { nodes: 99_999_999 },
        ),
      ),
      /^a\.kan: the network \[2, 99999999, 1\] would need about/,
    ],
    [
      'a job nested without end, behind quotes and a long text',
      file(
        design({
          history: {
            step: 1,
            job: JSON.parse(`{"b":"\\"[${'x'.repeat(1e7)}","a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
          },
        }),
      ),
      'a.kan is damaged: more than 100 lists or objects of its design lie in each other.',
    ],
    [
      'a tensor without a type',
      raw('{"w":{"shape":[0],"data_offsets":[0,0]}}'),
      'a.kan is damaged: the tensor w has no dtype.',
    ],
    ['width a million', file(design({}, { nodes: 1_000_000 })), /would need about 49 GB of memory/],
    [
      'other outputs than the last layer has',
      file(design({ outputs: [{ name: 'f' }, { name: 'g' }] })),
      'a.kan: the last layer has 1 node, but the network has 2 outputs.',
    ],
    [
      'scaling of other columns',
      file(design({ preprocessing: { scaling: 'none', inputs: [], outputs: [] } })),
      'a.kan: preprocessing.inputs gives 0 inputs where the network has 2 inputs.',
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
      'a classification of one class',
      file(design({ task: 'classification' })),
      'a.kan: "task" is classification, which needs two outputs or more, one a class.',
    ],
    ['classes of a regression', file(design({ classes: ['a'] })), /"classes" belongs to a classification/],
    [
      'a class too few',
      file(
        design({
          task: 'classification',
          classes: ['a'],
          outputs: [{ name: 'a' }, { name: 'b' }],
          layers: [{ nodes: 2, basis: spline }],
        }),
      ),
      'a.kan: "classes" names 1 class, but the network has 2 outputs.',
    ],
    [
      'an unknown function',
      file(design({}, { symbolic: [formula([0, 0], 'sine')] })),
      /"layers\[0\]\.symbolic\[0\]\.function" must be one of "0", "x", "x\^2", .*, not "sine"\.$/,
    ],
    [
      'two formulas for an edge',
      file(design({}, { symbolic: [formula([0, 0], 'sin'), formula([0, 0], 'cos')] })),
      'a.kan: layers[0].symbolic names the edge [0, 0] twice; an edge is one formula.',
    ],
    [
      'a tie of a formula and a curve',
      file(
        design(
          {},
          {
            symbolic: [formula([0, 0], 'sin')],
            tied: [
              [
                [0, 0],
                [1, 0],
              ],
            ],
          },
        ),
      ),
      'a.kan: layers[0].symbolic makes the edge [0, 0] sin and [1, 0] a curve, but they are tied and share one function.',
    ],
    [
      'another kernel',
      file(design({}, { basis: { type: 'rbf', centers: 8, kernel: 'Gaussian' } })),
      /"layers\[0\]\.basis\.kernel" must be one of "gaussian", .*"matern52", not "Gaussian"\.$/,
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
