/** The rows that are predicted worst: where they stand, what they are, how far off. A click rings the point. */
import type { CellType } from '../../src-shared/contract/job'
import { formatValue } from '../ui/format'
import { formatBeside, formatInput, type WorstOfAll } from './figures'
import { SplitMark } from './SplitMark'

interface WorstRowsProps {
  readonly rows: readonly WorstOfAll[]
  readonly inputs: readonly string[]
  /** What they are in the table. */
  readonly types: readonly CellType[]
  readonly output: string
  /** The row of the table that is ringed. */
  readonly picked: number | null
  readonly onPick: (row: number | null) => void
}

export function WorstRows({ rows, inputs, types, output, picked, onPick }: WorstRowsProps) {
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
              <td>{formatBeside(truth, residual)}</td>
              <td>{formatBeside(predicted, residual)}</td>
              {inputs.map((name, i) => (
                <td key={name}>{formatInput(values[i], types[i])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
