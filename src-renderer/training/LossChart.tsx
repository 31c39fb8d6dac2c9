/** The loss over the steps, live: train, validation and regularisation. uPlot draws; React only mounts it. */
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import type { BestStep } from '../../src-shared/contract/telemetry'
import { live, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { formatCount, formatValue } from '../ui/format'
import { OverfittingNote, usePassedBest } from './BestNote'
import { bestMark } from './best-mark'
import { type Band, endLabels } from './end-labels'
import { smoothed, toSeries } from './series'
import { axisEnd, decades, formatTick } from './ticks'
import 'uplot/dist/uPlot.min.css'
import './loss.css'

/** Room right of the plot for the names of its lines, px. */
const LABEL_ROOM = 164

export function LossChart() {
  const host = useRef<HTMLDivElement>(null)
  const theme = useUi((state) => state.theme)
  const logScale = useUi((state) => state.logScale)
  const smooth = useUi((state) => state.smooth)
  const steps = useStudio((state) => state.progress.steps ?? state.document?.training.steps ?? 0)
  const empty = useStudio((state) => state.progress.state.type === 'idle' && Number.isNaN(state.progress.loss))
  const best = usePassedBest()
  const drawn = useRef<uPlot | null>(null)
  const until = useRef(steps)
  until.current = steps
  const marked = useRef(best)
  marked.current = best
  useEffect(() => drawn.current?.redraw(false), [best?.step])

  // A theme's colours are read from the page when the chart is made: another theme makes another chart.
  useEffect(() => {
    const element = host.current
    if (!element) return
    const series = () => {
      const raw = toSeries(live.points, logScale)
      return smooth ? smoothed(raw, logScale) : raw
    }
    const chart = makeChart(element, {
      logScale,
      data: series(),
      until: () => until.current,
      best: () => marked.current,
    })
    drawn.current = chart
    const observer = new ResizeObserver(() => chart.setSize(sizeOf(element)))
    observer.observe(element)

    let version = live.pointsVersion
    let frame = 0
    const draw = () => {
      frame = 0
      if (version === live.pointsVersion) return
      version = live.pointsVersion
      setData(chart, series())
    }
    const leave = live.subscribe(() => {
      frame ||= requestAnimationFrame(draw)
    })
    return () => {
      leave()
      cancelAnimationFrame(frame)
      observer.disconnect()
      drawn.current = null
      chart.destroy()
    }
  }, [theme, logScale, smooth])

  return (
    <div className="loss">
      <OverfittingNote />
      <div className="loss-area">
        <div ref={host} className="loss-chart" role="img" aria-label={ariaLabel(best)} />
      </div>
      {empty ? <div className="loss-empty">Press Train, or Space: the loss will be drawn here.</div> : null}
    </div>
  )
}

const ariaLabel = (best: BestStep | null) =>
  best === null
    ? 'Loss over the steps'
    : `Loss over the steps, the validation rows at their best at step ${formatCount(best.step)}`

const sizeOf = (element: HTMLElement) => ({ width: element.clientWidth, height: element.clientHeight })

/** New points do not take a person out of the part that they zoomed to. */
function setData(chart: uPlot, data: uPlot.AlignedData): void {
  const { min, max } = chart.scales.x ?? {}
  const before = chart.data[0].at(-1) ?? 0
  const whole = min === undefined || max === undefined || (min <= 0 && max >= before)
  chart.setData(data, whole)
  if (!whole) chart.setScale('x', { min, max })
}

interface ChartOptions {
  readonly logScale: boolean
  readonly data: uPlot.AlignedData
  /** The step at which the run ends: the axis shows the whole way. */
  readonly until: () => number
  /** The step to mark, where the run has passed it. */
  readonly best: () => BestStep | null
}

function makeChart(element: HTMLElement, { logScale, data, until, best }: ChartOptions): uPlot {
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    stroke: token('--ink-3'),
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${token('--mono')}`,
  }
  const lines: readonly Band[] = [
    { label: 'train', color: token('--train') },
    { label: 'validation', color: token('--valid') },
    { label: 'regularization', color: token('--ink-3'), dash: [4, 4] },
  ]
  return new uPlot(
    {
      ...sizeOf(element),
      padding: [12, LABEL_ROOM, 0, 4],
      legend: { live: true },
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: (_chart, _first, last) => [0, axisEnd(last ?? 0, until())] },
        y: { distr: logScale ? 3 : 1 },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 26,
          values: (_chart, splits) => splits.map((step) => formatCount(step)),
        },
        {
          ...axis,
          size: 54,
          ...(logScale
            ? {
                splits: (_chart: uPlot, _axis: number, min: number, max: number) => decades(min, max),
                // uPlot's own would leave out what `decades` chose.
                filter: (_chart: uPlot, splits: number[]) => splits,
              }
            : {}),
          values: (_chart, splits) => splits.map(formatTick),
        },
      ],
      series: [
        { label: 'step', value: (_chart, step) => (step === null ? '–' : formatCount(step)) },
        ...lines.map(({ label, color, dash }) => ({
          label,
          stroke: color,
          width: 1.8,
          // One point alone is no line: the loss of a network that was opened without its run.
          points: { show: (chart: uPlot) => chart.data[0].length === 1, size: 7 },
          spanGaps: true,
          ...(dash ? { dash: [...dash] } : {}),
          value: (_chart: uPlot, value: number | null) => formatValue(value),
        })),
      ],
      hooks: {
        draw: [
          (chart) => bestMark(chart, best(), { color: token('--valid'), font: `11px ${token('--font')}` }),
          (chart) => endLabels(chart, lines, `600 11px ${token('--font')}`),
        ],
      },
    },
    data,
    element,
  )
}
