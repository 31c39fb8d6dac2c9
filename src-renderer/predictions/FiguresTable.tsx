/** R², RMSE and MAE of the chosen output, a row for each split; a click on its name hides or shows its points. */
import type { Results, SplitName, SplitResults } from '../../src-shared/contract/results'
import { counted, formatValue } from '../ui/format'
import { formatR2, measuredText } from './figures'
import { SplitMark } from './SplitMark'

interface FiguresTableProps {
  readonly results: Results
  /** Of the output; null where there is none. */
  readonly unit: string | null
  readonly hidden: ReadonlySet<SplitName>
  readonly onToggle: (name: SplitName) => void
}

export function FiguresTable({ results, unit, hidden, onToggle }: FiguresTableProps) {
  const { splits, output, outputs } = results
  const classifies = splits[0]?.measures.type === 'classification'
  const name = outputs[output]
  const figures = splits.map((split) => ({ split, figures: regressionOf(split, output) }))
  const isUndefined = figures.some(({ figures: figure }) => figure?.r2 === null)
  const lost = figures.reduce((sum, { figures: figure }) => sum + (figure?.lost ?? 0), 0)
  return (
    <>
      <table className="figures">
        <caption className="unseen">
          {classifies ? 'How well the classes are told' : `How well ${name} is predicted, in its own unit`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">Split</span>
            </th>
            {(classifies ? ['accuracy', 'loss'] : ['R²', 'RMSE', 'MAE']).map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {splits.map((split) => (
            <tr key={split.name}>
              <th scope="row">
                {classifies ? (
                  split.name
                ) : (
                  <button
                    type="button"
                    className="split-toggle"
                    aria-pressed={!hidden.has(split.name)}
                    title={`${counted(split.rows, 'row')}; shows or hides their points.`}
                    onClick={() => onToggle(split.name)}
                  >
                    <SplitMark name={split.name} />
                    {split.name}
                  </button>
                )}
              </th>
              <Cells split={split} output={output} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="figures-note">
        {measuredText(results)}
        {unit === null || classifies ? '' : ` RMSE and MAE are in ${unit}.`}
        {isUndefined ? ' R² is undefined where the target is the same in all rows: there is nothing to explain.' : ''}
        {lost > 0
          ? ` ${counted(lost, 'row')} ${lost === 1 ? 'has' : 'have'} no finite prediction and ${lost === 1 ? 'is' : 'are'} left out.`
          : ''}
      </p>
    </>
  )
}

function Cells({ split, output }: { split: SplitResults; output: number }) {
  const { measures } = split
  if (measures.type === 'classification') {
    return (
      <>
        <td>{`${(100 * measures.accuracy).toFixed(1)} %`}</td>
        <td>{formatValue(measures.loss)}</td>
      </>
    )
  }
  const figures = measures.outputs[output]
  return (
    <>
      <td data-testid={`r2-${split.name}`} className={figures?.r2 == null ? 'words' : ''}>
        {figures?.r2 == null ? 'undefined' : formatR2(figures.r2)}
      </td>
      <td>{formatValue(figures?.rmse)}</td>
      <td>{formatValue(figures?.mae)}</td>
    </>
  )
}

function regressionOf({ measures }: SplitResults, output: number) {
  return measures.type === 'regression' ? measures.outputs[output] : undefined
}
