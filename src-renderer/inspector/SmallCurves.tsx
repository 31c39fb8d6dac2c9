/** The curves of a few edges as small multiples; a click selects one. */
import { edgeName } from '../../src-shared/kan/names'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { edgeCurve } from '../../src-shared/numerics/curve'
import { edgesSelected } from '../network/selection'
import type { EdgeAddress } from '../network/types'
import { live } from '../state/studio'
import { useUi } from '../state/ui'
import { formatValue } from '../ui/format'
import type { Scored } from './strongest'

const WIDTH = 72
const HEIGHT = 44
const POINTS = 40

export function SmallCurves({ specification, edges }: { specification: Specification; edges: readonly Scored[] }) {
  return (
    <ul className="small-curves">
      {edges.map(({ at, score }) => {
        const name = edgeName(specification, at.layer, at.edge)
        return (
          <li key={`${at.layer} ${at.edge.join(' ')}`}>
            <button
              type="button"
              aria-label={`Select edge ${name}, score ${formatValue(score)}`}
              onClick={() => useUi.setState({ selection: edgesSelected([at]) })}
            >
              <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
                <path d={pathOf(specification, at)} />
              </svg>
              <span>{name}</span>
              <span className="num">{formatValue(score)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** The curve over the values that the input takes, or over the range of the grid before any are known. */
function pathOf(specification: Specification, { layer: l, edge }: EdgeAddress): string {
  const layer = specification.layers[l]
  const parameters = live.parameters[l]
  const inputs = inputsOf(specification, l)
  if (layer === undefined || parameters === undefined) return ''
  // The numbers of a design from before an edit.
  if (parameters.baseScaler.length !== inputs * layer.nodes) return ''
  const known = live.importance?.[l]
  const from = known?.minimum[edge[0]] ?? layer.range[0]
  const to = known?.maximum[edge[0]] ?? layer.range[1]
  const xs = Float64Array.from({ length: POINTS + 1 }, (_, p) => from + ((to - from) * p) / POINTS)
  const ys = edgeCurve(layer, parameters, inputs, edge, xs)
  const finite = ys.filter(Number.isFinite)
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const height = Math.max(high - low, 1e-12)
  const points = [...ys].flatMap((y, p) =>
    Number.isFinite(y)
      ? [`${((WIDTH * p) / POINTS).toFixed(1)},${(HEIGHT - 4 - ((HEIGHT - 8) * (y - low)) / height).toFixed(1)}`]
      : [],
  )
  return points.length < 2 ? '' : `M${points.join('L')}`
}
