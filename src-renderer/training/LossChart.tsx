/** The loss over the steps, live: train, validation and regularisation. uPlot draws; React only mounts it. */
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { live, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { formatCount, formatValue } from '../ui/format'
import { toSeries } from './series'
import 'uplot/dist/uPlot.min.css'
import './loss.css'

export function LossChart() {
  const host = useRef<HTMLDivElement>(null)
  const theme = useUi((state) => state.theme)
  const logScale = useUi((state) => state.logScale)
  const empty = useStudio((state) => state.progress.state.type === 'idle' && Number.isNaN(state.progress.loss))

  // A theme's colours are read from the page when the chart is made: another theme makes another chart.
  useEffect(() => {
    const element = host.current
    if (!element) return
    const chart = makeChart(element, logScale)
    const observer = new ResizeObserver(() => chart.setSize(sizeOf(element)))
    observer.observe(element)

    let drawn = -1
    let frame = 0
    const draw = () => {
      frame = 0
      if (drawn === live.pointsVersion) return
      drawn = live.pointsVersion
      chart.setData(toSeries(live.points, logScale))
    }
    const leave = live.subscribe(() => {
      frame ||= requestAnimationFrame(draw)
    })
    draw()
    return () => {
      leave()
      cancelAnimationFrame(frame)
      observer.disconnect()
      chart.destroy()
    }
  }, [theme, logScale])

  return (
    <div className="loss">
      <div ref={host} className="loss-chart" role="img" aria-label="Loss over the steps" />
      {empty ? <div className="loss-empty">Press Train, or Space: the loss will be drawn here.</div> : null}
    </div>
  )
}

const sizeOf = (element: HTMLElement) => ({ width: element.clientWidth, height: element.clientHeight })

function makeChart(element: HTMLElement, logScale: boolean): uPlot {
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    stroke: token('--ink-3'),
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${token('--mono')}`,
  }
  const line = (label: string, color: string, dash?: number[]): uPlot.Series => ({
    label,
    stroke: color,
    width: 1.8,
    points: { show: false },
    spanGaps: true,
    ...(dash ? { dash } : {}),
    value: (_chart, value) => formatValue(value),
  })
  return new uPlot(
    {
      ...sizeOf(element),
      padding: [12, 16, 0, 4],
      legend: { live: true },
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: { x: { time: false }, y: { distr: logScale ? 3 : 1 } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 26,
          values: (_chart, splits) => splits.map((step) => formatCount(step)),
        },
        {
          ...axis,
          size: 62,
          values: (_chart, splits) => splits.map((value) => (value === null ? '' : formatValue(value))),
        },
      ],
      series: [
        { label: 'step', value: (_chart, step) => (step === null ? '–' : formatCount(step)) },
        line('train', token('--train')),
        line('validation', token('--valid')),
        line('λ · regularization', token('--ink-3'), [4, 4]),
      ],
    },
    toSeries(live.points, logScale),
    element,
  )
}
