/** The one place where what a page sends is held to the contract: every argument of every call. */
import { z } from 'zod'
import { planSchema } from '../../src-shared/benchmark/plan'
import { raceSchema } from '../../src-shared/benchmark/race'
import { dataSchema, engineSchema, readSchema, trainingSchema } from '../../src-shared/contract/job'
import { menusSchema } from '../../src-shared/contract/menu'
import { type StudioCalls, UPLOAD_LIMIT } from '../../src-shared/contract/studio'
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { preprocessingSchema } from '../../src-shared/kan/preprocessing'
import { baseSchema, basisSchema, formulaSchema } from '../../src-shared/kan/specification'
import { UserError } from '../../src-shared/user-error'
import { validate } from '../../src-shared/validation'

const index = z.number().int().nonnegative()
const count = z.number().int().positive()
const name = z.string().min(1).max(1000)
const edge = z.tuple([index, index])
const edges = z.array(edge).min(1)
const shapePoints = z
  .array(z.strictObject({ x: z.number(), y: z.number().nullable() }))
  .min(1)
  .max(1000)

const slots = z.array(z.custom<Uint32Array>((value) => value instanceof Uint32Array, { error: 'whole numbers' }))

/** Edits that may be one of several in a step. */
const partSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rename'), name }),
  z.strictObject({ type: z.enum(['rename-input', 'rename-output']), index, name }),
  z.strictObject({ type: z.enum(['freeze', 'unfreeze', 'prune', 'unprune']), layer: index, edges }),
  z.strictObject({ type: z.enum(['tie', 'untie']), layer: index, edges }),
  z.strictObject({ type: z.literal('set-group'), inputs: z.array(index).min(1), group: z.number().int().min(-1) }),
  z.strictObject({ type: z.literal('set-symbolic'), layer: index, edge, formula: formulaSchema.nullable() }),
  z.strictObject({ type: z.literal('shape-edge'), layer: index, edge, points: shapePoints }),
  z.strictObject({ type: z.literal('set-basis'), layer: index, basis: basisSchema }),
  z.strictObject({ type: z.literal('set-base'), layer: index, base: baseSchema }),
  z.strictObject({ type: z.literal('set-range'), layer: index, range: z.tuple([z.number(), z.number()]) }),
  z.strictObject({ type: z.literal('set-width'), layer: index, nodes: count }),
  z.strictObject({ type: z.literal('move-nodes'), layer: index, nodes: z.array(index).min(1), to: index }),
  z.strictObject({
    type: z.enum(['remove-nodes', 'duplicate-nodes']),
    layer: index,
    nodes: z.array(index).min(1),
  }),
  z.strictObject({ type: z.literal('compact') }),
  z.strictObject({ type: z.literal('add-layer'), at: index, nodes: count, basis: basisSchema }),
  z.strictObject({ type: z.literal('remove-layer'), at: index }),
  z.strictObject({ type: z.literal('move-layer'), from: index, to: index }),
  z.strictObject({ type: z.literal('set-columns'), inputs: z.array(name).min(1), outputs: z.array(name).min(1) }),
  z.strictObject({ type: z.literal('set-preprocessing'), preprocessing: preprocessingSchema.nullable() }),
])

/** Edits that a page may ask for. Those that put whole layers back come from the studio's own undo history only. */
const editSchema: z.ZodType<EditRequest> = z.discriminatedUnion('type', [
  partSchema,
  z.strictObject({ type: z.literal('sequence'), edits: z.array(partSchema).min(1) }),
  z.strictObject({ type: z.literal('prune-to-mean'), slots }),
  z.strictObject({ type: z.literal('fit-grid'), layer: index.nullable() }),
  z.strictObject({ type: z.literal('go-back'), step: index }),
  z.strictObject({ type: z.literal('reset') }),
])

const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), { error: 'a path has no NUL in it' })
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= UPLOAD_LIMIT, {
  error: `a file's bytes, at most ${UPLOAD_LIMIT / 2 ** 20} MB`,
})
const points = z.custom<Float64Array>((value) => value instanceof Float64Array && value.length <= 100_000, {
  error: 'at most 100 000 numbers',
})

const someEdges = z.custom<Uint32Array>((value) => value instanceof Uint32Array && value.length <= 100_000, {
  error: 'at most 100 000 edges',
})

