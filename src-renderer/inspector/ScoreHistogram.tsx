/** How the scores of many edges are spread, on a logarithmic axis. */
import { decades } from '../training/ticks'
import { counted, formatCount, formatValue } from '../ui/format'
import { XTicks } from './curve/XTicks'
import { binStart, type ScoreBins } from './score-bins'

const WIDTH = 240
const HEIGHT = 56

export function ScoreHistogram({ bins }: { bins: ScoreBins }) {
  const { counts, from, to, zeros } = bins
  const most = Math.max(...counts)
  const width = WIDTH / counts.length
  const x = (score: number) => (WIDTH * Math.log10(score / from)) / Math.log10(to / from)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const words = `Scores of ${formatCount(total)} edges, from ${formatValue(from)} to ${formatValue(to)}`
  return (
    <>
      <svg className="scores" viewBox={`0 0 ${WIDTH} ${HEIGHT + 14}`} role="img" aria-label={words}>
        {counts.map((count, bin) => {
          const height = count === 0 ? 0 : Math.max(1.5, (HEIGHT * count) / most)
          const range = `${formatValue(binStart(bins, bin))} … ${formatValue(binStart(bins, bin + 1))}`
          return (
            <g key={binStart(bins, bin)}>
              <title>{`${counted(count, 'edge')}, ${range}`}</title>
              <rect x={bin * width} width={width} height={HEIGHT} fill="transparent" />
              <rect className="scores-bar" x={bin * width} y={HEIGHT - height} width={width * 0.86} height={height} />
            </g>
          )
        })}
        <path className="scores-axis" d={`M0,${HEIGHT + 0.5}H${WIDTH}`} />
        <XTicks ticks={decades(from, to)} x={x} y={HEIGHT + 12} width={WIDTH} />
      </svg>
      {zeros > 0 ? <p className="muted">{formatCount(zeros)} with score 0</p> : null}
    </>
  )
}
