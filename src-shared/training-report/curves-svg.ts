/** Losses over the steps, and predictions beside the truth, as charts of a report. */
import { line, scaleLinear, scaleLog } from 'd3'
import { POINT_COLUMNS, POINT_SIZE } from '../contract/telemetry'

const WIDTH = 960
const [LEFT, RIGHT, TOP, HEIGHT] = [70, 150, 16, 320] as const
const CURVES = [
  ['loss', 'minimised'],
  ['train_loss', 'training rows'],
  ['validation_loss', 'validation rows'],
] as const satisfies readonly (readonly [(typeof POINT_COLUMNS)[number], string])[]

/** @param points POINT_SIZE values each; null where none was recorded */
export function lossSvg(points: Float64Array): string | null {
  const curves = CURVES.map(([column, name]) => {
    const at = POINT_COLUMNS.indexOf(column)
    const found: [number, number][] = []
    for (let p = 0; p + POINT_SIZE <= points.length; p += POINT_SIZE) {
      const [step, value] = [points[p] ?? Number.NaN, points[p + at] ?? Number.NaN]
      if (value > 0 && Number.isFinite(value)) found.push([step, value])
    }
    return { name, found }
  }).filter(({ found }) => found.length > 1)
  if (curves.length === 0) return null
  const all = curves.flatMap(({ found }) => found)
  const x = scaleLinear()
    .domain([0, all.reduce((most, [step]) => Math.max(most, step), 1)])
    .range([LEFT, WIDTH - RIGHT])
  const values = all.map(([, value]) => value)
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  const y = scaleLog()
    .domain([least, most])
    .range([TOP + HEIGHT, TOP])
    .nice()
  const path = line<[number, number]>(
    ([step]) => Number(x(step).toFixed(1)),
    ([, value]) => Number(y(value).toFixed(1)),
  )
  return svg('Losses over the steps, on a logarithmic scale', [
    ...x
      .ticks(8)
      .map(
        (tick) =>
          `<text class="tick" x="${x(tick)}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${tick.toLocaleString('en-US')}</text>`,
      ),
    ...y
      .ticks(5)
      .filter((tick) => (most < 50 * least ? /^[125]e/ : /^1e/).test(tick.toExponential()))
      .map(
        (tick) =>
          `<path class="grid" d="M${LEFT} ${y(tick).toFixed(1)}H${WIDTH - RIGHT}"/><text class="tick" x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`,
      ),
    ...curves.map(
      ({ name, found }, c) =>
        `<path class="line c${c}" d="${path(found) ?? ''}"/><rect class="c${c}" x="${WIDTH - RIGHT + 18}" y="${TOP + 10 + 20 * c}" width="10" height="3"/><text x="${WIDTH - RIGHT + 34}" y="${TOP + 15 + 20 * c}">${name}</text>`,
    ),
    `<text class="tick" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${TOP + HEIGHT + 34}" text-anchor="middle">step</text>`,
  ])
}

interface Pairs {
  readonly name: string
  readonly truth: Float64Array
  readonly predicted: Float64Array
}

/** Dots on the diagonal are right. Null where there is no pair. */
export function scatterSvg(splits: readonly Pairs[]): string | null {
  const pairs = splits.map(({ name, truth, predicted }) => ({
    name,
    dots: [...truth].flatMap((value, k): [number, number][] => {
      const guess = predicted[k] ?? Number.NaN
      return Number.isFinite(value) && Number.isFinite(guess) ? [[value, guess]] : []
    }),
  }))
  const values = pairs.flatMap(({ dots }) => dots.flat())
  if (values.length === 0) return null
  const domain = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  const side = HEIGHT + 40
  const x = scaleLinear()
    .domain(domain)
    .nice()
    .range([LEFT, LEFT + side])
  const y = x.copy().range([TOP + HEIGHT, TOP])
  const [from = 0, to = 1] = x.domain()
  return svg('Predicted over true values', [
    `<path class="grid" d="M${x(from)} ${y(from)}L${x(to)} ${y(to)}"/>`,
    ...x
      .ticks(6)
      .map(
        (tick) =>
          `<text class="tick" x="${x(tick).toFixed(1)}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${Number(tick.toPrecision(6))}</text>`,
      ),
    ...y
      .ticks(6)
      .map(
        (tick) =>
          `<path class="grid" d="M${LEFT} ${y(tick).toFixed(1)}H${LEFT + side}"/><text class="tick" x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${Number(tick.toPrecision(6))}</text>`,
      ),
    ...pairs.map(
      ({ name, dots }, c) =>
        `<g class="dots c${c}">${dots.map(([truth, guess]) => `<circle cx="${x(truth).toFixed(1)}" cy="${y(guess).toFixed(1)}" r="2"/>`).join('')}</g>` +
        `<rect class="c${c}" x="${LEFT + side + 24}" y="${TOP + 7 + 20 * c}" width="8" height="8"/><text x="${LEFT + side + 40}" y="${TOP + 15 + 20 * c}">${name} rows</text>`,
    ),
    `<text class="tick" x="${LEFT + side / 2}" y="${TOP + HEIGHT + 34}" text-anchor="middle">true values; upwards what is predicted</text>`,
  ])
}

function svg(title: string, parts: readonly string[]): string {
  const height = TOP + HEIGHT + 44
  return `<svg xmlns="http://www.w3.org/2000/svg" class="kan-curves" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`
}

const STYLE = `
.kan-curves { font: 12px system-ui, -apple-system, "Segoe UI", Arial, sans-serif; --ink: #14181f; --ink-3: #5f697a; --line: #e1e5ea; --c0: #8a95a6; --c1: #3457d5; --c2: #b8560f; font-variant-numeric: tabular-nums; }
.kan-curves text { fill: var(--ink); } .kan-curves .tick { fill: var(--ink-3); font-size: 11px; }
.kan-curves .grid { stroke: var(--line); }
.kan-curves .line { fill: none; stroke-width: 1.5; }
.kan-curves .line.c0 { stroke: var(--c0); } .kan-curves .line.c1 { stroke: var(--c1); } .kan-curves .line.c2 { stroke: var(--c2); }
.kan-curves rect.c0, .kan-curves .dots.c0 { fill: var(--c0); } .kan-curves rect.c1, .kan-curves .dots.c1 { fill: var(--c1); } .kan-curves rect.c2, .kan-curves .dots.c2 { fill: var(--c2); }
.kan-curves .dots { opacity: 0.7; }
@media (prefers-color-scheme: dark) { .kan-curves { --ink: #edf0f5; --ink-3: #98a3b4; --line: #2a313c; --c0: #7b8798; --c1: #7d9bff; --c2: #f0a060; } }
`
