/** A job: what to train on which data, and how. Written as `job.json` (docs/file-format.md). */
import { z } from 'zod'
import { dateOrderSchema, datePartSchema, transformSchema } from '../kan/preprocessing'
import { specificationSchema } from '../kan/specification'

const positive = z.number().int().positive()
const fraction = z.number().min(0).max(0.99)
const names = z.array(z.string().min(1)).min(1)

const splitSchema = z
  .strictObject({
    type: z.enum(['random', 'chronological', 'stratified', 'column']).default('random'),
    validation: fraction.default(0),
    test: fraction.default(0),
    seed: z.number().int().nonnegative().default(0),
    /** What a chronological split is ordered by, a stratified one balances, or whose cells name each row's part. */
    column: z.string().min(1).optional(),
  })
  .refine(({ type, column }) => type !== 'random' || column === undefined, {
    path: ['column'],
    error: 'a random split looks at no column; leave it out or choose another "type"',
  })
  .refine(({ type, column }) => type !== 'column' || column !== undefined, {
    path: ['column'],
    error: 'must be given: the column whose cells are train, validation or test',
  })
/**
 * Which rows train, validate and test. `stratified` keeps the shares of the classes of a column, or of the tenths of its
 * numbers, in each part; without a column it is the first target.
 */
export type Split = z.infer<typeof splitSchema>

const action = z.enum(['missing', 'drop', 'stop'])
/** What is done with what cannot be read: the cell counts as missing, its row is left out, or nothing is trained. */
export type ReadAction = z.infer<typeof action>

const cellType = z.enum(['number', 'text', 'boolean', 'date'])
export type CellType = z.infer<typeof cellType>

/** How to read a table where detection is not wanted; what is absent is detected. */
export const readSchema = z.strictObject({
  delimiter: z
    .string()
    .length(1)
    .refine((character) => character < '\x80' && !'"\r\n\0'.includes(character), {
      error: 'one ASCII character that can separate cells, such as , ; | or a tab',
    })
    .optional(),
  /** What a cell stands in that holds a separator or a line break. */
  quote: z.enum(['"', "'"]).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** Between groups of three digits; '' for none. No-break and narrow spaces count as the space. */
  thousands: z.enum(['', ',', '.', ' ', "'", '_']).optional(),
  /** A label that TextDecoder knows, or UTF-32. */
  encoding: z.string().min(1).max(100).optional(),
  header: z.boolean().optional(),
  /** Lines before the header, or before the rows where there is none. */
  skipLines: z.number().int().nonnegative().optional(),
  /** Cells that mean missing, trimmed; an empty one always does. */
  missing: z.array(z.string()).optional(),
  /** Lines that begin with it are left out; '' for none. */
  comment: z.string().max(10).optional(),
  /** Whether a line of units follows the names. */
  units: z.boolean().optional(),
  /** Of a workbook. */
  sheet: z.string().optional(),
  dates: dateOrderSchema.optional(),
  /** Types of columns, by their names. */
  types: z.record(z.string(), cellType).optional(),
  /** Cells that are not of their column's type: the first rule that fits one; `stop` where none does. */
  bad: z.array(z.strictObject({ column: z.string().optional(), text: z.string().optional(), action })).optional(),
  /** Lines with too few or too many cells. Extra cells that are empty are no fault. */
  ragged: z
    .strictObject({ short: action.default('missing'), long: z.enum(['drop', 'stop']).default('stop') })
    .optional(),
})
export type ReadOptions = z.infer<typeof readSchema>

/** How a column becomes numbers. What is absent has the value that is named first. */
const columnUseSchema = z.strictObject({
  /** What the column is used as; by default what its cells are, and a category where they are text. */
  as: z.enum(['number', 'category', 'boolean', 'date']).optional(),
  /**
   * Rows without a value: refused, left out, filled with the mean of the training rows, or, of a category, a value of its
   * own.
   */
  missing: z.enum(['stop', 'drop', 'mean', 'value']).optional(),
  transform: transformSchema.optional(),
  /** At prediction a value that training did not have: the row has no prediction, or is 0 in every input of the column. */
  unseen: z.enum(['stop', 'zero']).optional(),
  /** A category's values in the order of their inputs; by default numbers by their size, then words by the alphabet. */
  values: z.array(z.string()).min(1).optional(),
  /** Whether upper and lower case of a category mean the same. */
  fold: z.boolean().optional(),
  /** The parts of a date that are inputs; by default it is the seconds since the first training row. */
  date: z.strictObject({ parts: z.array(datePartSchema).min(1) }).optional(),
})
export type ColumnUse = z.infer<typeof columnUseSchema>

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
    columns: z.record(z.string(), columnUseSchema).optional(),
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

