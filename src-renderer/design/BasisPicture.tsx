/** The basis functions of a layer as a little picture. */

import { type Basis, basisSize } from '../../src-shared/kan/specification'
import { basisMatrix } from '../../src-shared/numerics/basis'
import { initialGrid } from '../../src-shared/numerics/grid'

const WIDTH = 56
const HEIGHT = 28
const POINTS = 57
/** More functions than these would be a hatching: then only every second, third, … is shown. */
const MOST = 9

export function BasisPicture({ basis }: { basis: Basis }) {
  return (
    <svg className="basis-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {basisPaths(basis, WIDTH, HEIGHT).map((path, m, all) => (
        <path key={path} d={path} opacity={0.35 + (0.65 * m) / Math.max(1, all.length - 1)} />
      ))}
    </svg>
  )
}

/** A path for each function, in a box of a width and a height. */
export function basisPaths(basis: Basis, width: number, height: number): string[] {
  // Chebyshev polynomials are of tanh x: so far out they have gone through all of their waves.
  const reach = basis.type === 'chebyshev' ? 2 : 1
  const xs = Float64Array.from({ length: POINTS }, (_, p) => reach * ((2 * p) / (POINTS - 1) - 1) * 0.9999)
  const values = basisMatrix(basis, initialGrid(basis, [-1, 1]), xs)
  const size = basisSize(basis)
  const step = Math.ceil(size / MOST)
  const shown = Array.from({ length: size }, (_, m) => m).filter((m) => m % step === Math.floor(step / 2))
  const all = shown.flatMap((m) => Array.from(xs, (_, p) => values[p * size + m] as number))
  const [lowest, highest] = [Math.min(0, ...all), Math.max(...all)]
  const y = (value: number) => 1 + (height - 2) * (1 - (value - lowest) / (highest - lowest || 1))
  return shown.map((m) => {
    const points = Array.from(xs, (_, p) => {
      const x = (p * width) / (POINTS - 1)
      return `${x.toFixed(1)},${y(values[p * size + m] as number).toFixed(2)}`
    })
    return `M${points.join('L')}`
  })
}
