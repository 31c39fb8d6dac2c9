/** The curves of a few edges as small multiples on one scale; a click selects one. */
import { useEffect, useRef } from 'react'
import type { LayerDrawing } from '../../src-shared/contract/telemetry'
import { edgeName } from '../../src-shared/kan/names'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { edgeCurve } from '../../src-shared/numerics/curve'
import { edgesSelected } from '../network/selection/selection'
import type { EdgeAddress, LayerScores } from '../network/types'
import { live } from '../state/studio'
import { list, useUi } from '../state/ui'
import { useLive } from '../state/useLive'
import { formatValue } from '../ui/format'
import type { Scored } from './strongest'

const WIDTH = 72
const HEIGHT = 44
const POINTS = 40

interface SmallCurvesProps {
  readonly specification: Specification
  readonly edges: readonly Scored[]
  /** What is written under a curve, where the edge's whole name says more than is needed. */
  readonly label?: (at: EdgeAddress) => string
}

export function SmallCurves({ specification, edges, label }: SmallCurvesProps) {
  const parameters = useLive(() => live.parameters)
  const importance = useLive(() => live.importance)
  const curves = edges.map(({ at }) => curveOf(specification, at, parameters[at.layer], importance?.[at.layer]))
  useListed(edges)
  const height = Math.max(1e-12, ...curves.map(({ low, high }) => high - low))
  return (
    <ul className="small-curves">
      {edges.map(({ at, score }, n) => {
        const name = edgeName(specification, at.layer, at.edge)
        const drawn = curves[n]
        return (
          <li key={`${at.layer} ${at.edge.join(' ')}`}>
            <button
              type="button"
              aria-label={`Select edge ${name}, score ${formatValue(score)}`}
              onClick={() => useUi.setState({ selection: edgesSelected([at]) })}
            >
              <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
                {drawn === undefined ? null : <path d={pathOf(drawn, height)} />}
              </svg>
              <span>{label?.(at) ?? name}</span>
              <span className="num">{formatValue(score)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** While they are listed their numbers are asked for, whether the network shows these edges or not. */
function useListed(edges: readonly Scored[]): void {
  const latest = useRef(edges)
  useEffect(() => {
    latest.current = edges
  })
  // The same edges come in a new list with every frame.
  const names = edges.map(({ at }) => `${at.layer} ${at.edge.join(' ')}`).join()
  useEffect(() => (names === '' ? undefined : list(latest.current.map(({ at }) => at))), [names])
}

interface SmallCurve {
  /** Evenly spaced from left to right. */
  readonly ys: Float64Array
  readonly low: number
  readonly high: number
}

const UNKNOWN: SmallCurve = { ys: new Float64Array(0), low: 0, high: 0 }

/** The curve over the values that the input takes, or over the range of the grid before any are known. */
function curveOf(
  specification: Specification,
  { layer: l, edge }: EdgeAddress,
  parameters: LayerDrawing | undefined,
  known: LayerScores | undefined,
): SmallCurve {
  const layer = specification.layers[l]
  const inputs = inputsOf(specification, l)
  if (layer === undefined || parameters === undefined) return UNKNOWN
  // The numbers of a design from before an edit.
  if (parameters.baseScaler.length !== inputs * layer.nodes) return UNKNOWN
  const from = known?.minimum[edge[0]] ?? layer.range[0]
  const to = known?.maximum[edge[0]] ?? layer.range[1]
  const xs = Float64Array.from({ length: POINTS + 1 }, (_, p) => from + ((to - from) * p) / POINTS)
  const ys = edgeCurve(layer, parameters, inputs, edge, xs)
  const finite = ys.filter(Number.isFinite)
  return finite.length < 2 ? UNKNOWN : { ys, low: Math.min(...finite), high: Math.max(...finite) }
}

/** @param height that of the tallest curve beside it: a curve that hardly moves looks flat */
function pathOf({ ys, low, high }: SmallCurve, height: number): string {
  const floor = (low + high - height) / 2
  const points = [...ys].flatMap((y, p) =>
    Number.isFinite(y)
      ? [`${((WIDTH * p) / POINTS).toFixed(1)},${(HEIGHT - 4 - ((HEIGHT - 8) * (y - floor)) / height).toFixed(1)}`]
      : [],
  )
  return points.length < 2 ? '' : `M${points.join('L')}`
}