export const lossSchema = z.enum(['mse', 'mae', 'huber', 'cross_entropy'])
/**
 * How outputs are compared with targets: the mean of squared errors, of absolute errors, or of Huber's (squared up to 1,
 * then straight), over all rows and outputs; or the mean over rows of the cross-entropy of softmax over a row's outputs
 * with the row's targets, a probability each (docs/numerics.md).
 */
export type Loss = z.infer<typeof lossSchema>

const adamSchema = z.strictObject({ type: z.literal('adam'), learningRate: z.number().positive().default(0.001) })

/** L-BFGS with a strong Wolfe line search; a step is one of PyTorch's. */
const lbfgsSchema = z.strictObject({
  type: z.literal('lbfgs'),
  /** The first length that a line search tries, once there is a history. */
  learningRate: z.number().positive().default(1),
  /** Updates that the curvature is estimated from. */
  history: positive.default(10),
  /** Iterations of a step; it evaluates the loss at most 5/4 times as often. */
  maxIterations: positive.default(20),
})

/** What moves the parameters. */
export const optimizerSchema = z.discriminatedUnion('type', [adamSchema, lbfgsSchema])

const weight = z.number().nonnegative()

/** better_kan's: λ · Σ layers (l1·L1 + entropy·S), docs/numerics.md. */
const betterKanSchema = z.strictObject({
  type: z.literal('better_kan'),
  lambda: weight,
  l1: weight.default(1),
  entropy: weight.default(1),
})

/** pykan's: λ · (l1·Σ sizes + entropy·entropies + coef·weights + coefDiff·differences), docs/numerics.md. */
const pykanSchema = z.strictObject({
  type: z.literal('pykan'),
  /** What the size of an edge is. */
  metric: z
    .enum(['edge_forward_spline_n', 'edge_forward_spline_u', 'edge_forward_sum', 'edge_backward'])
    .default('edge_forward_spline_n'),
  lambda: weight,
  l1: weight.default(1),
  entropy: weight.default(2),
  /** Of the mean size of the weights. */
  coef: weight.default(0),
  /** Of the mean size of differences between neighbouring weights. */
  coefDiff: weight.default(0),
})

export type BetterKanRegularization = z.infer<typeof betterKanSchema>
export type PykanRegularization = z.infer<typeof pykanSchema>

export const regularizationSchema = z.discriminatedUnion('type', [betterKanSchema, pykanSchema])
/** What is added to the data loss, to keep edges few and small. */
export type Regularization = z.infer<typeof regularizationSchema>

/** Grids that move to where the samples are, during the first steps. */
const gridUpdatesSchema = z.strictObject({
  /** Updates in all, evenly spaced over the first steps. */
  count: positive,
  /** The step before which they are done. */
  until: positive,
})

const factor = z.number().positive().max(1)
const scheduleSchema = z.discriminatedUnion('type', [
  /** Half a cosine from the learning rate at step 0 to `final` at the end of the run. */
  z.strictObject({ type: z.literal('cosine'), final: z.number().nonnegative().default(0) }),
  /** Times `factor` after every `every` steps. */
  z.strictObject({ type: z.literal('step'), every: positive, factor: factor.default(0.1) }),
  /** Times `factor`, but not below `minimum`, whenever what is minimised did not fall for more than `patience` steps. */
  z.strictObject({
    type: z.literal('plateau'),
    patience: z.number().int().nonnegative().default(100),
    factor: factor.default(0.5),
    minimum: z.number().nonnegative().default(0),
  }),
])

/** How the learning rate falls during a run, a step at a time. Steps count from 0. */
export type Schedule = z.infer<typeof scheduleSchema>

const settingsSchema = z.strictObject({
  loss: lossSchema.default('mse'),
  optimizer: optimizerSchema.default({ type: 'adam', learningRate: 0.001 }),
  steps: positive.default(1000),
  /** Rows of a step; null takes all training rows. */
  batchSize: positive.nullable().default(null),
  /** Of the order of the batches. */
  seed,
  regularization: regularizationSchema.nullable().default(null),
  gridUpdates: gridUpdatesSchema.nullable().default(null),
  earlyStopping: z.null().default(null),
  /** Null keeps the learning rate. */
  schedule: scheduleSchema.nullable().default(null),
  /** Largest norm of the whole gradient, which is shortened to it; null leaves it as it is. */
  clipNorm: z.number().positive().nullable().default(null),
})

