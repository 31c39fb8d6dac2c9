import { expect, it } from 'vitest'
import type { Results } from '../contract/results'
import { newModel } from '../kan/file/file'
import { specificationSchema } from '../kan/specification'
import { trainingHtml } from './html'

const specification = (inputs: number) =>
  specificationSchema.parse({
    ...{ format: 1, name: 'a <b> & c' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i} <i>` })),
    outputs: [{ name: 'f' }],
    layers: [
      { nodes: 3, basis: { type: 'rbf', centers: 4 } },
      { nodes: 1, basis: { type: 'chebyshev', degree: 2 }, pruned: [[0, 0]] },
    ],
  })

const results: Results = {
  ...{ step: 2, revision: 0, whole: true, inputs: [], outputs: ['f'], output: 0, milliseconds: 1 },
  splits: [
    {
      ...{ name: 'train', rows: 2, worst: [] },
      measures: { type: 'regression', outputs: [{ rows: 2, lost: 1, r2: 0.75, rmse: 0.5, mae: 0.4 }] },
      points: { rows: Uint32Array.of(0, 1), truth: Float64Array.of(1, 2), predicted: Float64Array.of(1.1, Number.NaN) },
    },
  ],
}

const page = (inputs: number, more: object = {}) =>
  trainingHtml({
    specification: specification(inputs),
    parameters: newModel(specification(inputs), 'it').parameters,
    ...{ step: 2, settings: { training: { steps: 2 } }, problem: null, date: '2026-01-01T00:00:00.000Z', version: '1' },
    points: Float64Array.of(0, 1, 1, Number.NaN, 0, 0, 1, 0.5, 0.4, 0.6, 0, 1),
    scores: { train: { loss: 0.25, rmse: 0.5 }, validation: null, test: null },
    results: [results],
    ...more,
  })

it('has the network without its pruned edges, scores, losses and predictions; names are no markup', () => {
  const text = page(2)
  expect(text.match(/class="edge"/g)).toHaveLength(2 * 3 + 3 - 1)
  expect(text.match(/class="node"/g)).toHaveLength(2 + 3 + 1)
  expect(text).toContain('<td>0.25</td><td>RMSE 0.5</td><td>0.75</td>')
  expect(text).toContain('a &lt;b&gt; &amp; c')
  expect(text.match(/<circle cx="[^"]+" cy="[^"]+" r="2"\/>/g)).toHaveLength(1)
  expect(text).not.toMatch(/<script|src=|href=|url\(|NaN|Infinity|<i>/)
})

it('draws the first nodes of a wide network and says how many there are', () => {
  const text = page(100)
  expect(text.match(/class="node"/g)).toHaveLength(16 + 3 + 1)
  expect(text).toContain('the first 16 of 100')
})

it('tells what is known where nothing was recorded or scored', () => {
  const nothing = {
    points: new Float64Array(0),
    scores: null,
    results: [],
    problem: 'The data are gone.',
    settings: null,
  }
  const text = page(2, nothing)
  expect(text).toContain('The data are gone.')
  expect(text).toContain('does not say how it was trained')
  expect(text).not.toContain('Losses over the steps')
})
