/** The basis functions of a layer where they are, and how far its grids reach, which can be changed. */
import { useMemo } from 'react'
import { gridSize, type LayerSpecification } from '../../src-shared/kan/specification'
import { gridRange, inputGrid } from '../../src-shared/numerics/grid'
import { basisPaths } from '../design/BasisPicture'
import { edit, live } from '../state/studio'
import { useLive } from '../state/useLive'
import { formatTick } from '../training/ticks'
import { NumberField } from '../ui/fields'

const WIDTH = 248
const HEIGHT = 64

export function LayerBasis({ layer: design, index }: { layer: LayerSpecification; index: number }) {
  const { basis, range } = design
  const grid = useLive(() => live.parameters[index]?.grid ?? null)
  const reach = useMemo(() => reachOf(design, grid), [design, grid])
  const paths = useMemo(() => basisPaths(basis, WIDTH, HEIGHT), [basis])
  const place = (from: number | null, to: number | null) => {
    if (from !== null && to !== null) void edit({ type: 'set-range', layer: index, range: [from, to] })
  }
  return (
    <>
      <svg className="layer-basis" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {paths.map((path, m) => (
          <path key={path} d={path} opacity={0.35 + (0.65 * m) / Math.max(1, paths.length - 1)} />
        ))}
      </svg>
      {reach === null ? (
        <p className="muted">Polynomials of tanh x: they reach everywhere.</p>
      ) : (
        <>
          <div className="layer-reach">
            <span className="num">{formatTick(reach.from)}</span>
            <span className="muted">{reach.differ ? 'widest grid of its inputs' : 'grid of every input'}</span>
            <span className="num">{formatTick(reach.to)}</span>
          </div>
          <NumberField
            label="Range from"
            hint="Places the grid of every input evenly from here; the curves are fitted anew and keep their shape there."
            value={rounded(reach.differ ? range[0] : reach.from)}
            max={reach.differ ? range[1] : reach.to}
            onChange={(from) => place(from, reach.differ ? range[1] : reach.to)}
          />
          <NumberField
            label="Range to"
            hint="Places the grid of every input evenly up to here; the curves are fitted anew and keep their shape there."
            value={rounded(reach.differ ? range[1] : reach.to)}
            min={reach.differ ? range[0] : reach.from}
            onChange={(to) => place(reach.differ ? range[0] : reach.from, to)}
          />
        </>
      )}
    </>
  )
}

interface Reach {
  readonly from: number
  readonly to: number
  /** Whether inputs have grids of their own, as after a fit to the data. */
  readonly differ: boolean
}

/** Null for polynomials, and until the numbers are known. */
function reachOf({ basis, range }: LayerSpecification, grid: Float32Array | null): Reach | null {
  if (basis.type === 'chebyshev' || grid === null) return null
  const all = { grid: Float64Array.from(grid), scale: null }
  const ranges = Array.from({ length: grid.length / gridSize(basis) }, (_, input) =>
    gridRange(basis, inputGrid(basis, all, input), range),
  )
  const from = Math.min(...ranges.map((ends) => ends[0]))
  const to = Math.max(...ranges.map((ends) => ends[1]))
  return { from, to, differ: ranges.some((ends) => ends[0] !== from || ends[1] !== to) }
}

/** The drawing's numbers are float32. */
const rounded = (value: number) => Number(value.toPrecision(6))
