/** Where an edge's data are: their distribution along the bottom of its plot. */
import type { ScaleLinear } from 'd3'
import type { Distribution } from '../../../src-shared/contract/data'

/** Below a curve, which must be seen above all. */
const LOW = 44

interface DensityProps {
  readonly distribution: Distribution | null
  readonly x: ScaleLinear<number, number>
  /** Where the bars stand. */
  readonly floor: number
  /** Of the tallest bar. */
  readonly height?: number
}

export function Density({ distribution, x, floor, height: tallest = LOW }: DensityProps) {
  if (!distribution) return null
  const { minimum, maximum, counts } = distribution
  const most = Math.max(1, ...counts)
  const width = (maximum - minimum) / counts.length
  return (
    <g fill="var(--density)">
      {Array.from(counts, (count, bin) => {
        const left = x(minimum + bin * width)
        const height = (tallest * count) / most
        return (
          <rect
            key={bin}
            x={left}
            width={Math.max(0.5, x(minimum + (bin + 1) * width) - left - 1)}
            y={floor - height}
            height={height}
          />
        )
      })}
    </g>
  )
}
