/** How good the network is on its own rows: figures, true against predicted, residuals, the worst rows; live while it trains. */
import { useMemo, useState } from 'react'
import type { Results, SplitName } from '../../src-shared/contract/results'
import { withUnit } from '../../src-shared/kan/units'
import { ActionButton } from '../app/ActionButton'
import { predict } from '../app/actions/file'
import { useNoData } from '../data/use-no-data'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { SelectField } from '../ui/fields'
import { FiguresTable } from './FiguresTable'
import { worstRows } from './figures'
import { Plot } from './Plot'
import { useResults } from './useResults'
import { WorstRows } from './WorstRows'
import './predictions.css'

export function PredictionsPanel() {
  const [output, setOutput] = useState(0)
  const outputs = useStudio((state) => state.document?.specification.outputs)
  const hasData = useStudio((state) => state.document?.dataSummary != null)
  const noData = useNoData('No data yet: open a table, or drop a CSV file into the window.')
  const isFresh = useStudio((state) => state.progress.step === 0)
  const chosen = output < (outputs?.length ?? 0) ? output : 0
  const { results, problem } = useResults(chosen)

  if (!hasData) return <Empty text={noData} />
  if (isFresh) return <Empty text="Press Train, or Space: what the network predicts will be drawn here." />
  if (problem !== null) return <Empty text={problem} />
  if (results === null) return <Empty text="Looking at the rows…" />
  const choice =
    results.outputs.length > 1 ? (
      <SelectField
        label="Output"
        value={String(chosen)}
        options={results.outputs.map((name, index) => ({ value: String(index), label: name }))}
        onChange={(value) => setOutput(Number(value))}
      />
    ) : null
  return <Shown results={results} choice={choice} />
}

function Empty({ text }: { text: string }) {
  return <div className="empty predictions-empty">{text}</div>
}

function Shown({ results, choice }: { results: Results; choice: React.ReactNode }) {
  const view = useUi((state) => state.resultsView)
  const [hidden, setHidden] = useState<ReadonlySet<SplitName>>(new Set())
  const [picked, setPicked] = useState<number | null>(null)
  const splits = useMemo(() => results.splits.filter(({ name }) => !hidden.has(name)), [results, hidden])
  const worst = useMemo(() => worstRows(splits), [splits])
  const data = useStudio((state) => state.document?.dataSummary)
  const unit = data?.targets[results.output]?.unit ?? null
  const name = withUnit(results.outputs[results.output] ?? '', unit)
  const inputs = results.inputs.map((input, i) => withUnit(input, data?.inputs[i]?.unit))
  const types = useMemo(() => data?.inputs.map(({ type }) => type) ?? [], [data])
  const names = useMemo(
    () => ({
      fit: { x: `true ${name}`, y: 'predicted' },
      residuals: { x: `predicted ${name}`, y: 'true − predicted' },
    }),
    [name],
  )
  const highlighted = useMemo(() => worst.find(({ row }) => row === picked) ?? null, [worst, picked])
  const classifies = results.splits[0]?.measures.type === 'classification'

  function toggle(split: SplitName) {
    const next = new Set(hidden)
    if (!next.delete(split)) next.add(split)
    setHidden(next)
  }

  const rows = splits.map((split) => `${split.points.rows.length} ${split.name}`).join(', ')
  return (
    <div className="predictions" data-view={view}>
      <div className="figures-column">
        {choice}
        <FiguresTable results={results} unit={unit} hidden={hidden} onToggle={toggle} />
        <span className="grow" />
        <ActionButton action={predict} look="outlined" wide />
      </div>
      {classifies ? (
        <div className="empty predictions-empty">
          The classes' probabilities come with the confusion matrix; accuracy and loss are on the left.
        </div>
      ) : (
        <>
          <div className="pane fit">
            <Plot
              chart="fit"
              {...{ splits, highlighted }}
              names={names.fit}
              description={`True against predicted ${name}: ${rows} rows. The nearer to the diagonal, the better.`}
            />
          </div>
          <div className="pane residuals">
            <Plot
              chart="residuals"
              {...{ splits, highlighted }}
              names={names.residuals}
              description={`Residuals of ${name} against its prediction, and how they are distributed: ${rows} rows. The nearer to 0, the better.`}
            />
          </div>
          <div className="pane worst-pane">
            <WorstRows rows={worst} inputs={inputs} types={types} output={name} picked={picked} onPick={setPicked} />
          </div>
        </>
      )}
    </div>
  )
}
