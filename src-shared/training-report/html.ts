/** A training as a page that stands by itself: settings, curves, the network, scores, predictions. */
import { escaped } from '../benchmark/escaped'
import { page, scrolled, section } from '../benchmark/page'
import type { Metrics } from '../contract/compute'
import type { Results } from '../contract/results'
import { basisName } from '../kan/names'
import { parameterCount } from '../kan/parameters'
import { inputsOf, type Specification } from '../kan/specification'
import type { CurveParameters } from '../numerics/curve'
import { lossSvg, scatterSvg } from './curves-svg'
import { networkSvg } from './network-svg'

export interface TrainingReport {
  readonly specification: Specification
  readonly parameters: readonly CurveParameters[]
  readonly step: number
  /** What it was trained with, as it stands in a job; null where that is not known. */
  readonly settings: Readonly<Record<string, unknown>> | null
  /** The recorded losses, POINT_SIZE values a point. */
  readonly points: Float64Array
  readonly scores: Readonly<Record<'train' | 'validation' | 'test', Metrics | null>> | null
  /** Of each output that is shown. */
  readonly results: readonly Results[]
  /** Why scores and predictions are missing, in a sentence. */
  readonly problem: string | null
  /** When it was written, ISO 8601. */
  readonly date: string
  readonly version: string
}

export function trainingHtml(report: TrainingReport): string {
  const { specification, step } = report
  const widths = [specification.inputs.length, ...specification.layers.map(({ nodes }) => nodes)]
  const losses = lossSvg(report.points)
  const count = (value: number) => value.toLocaleString('en-US')
  const trained = step === 0 ? 'not trained yet' : `trained for ${count(step)} step${step === 1 ? '' : 's'}`
  return page(`${specification.name} – KAN Studio training`, [
    `<header>
<p class="product">KAN Studio training</p>
<h1>${escaped(specification.name)}</h1>
<p class="subject">[${widths.join(', ')}], ${count(parameterCount(specification))} parameters, ${trained}</p>
</header>`,
    section(
      'network',
      'Network',
      `<figure>${networkSvg(specification, report.parameters)}</figure>
<p class="hint">An edge is the wider the more its curve varies over its grid. Tiles show curves, the strongest first, each on a scale of its own.</p>`,
    ),
    section('scores', 'Scores', scores(report)),
    ...(losses === null ? [] : [section('losses', 'Losses', `<figure>${losses}</figure>`)]),
    ...report.results.flatMap((results) => {
      const picture = results.splits.some(({ measures }) => measures.type === 'regression')
        ? scatterSvg(results.splits.map(({ name, points }) => ({ name, ...points })))
        : null
      const name = results.outputs[results.output] ?? 'output'
      return picture === null
        ? []
        : [section(`output-${results.output}`, `Predictions of ${name}`, `<figure>${picture}</figure>`)]
    }),
    section('settings', 'Settings', settings(report)),
  ])
}

function scores({ scores, results, problem }: TrainingReport): string {
  if (scores === null) return `<p>${escaped(problem ?? 'There are no data to score it on.')}</p>`
  const figure = (value: number | null) => (value === null ? '–' : String(Number(value.toPrecision(5))))
  const lines = (['train', 'validation', 'test'] as const).flatMap((name) => {
    const metrics = scores[name]
    if (metrics === null) return []
    const quality =
      'rmse' in metrics ? `RMSE ${figure(metrics.rmse)}` : `${(100 * metrics.accuracy).toFixed(1)} % right`
    const measures = results[0]?.splits.find((split) => split.name === name)?.measures
    const r2 = measures?.type === 'regression' ? figure(measures.outputs[results[0]?.output ?? 0]?.r2 ?? null) : '–'
    return [`<tr><th scope="row">${name}</th><td>${figure(metrics.loss)}</td><td>${quality}</td><td>${r2}</td></tr>`]
  })
  return scrolled(
    'scores',
    `<table>
<thead><tr><th scope="col">rows</th><th scope="col">loss</th><th scope="col">error</th><th scope="col">R² of the first output</th></tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`,
  )
}

function settings({ specification, settings, date, version }: TrainingReport): string {
  const layers = specification.layers.map(({ nodes, basis, base, bias }, l) => {
    const { type: _, ...numbers } = basis
    const shape = Object.entries(numbers).map(([name, value]) => `${name} ${value}`)
    return [
      `layer ${l + 1}`,
      `${inputsOf(specification, l)} → ${nodes}, ${basisName(basis)}, ${shape.join(', ')}, base ${base}, ${bias ? 'bias' : 'no bias'}`,
    ] as const
  })
  const facts = [...layers, ['seed', String(specification.seed)], ['written', date], ['KAN Studio', version]] as const
  return `<dl>
${facts.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('\n')}
</dl>
${settings === null ? '<p class="hint">The file does not say how it was trained.</p>' : `<pre><code>${escaped(JSON.stringify(settings, null, 2))}</code></pre>`}`
}
