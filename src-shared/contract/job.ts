/** A job: what to train on which data, and how. Written as `job.json` (docs/file-format.md). */
import { z } from 'zod'
import { specificationSchema } from '../kan/specification'

const positive = z.number().int().positive()
const fraction = z.number().min(0).max(0.95)
const names = z.array(z.string().min(1)).min(1)

const splitSchema = z.strictObject({
  type: z.enum(['random', 'chronological']).default('random'),
  validation: fraction.default(0),
  test: fraction.default(0),
  seed: z.number().int().nonnegative().default(0),
})
export type Split = z.infer<typeof splitSchema>

/** How to read a text file where detection is not wanted. */
const readSchema = z.strictObject({
  delimiter: z.string().length(1).optional(),
  header: z.boolean().optional(),
})
export type ReadOptions = z.infer<typeof readSchema>

const scaling = z.enum(['none', 'standard', 'minmax']).default('none')
export type Scaling = z.infer<typeof scaling>
const range = z.tuple([z.number(), z.number()])
const samples = z.number().int().min(1).max(10_000_000)
const seed = z.number().int().nonnegative().default(0)

export const dataSchema = z.union([
  z.strictObject({
    file: z.string().min(1),
    inputs: names,
    targets: names,
    split: splitSchema.optional(),
    scaling,
    read: readSchema.optional(),
  }),
  z.strictObject({
    generator: z.literal('hello'),
    samples: samples.default(1000),
    seed,
    split: splitSchema.optional(),
    scaling,
  }),
  z.strictObject({
    generator: z.literal('formula'),
    formula: z.string().min(1),
    inputs: names,
    range: range.default([-1, 1]),
    noise: z.number().nonnegative().default(0),
    samples: samples.default(1000),
    seed,
    split: splitSchema.optional(),
    scaling,
  }),
])
/** Where the rows come from, and what is done with them before training. */
export type DataChoice = z.infer<typeof dataSchema>

const lossSchema = z.enum(['mse'])
export type Loss = z.infer<typeof lossSchema>

export const regularizationSchema = z.strictObject({
  type: z.literal('better_kan'),
  lambda: z.number().nonnegative(),
  l1: z.number().nonnegative().default(1),
  entropy: z.number().nonnegative().default(1),
})
/** better_kan's: λ · Σ layers (l1·L1 + entropy·S), docs/numerics.md. */
export type Regularization = z.infer<typeof regularizationSchema>

export const trainingSchema = z.strictObject({
  loss: lossSchema.default('mse'),
  optimizer: z
    .strictObject({ type: z.literal('adam'), learningRate: z.number().positive().default(0.001) })
    .default({ type: 'adam', learningRate: 0.001 }),
  steps: positive.default(1000),
  /** Rows of a step; null takes all training rows. */
  batchSize: positive.nullable().default(null),
  /** Of the order of the batches. */
  seed,
  regularization: regularizationSchema.nullable().default(null),
  gridUpdates: z.null().default(null),
  earlyStopping: z.null().default(null),
})
export type TrainingSettings = z.infer<typeof trainingSchema>

export const engineSchema = z.enum(['auto', 'wasm', 'reference'])
export type EngineChoice = z.infer<typeof engineSchema>

export const jobSchema = z.strictObject({
  /** A path, relative to the job's file, or the design itself. */
  model: z.union([z.string().min(1), specificationSchema]),
  data: dataSchema,
  training: trainingSchema.default(trainingSchema.parse({})),
  engine: engineSchema.default('auto'),
})
export type Job = z.infer<typeof jobSchema>
