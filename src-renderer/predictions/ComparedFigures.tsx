/** R², RMSE and MAE of each output whose true values are in the table that was predicted, and of how many rows. */
import type { Comparison } from '../../src-shared/contract/compute'
import { withUnit } from '../../src-shared/kan/units'
import { formatCount, formatValue } from '../ui/format'
import { formatR2 } from './figures'

export function ComparedFigures({ comparisons, rows }: { comparisons: readonly Comparison[]; rows: number }) {
  if (comparisons.length === 0) return null
  return (
    <section
      className="compared-scroll"
      aria-label="Compared with the table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <table className="compared">
        <caption>Compared with the table’s own values</caption>
        <thead className="compared-head">
          <tr>
            <th scope="col">
              <span className="unseen">Column</span>
            </th>
            {['R²', 'RMSE', 'MAE', 'rows'].map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="compared-column">
          {comparisons.map(({ column, unit, figures }) => (
            <tr key={column}>
              <th scope="row" title={column}>
                {withUnit(column, unit)}
              </th>
              <td
                title={figures.r2 === null ? 'The true values are the same in all rows, or there are none.' : undefined}
              >
                {figures.r2 === null ? 'undefined' : formatR2(figures.r2)}
              </td>
              <td>{formatValue(figures.rmse)}</td>
              <td>{formatValue(figures.mae)}</td>
              <td>
                {figures.rows === rows ? formatCount(rows) : `${formatCount(figures.rows)} of ${formatCount(rows)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
