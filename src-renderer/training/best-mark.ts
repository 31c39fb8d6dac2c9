/** Where in the chart the validation rows did best: a line down to the axis, a ring on the curve, and what it is called. */
import type uPlot from 'uplot'
import type { BestStep } from '../../src-shared/contract/telemetry'
import { formatCount } from '../ui/format'

export function bestMark(chart: uPlot, best: BestStep | null, { color, font }: { color: string; font: string }): void {
  if (best === null) return
  const x = chart.valToPos(best.step, 'x', true)
  const y = chart.valToPos(best.validation, 'y', true)
  const { ctx, bbox } = chart
  const isSeen = x >= bbox.left && x <= bbox.left + bbox.width && y >= bbox.top && y <= bbox.top + bbox.height
  if (!isSeen) return
  const ratio = devicePixelRatio
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = color
  ctx.lineWidth = ratio
  ctx.setLineDash([2 * ratio, 3 * ratio])
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.lineWidth = 1.8 * ratio
  ctx.beginPath()
  ctx.arc(x, y, 4 * ratio, 0, 2 * Math.PI)
  ctx.stroke()
  ctx.font = font.replace('11px', `${11 * ratio}px`)
  ctx.textBaseline = 'bottom'
  const isLate = x > bbox.left + bbox.width / 2
  ctx.textAlign = isLate ? 'right' : 'left'
  ctx.fillText(
    `best, step ${formatCount(best.step)}`,
    x + (isLate ? -5 : 5) * ratio,
    bbox.top + bbox.height - 3 * ratio,
  )
  ctx.restore()
}
