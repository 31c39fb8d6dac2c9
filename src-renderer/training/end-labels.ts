/** The name and last value of each line, where it ends: nobody has to look them up in a legend. */
import type uPlot from 'uplot'
import { formatValue } from '../ui/format'

/** A line of the chart, in its series' order. */
export interface Band {
  readonly label: string
  readonly color: string
  readonly dash?: readonly number[]
}

const LINE_HEIGHT = 14
const GAP = 8

/** Draws the labels right of the lines' ends, none over another. */
export function endLabels(chart: uPlot, lines: readonly Band[], font: string): void {
  const ratio = devicePixelRatio
  const labels = lines
    .flatMap(({ label, color }, l) => {
      const values = chart.data[l + 1] ?? []
      let at = values.length - 1
      while (at >= 0 && values[at] == null) at--
      const value = values[at]
      const step = chart.data[0][at]
      if (value === null || value === undefined || step === undefined) return []
      const x = Math.min(chart.valToPos(step, 'x'), chart.over.clientWidth)
      return x < 0 ? [] : [{ text: `${label} ${formatValue(value)}`, color, x, y: chart.valToPos(value, 'y') }]
    })
    .sort((a, b) => a.y - b.y)
  const ys = apart(
    labels.map(({ y }) => y),
    chart.over.clientHeight,
  )
  const { ctx, bbox } = chart
  ctx.save()
  ctx.font = font.replace('11px', `${11 * ratio}px`)
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  labels.forEach(({ text, color, x }, l) => {
    ctx.fillStyle = color
    ctx.fillText(text, bbox.left + (x + GAP) * ratio, bbox.top + (ys[l] ?? 0) * ratio)
  })
  ctx.restore()
}

/** Heights in order, moved so that two are a line apart and none leaves the plot at its lower end. */
export function apart(heights: readonly number[], height: number): number[] {
  const placed: number[] = []
  for (const y of heights) placed.push(Math.max(y, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + LINE_HEIGHT))
  for (let l = placed.length - 1, limit = height; l >= 0; l--, limit -= LINE_HEIGHT)
    placed[l] = Math.min(placed[l] ?? 0, limit)
  return placed
}
