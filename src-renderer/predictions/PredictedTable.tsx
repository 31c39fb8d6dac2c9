/** What the network says about a table: its first rows as they will be saved, what could not be predicted, and saving. */
import { useLayoutEffect, useRef, useState } from 'react'
import type { MatchedFile, PredictedFile } from '../../src-shared/contract/studio'
import { besides } from '../../src-shared/kan/predicted-names'
import { looksNumeric } from '../data/import/understood'
import { Dialog } from '../ui/Dialog'
import { SelectField } from '../ui/fields'
import { counted, formatCount } from '../ui/format'
import { ComparedClasses } from './ComparedClasses'
import { ComparedFigures } from './ComparedFigures'
import { formatPredicted } from './figures'
import { KeepColumns } from './KeepColumns'
import { SavePredictions } from './SavePredictions'

interface PredictedTableProps {
  readonly title: string
  readonly matched: MatchedFile
  readonly predicted: PredictedFile
  readonly onClose: () => void
}

type Keep = 'none' | 'all' | 'chosen'

const KEEPS: readonly { readonly value: Keep; readonly label: string }[] = [
  { value: 'all', label: 'all' },
  { value: 'none', label: 'none' },
  { value: 'chosen', label: 'chosen' },
]

/** Columns of the table that are shown; all that are kept are saved. */
const SHOWN = 12

export function PredictedTable({ title, matched, predicted, onClose }: PredictedTableProps) {
  const { columns, head, file } = matched
  const { id, rows, unpredicted, problems, outside, unseen, filled, comparisons, classified, notes, header } = predicted
  const [keep, setKeep] = useState<Keep>('all')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const kept = keep === 'all' ? columns : keep === 'none' ? [] : columns.filter((name) => chosen.has(name))
  return (
    <Dialog
      title={title}
      description={
        unpredicted === 0
          ? `${counted(rows, 'row')} predicted.`
          : `${formatCount(rows - unpredicted)} of ${counted(rows, 'row')} predicted.`
      }
      onClose={onClose}
      actions={<SavePredictions {...{ id, file, onClose }} keep={keep === 'all' ? 'all' : kept} />}
    >
      <div className="predicted-body">
        <ComparedFigures comparisons={comparisons} rows={rows} />
        {classified === null ? null : <ComparedClasses {...classified} />}
        {unpredicted > 0 ? (
          <details>
            <summary className="predicted-warning">
              {counted(unpredicted, 'row')} could not be predicted and will be empty
            </summary>
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
              {unpredicted > problems.length ? <li>and {formatCount(unpredicted - problems.length)} more</li> : null}
            </ul>
          </details>
        ) : null}
        <Counts
          look="predicted-warning"
          text="Outside what the network was trained on, where it can only guess"
          counts={outside}
        />
        <Counts look="predicted-warning" text="Values that the network was not trained on" counts={unseen} />
        <Counts look="muted" text="Filled with the mean of the training rows" counts={filled} />
        {notes.map((note) => (
          <p className="muted" key={note}>
            {note}
          </p>
        ))}
        <SelectField label="Columns of the table to keep in front" value={keep} options={KEEPS} onChange={setKeep} />
        {keep === 'chosen' ? <KeepColumns {...{ columns, chosen }} onChoose={setChosen} /> : null}
        <Head {...{ columns, kept, head, header }} predictions={predicted.head} />
      </div>
    </Dialog>
  )
}

/** In how many rows of each column something is so. */
function Counts({ look, text, counts }: { look: string; text: string; counts: PredictedFile['outside'] }) {
  if (counts.length === 0) return null
  return (
    <p className={look}>
      {text}: {counts.map(({ column, count }) => `${column} in ${counted(count, 'row')}`).join(', ')}.
    </p>
  )
}

interface HeadProps {
  readonly columns: readonly string[]
  readonly kept: readonly string[]
  readonly head: MatchedFile['head']
  readonly header: readonly string[]
  readonly predictions: PredictedFile['head']
}

function Head({ columns, kept, head, header, predictions }: HeadProps) {
  const shown = kept.slice(0, SHOWN)
  const places = shown.map((name) => columns.indexOf(name))
  const looks = places.map((column) => (looksNumeric(head.map((row) => row[column])) ? undefined : 'words'))
  const box = useRef<HTMLElement>(null)
  // What was predicted stands last: it is what a person wants to see.
  useLayoutEffect(() => {
    if (box.current && kept.length > 0) box.current.scrollLeft = box.current.scrollWidth
  }, [kept.length])
  return (
    <section
      ref={box}
      className={header.length === 1 ? 'predicted-scroll one' : 'predicted-scroll'}
      aria-label="First rows"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <table className="predicted">
        <caption className="unseen">The first rows as they will be saved</caption>
        <thead>
          <tr>
            {shown.map((name, k) => (
              <th scope="col" key={name} title={name} className={looks[k]}>
                {name}
              </th>
            ))}
            {kept.length > shown.length ? <th scope="col">… {formatCount(kept.length - shown.length)} more</th> : null}
            {besides(kept, header).map((name) => (
              <th scope="col" className="told" key={`predicted ${name}`}>
                {name}
                {name.includes('predicted') ? null : <span className="unseen">, predicted</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {predictions.map((cells, row) => (
            <tr key={row}>
              {places.map((column, k) => (
                <td key={column} className={looks[k]}>
                  {head[row]?.[column] ?? ''}
                </td>
              ))}
              {kept.length > shown.length ? <td>…</td> : null}
              {cells.map((cell, k) => (
                <td className={typeof cell === 'string' ? 'told words' : 'told'} key={header[k]}>
                  {typeof cell === 'string' ? cell : formatPredicted(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
