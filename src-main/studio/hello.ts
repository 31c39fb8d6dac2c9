/** The first document: a small network and data that it learns within seconds. */
import { type DataChoice, dataSchema, type TrainingSettings, trainingSchema } from '../../src-shared/contract/job'
import { newModel } from '../../src-shared/kan/file/file'
import type { Model } from '../../src-shared/kan/parameters'
import { specificationSchema } from '../../src-shared/kan/specification'

/** Settings of a document that brings none. */
export const FIRST_TRAINING: TrainingSettings = trainingSchema.parse({
  optimizer: { type: 'adam', learningRate: 0.002 },
  steps: 10_000,
  regularization: { type: 'better_kan', lambda: 1e-4 },
})

/** f(x, y) = exp(sin πx + y²), 1000 samples of which a fifth validates. */
export const HELLO_DATA: DataChoice = dataSchema.parse({
  generator: 'hello',
  samples: 1000,
  split: { validation: 0.2 },
})

/** [2, 5, 1] of cubic splines on five intervals. */
export function helloModel(): Model {
  const layer = (nodes: number) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 } })
  const design = {
    format: 1,
    name: 'hello',
    initialization: 'scaled',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'f' }],
    layers: [layer(5), layer(1)],
  }
  return newModel(specificationSchema.parse(design), 'hello')
}