/** What each argument is called in a sentence, and its schema. */
const ARGUMENTS: { readonly [Name in keyof StudioCalls]: readonly (readonly [string, z.ZodType])[] } = {
  info: [],
  document: [],
  newDocument: [],
  openDocument: [['the path', path]],
  saveDocument: [['the path', path.nullable()]],
  recover: [['the recovery', z.string()]],
  discardRecovery: [['the recovery', z.string()]],
  chooseFile: [
    ['the kind of file', z.enum(['open-model', 'save-model', 'open-data', 'save-data', 'save-picture', 'save-report'])],
    ['the suggestion', z.string().max(4096)],
  ],
  listFiles: [
    ['the folder', path],
    ['the kind of file', z.enum(['model', 'data'])],
  ],
  keepUpload: [
    ["the file's name", name],
    ['the file', bytes],
  ],
  edit: [['the edit', editSchema]],
  shape: [
    ['the layer', index],
    ['the edge', edge],
    ['the points', shapePoints],
    ['the stroke', name],
  ],
  copyNetwork: [],
  pasteNetwork: [['the network', z.string().max(UPLOAD_LIMIT)]],
  undo: [],
  redo: [],
  history: [],
  goTo: [['the place', index]],
  previewTable: [
    ['the path', path],
    ['how to read the table', readSchema],
  ],
  inspectTable: [
    ['the path', path],
    ['how to read the table', readSchema],
  ],
  tableRows: [
    ['the path', path],
    ['how to read the table', readSchema],
    ['the first row', index],
    ['the number of rows', index.max(10_000)],
  ],
  chooseData: [['the data', dataSchema]],
  findData: [['the path', path]],
  adapt: [],
  matchColumns: [['the path', path]],
  predictFile: [
    ['the path', path],
    ['the renamed columns', z.record(z.string(), z.string())],
  ],
  savePredictions: [
    ['the predictions', index],
    ['the path', path],
    ['the columns to keep', z.union([z.literal('all'), z.array(z.string())])],
  ],
  savePicture: [
    ['the path', path],
    ['the picture', bytes],
  ],
  start: [],
  pause: [],
  step: [],
  reset: [],
  setTraining: [
    ['the training settings', trainingSchema],
    ['the engine', engineSchema],
  ],
  resumeFromCheckpoint: [],
  pruneLoss: [
    ['the request', z.strictObject({ layers: slots, rows: z.enum(['few', 'many']), search: name.nullable() })],
  ],
  results: [['the request', z.strictObject({ output: index, whole: z.boolean() })]],
  dataTable: [],
  dataRows: [
    ['the first row', index],
    ['the number of rows', index.max(10_000)],
  ],
  dataColumns: [['the target', index]],
  dataColumn: [['the request', z.strictObject({ column: index, target: index })]],
  distribution: [
    ['the layer', index],
    ['the input', index],
  ],
  curve: [
    ['the layer', index],
    ['the edge', edge],
    ['the points', points],
  ],
  startBenchmark: [['the benchmark', planSchema]],
  startRace: [['the race', raceSchema]],
  cancelBenchmark: [],
  watchBenchmark: [],
  installLibrary: [['whether it is for a graphics card', z.boolean()]],
  cancelLibrary: [],
  removeLibrary: [],
  benchmarkReports: [],
  benchmarkReport: [['the report', name]],
  trainingReport: [],
  saveReport: [
    ['the path', path],
    ['the report', z.string().max(UPLOAD_LIMIT)],
  ],
  showMenus: [['the menus', menusSchema]],
  acknowledge: [['the frame', index]],
  watch: [['the edges', z.array(z.strictObject({ layer: index, edges: someEdges })).max(10_000)]],
}

/** The same calls for somebody who may send anything: a malformed call is a UserError and reaches nothing. */
export function guarded(calls: StudioCalls): StudioCalls {
  // Without a prototype no inherited name (`constructor`, …) can be called.
  const all: Record<string, (...args: unknown[]) => unknown> = Object.create(null)
  for (const [name, schemas] of Object.entries(ARGUMENTS)) {
    const call = calls[name as keyof StudioCalls] as (...args: unknown[]) => unknown
    all[name] = (...args) => {
      if (args.length !== schemas.length) {
        throw new UserError(`${name} takes ${schemas.length} arguments, not ${args.length}.`)
      }
      return call(...schemas.map(([what, schema], i) => validate(schema, args[i], what)))
    }
  }
  return all as unknown as StudioCalls
}
