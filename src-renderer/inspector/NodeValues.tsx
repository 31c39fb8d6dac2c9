/** Which values a node takes over the training rows, as a histogram. */
import { scaleLinear } from 'd3'
import { useRef } from 'react'
import { formatValue } from '../ui/format'
import { useSize } from '../ui/use-size'
import { Density } from './curve/Density'
import { useDistribution } from './curve/use-distribution'
import { XTicks } from './curve/XTicks'

const HEIGHT = 64
const AXIS = 16

/** @param layer the layer that the node is an input of */
export function NodeValues({ layer, index }: { layer: number; index: number }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useSize(box)?.width ?? 240
  const distribution = useDistribution(layer, index)
  const from = distribution?.minimum ?? 0
  const to = distribution?.maximum ?? 0
  const x = scaleLinear(to > from ? [from, to] : [from - 1, from + 1], [0, width])
  return (
    <section className="section">
      <h2>Values</h2>
      <div ref={box}>
        {distribution === null ? (
          <p className="muted">Known once there are data.</p>
        ) : (
          <svg
            className="node-values"
            width={width}
            height={HEIGHT + AXIS}
            role="img"
            aria-label={`Values of the node from ${formatValue(from)} to ${formatValue(to)}`}
          >
            <Density distribution={distribution} x={x} floor={HEIGHT} height={HEIGHT - 4} />
            <path className="scores-axis" d={`M0,${HEIGHT + 0.5}H${width}`} />
            <XTicks ticks={x.ticks(4)} x={x} y={HEIGHT + 12} width={width} />
          </svg>
        )}
      </div>
    </section>
  )
}
