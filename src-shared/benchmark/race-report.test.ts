import { expect, it } from 'vitest'
import { type RaceReport, raceSchema } from './race'
import { readReport } from './read-report'
import { benchmarkOnly, reportText } from './report'

const REPORT: RaceReport = {
  format: 1,
  title: 'Race on a<b>.csv',
  race: raceSchema.parse({ seconds: 10, methods: [{ type: 'open' }], engines: ['wasm'] }),
  network: '[2, 3, 1]',
  data: 'a<b>.csv',
  scored: { rows: 'test', loss: 'mse' },
  date: '2026-01-02T03:04:05.000Z',
  machine: { processor: 'Fast', cores: 2 },
  versions: { commit: '0123456789ab' },
  lines: [
    {
      name: 'spline-wasm',
      points: [
        [0, 1.5],
        [5, 0.25],
        [10, 0.3],
      ],
      steps: 12_345,
      problem: null,
    },
    { name: 'rbf-wasm', points: [[0, 0]], steps: 1, problem: 'The loss of step 2 was not finite.' },
  ],
  cancelled: true,
}

it('is, as CSV, a line a point', () => {
  expect(reportText(REPORT, 'csv')).toBe(
    'method,seconds,test mse\nspline-wasm,0,1.5\nspline-wasm,5,0.25\nspline-wasm,10,0.3\nrbf-wasm,0,0\n',
  )
})

it('tells where each came to, who failed, whose loss it is and where it ran', () => {
  const text = reportText(REPORT, 'markdown')
  expect(text).toMatch(/\| spline-wasm \| +0\.300 \| +0\.250 \| +10\.0 \| 12345 \|/)
  expect(text).toContain('> rbf-wasm: The loss of step 2 was not finite.')
  expect(text).toContain('> It was cancelled')
  expect(text).toContain('no candidate was trained on')
  expect(text).toContain('- commit: 0123456789ab')
  const validation = { ...REPORT, scored: { rows: 'validation', loss: 'mse' } } as const
  expect(reportText(validation, 'markdown')).toContain('because the data have no test rows')
})

it('is, as a page, whole: nothing is loaded, and names are no markup', () => {
  const page = reportText(REPORT, 'html')
  expect(page).toContain('Race on a&lt;b&gt;.csv')
  expect(page).toContain('<svg')
  expect(page).not.toMatch(/<script|src=|href=|url\(|NaN/)
})

it('is drawn without losses of 0, which a logarithmic axis does not have, and not at all where nothing is left', () => {
  const svg = reportText(REPORT, 'svg')
  expect(svg).toContain('spline-wasm')
  expect(svg).not.toMatch(/NaN|Infinity|rbf/)
  expect(reportText({ ...REPORT, lines: REPORT.lines.slice(1) }, 'svg')).toBeNull()
  expect(reportText({ ...REPORT, lines: REPORT.lines.slice(1) }, 'html')).not.toContain('<svg')
})

it('is read again from JSON, has neither samples nor scaling, and is set beside no benchmark', () => {
  expect(readReport(reportText(REPORT, 'json') ?? '', 'a.json')).toEqual(REPORT)
  expect([reportText(REPORT, 'samples'), reportText(REPORT, 'scaling')]).toEqual([null, null])
  expect(() => benchmarkOnly(REPORT)).toThrow('Race on a<b>.csv is a race')
})
