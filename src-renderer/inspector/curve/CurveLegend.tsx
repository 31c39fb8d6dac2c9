/** What the lines of an edge's plot are. */
import type { BasisType } from '../../../src-shared/kan/specification'

type Part = 'curve' | 'base' | 'basis' | 'knots' | 'data'

export function CurveLegend({ parts, basis }: { parts: readonly Part[]; basis: BasisType }) {
  return (
    <ul className="curve-legend">
      {parts.map((part) => (
        <li key={part}>
          <i className={`swatch ${part}`} />
          {part === 'knots' && basis === 'rbf' ? 'centres' : part}
        </li>
      ))}
    </ul>
  )
}