const clips = ({ optimizer, clipNorm }: Pick<z.infer<typeof settingsSchema>, 'optimizer' | 'clipNorm'>) =>
  optimizer.type === 'adam' || clipNorm === null
const CLIPS = { path: ['clipNorm'], error: 'only Adam takes shortened gradients; use null' }

export const trainingSchema = settingsSchema.refine(clips, CLIPS)
export type TrainingSettings = z.infer<typeof trainingSchema>

export const engineSchema = z.enum(['auto', 'wasm', 'webgpu', 'tensorflow', 'reference'])
export type EngineChoice = z.infer<typeof engineSchema>

/** better_kan's: ten in the first fifty steps. */
const GRID_UPDATES = { count: 10, until: 50 } as const

/**
 * As {@link trainingSchema}; what a job leaves open about its loss and grid updates depends on its network. Numbers that
 * contradict each other are refused in a job; the window, where one is typed after the other, lets them follow each other.
 */
const jobTrainingSchema = settingsSchema
  .extend({ loss: lossSchema.optional(), gridUpdates: gridUpdatesSchema.nullable().optional() })
  .refine(clips, CLIPS)
  .refine(({ gridUpdates }) => gridUpdates == null || gridUpdates.count <= gridUpdates.until, {
    path: ['gridUpdates', 'count'],
    error: 'each of the first steps has one update at most, so that it cannot be more than "until"',
  })
  .refine(({ optimizer, schedule }) => schedule?.type !== 'cosine' || schedule.final <= optimizer.learningRate, {
    path: ['schedule', 'final'],
    error: 'a schedule lets the rate fall, so that it cannot be more than "optimizer.learningRate"',
  })
  .refine(({ optimizer, schedule }) => schedule?.type !== 'plateau' || schedule.minimum <= optimizer.learningRate, {
    path: ['schedule', 'minimum'],
    error: 'a schedule lets the rate fall, so that it cannot be more than "optimizer.learningRate"',
  })

export const jobSchema = z.strictObject({
  /** A path, relative to the job's file, or the design itself. */
  model: z.union([z.string().min(1), specificationSchema]),
  data: dataSchema,
  training: jobTrainingSchema.default(jobTrainingSchema.parse({})),
  engine: engineSchema.default('auto'),
})
/** A job as it is written. */
export type WrittenJob = z.infer<typeof jobSchema>

/** A job with nothing left open. */
export interface Job extends Omit<WrittenJob, 'training'> {
  readonly training: TrainingSettings
}

/**
 * The schedule under another learning rate, which it does not begin below.
 *
 * @returns null where there is none
 */
export function scheduleBelow(schedule: Schedule | null, learningRate: number): Schedule | null {
  switch (schedule?.type) {
    case 'cosine':
      return { ...schedule, final: Math.min(schedule.final, learningRate) }
    case 'plateau':
      return { ...schedule, minimum: Math.min(schedule.minimum, learningRate) }
    default:
      return schedule
  }
}

/** Sentences on settings that are allowed and yet seldom meant, for so many training rows. */
export function trainingWarnings({ batchSize }: Pick<TrainingSettings, 'batchSize'>, rows: number): readonly string[] {
  if (batchSize === null || batchSize <= rows) return []
  const all = rows === 1 ? 'the one training row' : `the ${rows} training rows`
  return [`A batch of ${batchSize} is more than ${all}: each step takes all of them.`]
}

/**
 * Settles what a job leaves open. The loss is the usual one of the network's task. Grids follow the data, as in better_kan,
 * where a network begins from its seed; one that comes with numbers goes on with the curves that it has. L-BFGS, which begins
 * afresh on each new grid and has gone far after fifty of its steps, does better without.
 *
 * @param network.isFresh whether its numbers come from its seed
 * @param network.loss    what it is usually trained with
 */
export function settled(job: WrittenJob, network: { readonly isFresh: boolean; readonly loss: Loss }): Job {
  const isMoved = network.isFresh && job.training.optimizer.type === 'adam'
  const { loss = network.loss, gridUpdates = isMoved ? GRID_UPDATES : null } = job.training
  return { ...job, training: { ...job.training, loss, gridUpdates } }
}
