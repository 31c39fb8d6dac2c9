/** The numbers below a plot's x axis; those at its ends stay within it. */
import { formatTick } from '../../training/ticks'
import './curve.css'

interface XTicksProps {
  readonly ticks: readonly number[]
  /** Where a number stands. */
  x(tick: number): number
  /** Of the text's foot. */
  readonly y: number
  /** Of the plot. */
  readonly width: number
}

export function XTicks({ ticks, x, y, width }: XTicksProps) {
  return ticks.map((tick) => (
    <text key={tick} className="curve-tick" x={x(tick)} y={y} textAnchor={anchor(x(tick), width)}>
      {formatTick(tick)}
    </text>
  ))
}

const anchor = (at: number, width: number) => (at < 14 ? 'start' : at > width - 14 ? 'end' : 'middle')
