/** The rows that are predicted worst: where they stand, what they are, how far off. A click rings the point. */
import { formatValue } from '../ui/format'
import type { WorstOfAll } from './figures'
import { SplitMark } from './SplitMark'

interface WorstRowsProps {
  readonly rows: readonly WorstOfAll[]
  readonly inputs: readonly string[]
  readonly output: string
  /** The row of the table that is ringed. */
  readonly picked: number | null
  readonly onPick: (row: number | null) => void
}

export function WorstRows({ rows, inputs, output, picked, onPick }: WorstRowsProps) {
  return (
    <section
      className="worst-scroll"
      aria-label="Worst rows"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <table className="worst">
        <caption className="unseen">The rows with the largest residuals of {output}, the worst first</caption>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">residual</th>
            <th scope="col">true</th>
            <th scope="col">predicted</th>
            {inputs.map((name) => (
              <th scope="col" className="input-name" key={name} title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, place, split, truth, predicted, residual, inputs: values }) => (
            <tr key={row} className={row === picked ? 'on' : ''}>
              <th scope="row">
                <button
                  type="button"
                  className="worst-row"
                  aria-pressed={row === picked}
                  onClick={() => onPick(row === picked ? null : row)}
                >
                  <SplitMark name={split} />
                  {place}
                  <span className="unseen">, {split}</span>
                </button>
              </th>
              <td className="residual">{formatValue(residual)}</td>
              <td>{formatValue(truth)}</td>
              <td>{formatValue(predicted)}</td>
              {inputs.map((name, i) => (
                <td key={name}>{formatValue(values[i])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
