/** The values of a column in a few bars. */

const HEIGHT = 18
const WIDTH = 64

/** @param wide fills whatever it stands in, with all bars there are */
export function Histogram({ counts, wide = false }: { counts: readonly number[]; wide?: boolean }) {
  if (counts.length === 0) return null
  const bars = counts.length > 16 && !wide ? halve(counts) : counts
  return (
    <svg
      className={wide ? 'histogram wide' : 'histogram'}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio={wide ? 'none' : undefined}
      aria-hidden
    >
      <path d={pathOf(bars)} />
    </svg>
  )
}

/** All bars as one path: there may be thousands of columns. */
function pathOf(bars: readonly number[]): string {
  const most = Math.max(1, ...bars)
  const width = WIDTH / bars.length
  return bars
    .map((count, bar) => {
      if (count === 0) return ''
      const height = Math.max(1, (HEIGHT * count) / most)
      return `M${short(bar * width)} ${HEIGHT}v${short(-height)}h${short(width * 0.86)}v${short(height)}z`
    })
    .join('')
}

const short = (value: number) => Math.round(value * 100) / 100

const halve = (counts: readonly number[]) =>
  Array.from({ length: Math.ceil(counts.length / 2) }, (_, bar) => (counts[2 * bar] ?? 0) + (counts[2 * bar + 1] ?? 0))
