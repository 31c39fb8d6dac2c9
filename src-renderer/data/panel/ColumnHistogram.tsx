/** How a column's values are distributed, with what the network's grid reaches over drawn behind. */
import type { DataColumnView } from '../../../src-shared/contract/data-view'
import { formatCount } from '../../ui/format'
import { histogramOf } from './histogram'
import { formatOwn, percent } from './words'

const WIDTH = 240
const HEIGHT = 40

export function ColumnHistogram({ view, rows }: { view: DataColumnView; rows: number }) {
  const { kind, values, name } = view
  if (kind === 'category')
    return (
      <ul className="data-values" aria-label={`The most frequent values of ${name}`}>
        {values.slice(0, 6).map(({ text, count }) => (
          <li key={text} title={`${text}: ${formatCount(count)}`}>
            <i className="data-share" style={{ width: `${(100 * count) / Math.max(1, rows)}%` }} />
            <span className="grow">{text}</span>
            <span className="num">{percent(count, rows)}</span>
          </li>
        ))}
      </ul>
    )
  const shape = histogramOf(view, WIDTH, HEIGHT)
  if (shape === null) return null
  const { grid } = view
  return (
    <figure className="data-histogram">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={described(view)}>
        {shape.grid ? (
          <rect className="grid-range" x={shape.grid.x} y={0} width={shape.grid.width} height={HEIGHT} />
        ) : null}
        <path className="within" d={shape.within} />
        <path className="beyond" d={shape.beyond} />
        {shape.edges.map((x) => (
          <path key={x} className="grid-edge" d={`M${x} 0V${HEIGHT}`} />
        ))}
      </svg>
      <figcaption>
        <span className="num">{formatOwn(kind, view.min)}</span>
        {grid ? (
          <span className="grid-word">
            grid {formatOwn(kind, grid.low)} … {formatOwn(kind, grid.high)}
          </span>
        ) : null}
        <span className="num">{formatOwn(kind, view.max)}</span>
      </figcaption>
    </figure>
  )
}

function described({ name, kind, min, max, grid }: DataColumnView): string {
  const range = `Histogram of ${name}, from ${formatOwn(kind, min)} to ${formatOwn(kind, max)}`
  if (grid === null) return `${range}.`
  return `${range}; the grid reaches from ${formatOwn(kind, grid.low)} to ${formatOwn(kind, grid.high)}, ${formatCount(grid.below + grid.above)} values lie outside.`
}
