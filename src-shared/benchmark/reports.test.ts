import { describe, expect, it } from 'vitest'
import { benchCsv, samplesCsv } from './csv'
import { benchHtml } from './html'
import { benchMarkdown } from './markdown'
import { BETTER_KAN, DEFAULT_SHAPE, planSchema } from './plan'
import { readReport } from './read-report'
import { type BenchReport, benchRow, spreadOf } from './results'
import type { RowFacts } from './tasks'
import { milliseconds } from './words'

const ROW: RowFacts = {
  ...{ name: 'spline-wasm+l1', method: 'spline', engine: 'wasm', threads: null, regularized: true },
  ...{ widths: [100, 1000, 1], batchSize: 1000 },
}
const UNTOLD = { forwardBytes: null, backwardBytes: null, deviceBytes: null, parameters: null, trainable: null }

const REPORT: BenchReport = {
  format: 1,
  plan: planSchema.parse({
    methods: [{ type: 'spline', order: 3, intervals: 5 }],
    engines: ['wasm'],
    shapes: [DEFAULT_SHAPE],
    batchSizes: [1000],
    repetitions: 4,
  }),
  network: null,
  command: 'kan-studio bench --reps 4',
  date: '2026-01-02T03:04:05.000Z',
  machine: { processor: 'Fast <b>&</b> Co', cores: 2 },
  versions: { Node: '26.10.0' },
  peakOperations: 1e11,
  rows: [
    benchRow(
      ROW,
      { forward: [1, 2, 3, 10], backward: [2, 2, 2, 2], step: [4, 5, 6, 7] },
      { forwardBytes: 2 ** 29, backwardBytes: 2 ** 30, deviceBytes: null, parameters: 1_011_001, trainable: 1_011_001 },
    ),
  ],
  failures: [],
  warnings: [],
  cancelled: false,
}

describe('a row', () => {
  it('tells mean, median and quartiles, whatever the order', () => {
    expect(spreadOf([10, 3, 1, 2])).toEqual({ mean: 4, median: 2.5, lower: 1.75, upper: 4.75 })
    expect(spreadOf([7])).toEqual({ mean: 7, median: 7, lower: 7, upper: 7 })
  })
})

describe('the reports', () => {
  it("begin, as CSV, with better_kan's columns", () => {
    const [heading, row, end] = benchCsv(REPORT).split('\n')
    expect(heading).toMatch(
      /^method,forward ms,backward ms,forward GB,backward GB,num params,num trainable params,step ms,forward median ms,backward median ms,step median ms(,|$)/,
    )
    expect(row).toMatch(/^spline-wasm\+l1,4,2,0.5,1,1011001,1011001,5.5,2.5,2,5.5,/)
    expect(row?.split(',')).toHaveLength(heading?.split(',').length ?? 0)
    expect(end).toBe('')
  })

  it('are, as Markdown, a table with the machine under it', () => {
    const text = benchMarkdown(REPORT)
    expect(text).toContain('| spline-wasm+l1 |       4.00 |        2.00 |      0.500 |       1.000 |    1011001 |')
    expect(text).toContain('- processor: Fast <b>&</b> Co\n- cores: 2\n- Node: 26.10.0')
    expect(text).toContain(REPORT.command)
  })

  it("are, as Markdown of better_kan's own benchmark, beside its README's figures, and ratios to peers", () => {
    const peer = benchRow(
      { ...ROW, name: 'other | program', method: 'other | program', engine: null, regularized: false },
      { forward: [5], backward: [4], step: [11] },
      UNTOLD,
    )
    const text = benchMarkdown({ ...REPORT, plan: { ...REPORT.plan, title: BETTER_KAN }, rows: [...REPORT.rows, peer] })
    expect(text).toContain("Medians as multiples of other | program's")
    expect(text).toMatch(/\| spline-wasm\+l1 \| +0\.50 \| +0\.50 \| 0\.50 \|/)
    expect(text).toContain('| other \\| program |')
    expect(text).toContain('| splines-better_kan-cpu |     329.53 |      266.63 |        nan |')
    expect(text).toContain('They were not measured here')
    expect(benchMarkdown(REPORT)).not.toContain('better_kan-cpu')
  })

  it('tell the memory of a device where a row has one, and have no column for it in the tables of others', () => {
    const [row] = REPORT.rows
    const device = { ...REPORT, rows: row === undefined ? [] : [row, { ...row, name: 'card', deviceBytes: 2 ** 28 }] }
    const [heading = '', own = '', card = ''] = benchCsv(device).split('\n')
    expect([heading, own, card].map((line) => line.split(',').at(-1))).toEqual(['device GB', '', '0.25'])
    expect(benchMarkdown(device)).toMatch(/\| device GB \|\n[^\n]*\n[^\n]*\| +\|\n[^\n]* 0\.250 \|/)
    expect(benchHtml(device)).toContain('<th scope="col">device GB</th>')
    for (const text of [benchMarkdown(REPORT), benchHtml(REPORT)]) expect(text).not.toContain('device GB')
  })

  it('of the first versions, which tell no memory of a device, can be read', () => {
    const old = JSON.parse(JSON.stringify(REPORT))
    for (const row of old.rows) delete row.deviceBytes
    expect(readReport(JSON.stringify(old), 'old.json')).toEqual(REPORT)
  })

  it('quote, as CSV, what holds a comma, and leave empty what a peer does not tell', () => {
    const samples = { forward: [5], backward: [4], step: [11, 12] }
    const peer = benchRow({ ...ROW, name: 'a, "b"', engine: null }, samples, UNTOLD)
    expect(benchCsv({ rows: [peer] }).split('\n')[1]).toMatch(/^"a, ""b""",5,4,,,,,11\.5,5,4,11\.5,/)
    expect(
      samplesCsv({ rows: [peer] })
        .split('\n')
        .slice(1),
    ).toEqual(['"a, ""b""",1000,100×1000×1,1,5,4,11', '"a, ""b""",1000,100×1000×1,2,,,12', ''])
  })

  it('can be read again from JSON, and nothing else can', () => {
    expect(readReport(JSON.stringify(REPORT), 'a.json')).toEqual(REPORT)
    expect(() => readReport('{"rows": []}', 'b.json')).toThrow('b.json is no report of a benchmark')
    expect(() => readReport('method,forward ms', 'c.csv')).toThrow('c.csv is no report of a benchmark')
  })

  it('are, as a page, whole: nothing is loaded, nothing runs, and names are no markup', () => {
    const page = benchHtml(REPORT)
    expect(page).toContain('Fast &lt;b&gt;&amp;&lt;/b&gt; Co')
    expect(page).not.toMatch(/<script|src=|href=|url\(/)
    expect(page).toContain('2.50 (1.75 – 4.75)')
  })
})

describe('milliseconds', () => {
  it('have three significant digits, but never more than four decimals', () => {
    expect([0.00512, 0.0512, 1.2345, 12.345, 123.45, 1234.5, -3.456].map(milliseconds)).toEqual([
      '0.0051',
      '0.0512',
      '1.23',
      '12.3',
      '123',
      '1235',
      '-3.46',
    ])
  })
})
