/** The values of a column in a few bars. */

const HEIGHT = 18
const WIDTH = 64

export function Histogram({ counts }: { counts: readonly number[] }) {
  if (counts.length === 0) return null
  const bars = counts.length > 16 ? halve(counts) : counts
  const most = Math.max(1, ...bars)
  const width = WIDTH / bars.length
  return (
    <svg className="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {bars.map((count, bar) => {
        const height = count === 0 ? 0 : Math.max(1, (HEIGHT * count) / most)
        return <rect key={bar} x={bar * width} width={width - 0.8} y={HEIGHT - height} height={height} />
      })}
    </svg>
  )
}

const halve = (counts: readonly number[]) =>
  Array.from({ length: Math.ceil(counts.length / 2) }, (_, bar) => (counts[2 * bar] ?? 0) + (counts[2 * bar + 1] ?? 0))
