/** Which rows train, which only check, and how columns are scaled. */
import type { Scaling, Split } from '../../../src-shared/contract/job'
import { Button } from '../../ui/Button'
import { NumberField, SelectField } from '../../ui/fields'
import { formatCount } from '../../ui/format'
import type { Change } from './change'
import type { Column } from './columns'
import type { Draft } from './draft'
import { keptText, type RowRange } from './gaps'

const SPLITS: readonly { readonly value: Split['type']; readonly label: string }[] = [
  { value: 'random', label: 'at random' },
  { value: 'stratified', label: 'at random, balanced' },
  { value: 'chronological', label: 'the last rows' },
  { value: 'column', label: 'by a column' },
]

const SCALINGS: readonly { readonly value: Scaling; readonly label: string }[] = [
  { value: 'minmax', label: 'min–max' },
  { value: 'standard', label: 'standard' },
  { value: 'none', label: 'none' },
]

interface RowsPanelProps {
  readonly columns: readonly Column[]
  /** Null until the whole file is read. */
  readonly rows: number | null
  /** Rows that are left out. */
  readonly dropped: RowRange
  readonly draft: Draft
  readonly onChange: Change
}

export function RowsPanel({ columns, rows, dropped, draft, onChange }: RowsPanelProps) {
  const { split, scaling } = draft
  const beyond = columns.filter(({ flags }) => flags.some(({ kind }) => kind === 'off-grid')).length
  const change = (part: Partial<Split>) => onChange((before) => ({ split: { ...before.split, ...part } }))
  return (
    <section className="section" aria-label="Rows and scaling">
      <h2>Rows and scaling</h2>
      <SelectField
        label="Kept aside"
        hint="Which rows the network is not trained on, to see how well it does on them."
        value={split.type}
        options={SPLITS}
        onChange={(type) => onChange((before) => ({ split: ofType(before.split, type, columns) }))}
      />
      {split.type === 'column' || split.type === 'chronological' || split.type === 'stratified' ? (
        <ColumnField
          split={split}
          columns={columns}
          onChange={(column) => onChange((before) => ({ split: withColumn(before.split, column) }))}
        />
      ) : null}
      {split.type === 'column' ? null : (
        <>
          <NumberField
            label="Validation %"
            hint="Share of the rows that show during training how well the network does on rows it does not know."
            value={percent(split.validation)}
            min={0}
            max={90}
            onChange={(value) => value !== null && change({ validation: value / 100 })}
          />
          <NumberField
            label="Test %"
            hint="Share of the rows that nothing is decided by, for the figures at the end."
            value={percent(split.test)}
            min={0}
            max={90}
            onChange={(value) => value !== null && change({ test: value / 100 })}
          />
        </>
      )}
      {split.type === 'random' || split.type === 'stratified' ? (
        <NumberField
          label="Seed"
          hint="The same seed keeps the same rows aside."
          value={split.seed}
          min={0}
          integer
          onChange={(seed) => seed !== null && change({ seed })}
        />
      ) : null}
      <SelectField
        label="Scaling"
        hint="Brings every column to the range of the grid; undone in predictions."
        value={scaling}
        options={SCALINGS}
        onChange={(chosen) => onChange({ scaling: chosen })}
      />
      {rows === null ? null : <p className="muted">{keptText(rows, dropped, split)}</p>}
      {split.type === 'random' && inTime(columns, rows) ? (
        <div className="advice">
          The rows follow one another in time: neighbours are alike, and a random part of them is no fair test.
          <Button
            label="Keep the last rows aside"
            look="outlined"
            onClick={() => onChange((before) => ({ split: ofType(before.split, 'chronological', columns) }))}
          />
        </div>
      ) : null}
      {beyond > 0 ? (
        <p className="advice">
          {formatCount(beyond)} {beyond === 1 ? 'input reaches' : 'inputs reach'} beyond the grid, where curves are
          flat.
        </p>
      ) : null}
    </section>
  )
}

/** Whether a column gives nearly every row a moment of its own. */
const inTime = (columns: readonly Column[], rows: number | null) =>
  columns.some(
    ({ summary }) => summary?.type === 'date' && rows !== null && rows >= 20 && summary.distinct > 0.9 * rows,
  )

const percent = (part: number) => Math.round(part * 1e6) / 1e4

interface ColumnFieldProps {
  readonly split: Split
  readonly columns: readonly Column[]
  readonly onChange: (column: string | undefined) => void
}

const LABELS = { column: 'Column', chronological: 'Ordered by', stratified: 'Balanced by' } as const

function ColumnField({ split, columns, onChange }: ColumnFieldProps) {
  if (split.type === 'random') return null
  const fitting = columns.filter((column) => fits(column, split.type))
  const none = split.type === 'chronological' ? 'their place' : split.type === 'stratified' ? 'the target' : null
  return (
    <SelectField
      label={LABELS[split.type]}
      value={split.column ?? ''}
      options={[
        ...(none === null ? [] : [{ value: '', label: none }]),
        ...fitting.slice(0, 500).map(({ name }) => ({ value: name, label: name })),
      ]}
      onChange={(column) => onChange(column === '' ? undefined : column)}
    />
  )
}

function fits({ summary }: Column, type: Split['type']): boolean {
  if (!summary) return false
  if (type === 'chronological') return summary.type === 'date' || summary.type === 'number'
  return summary.type !== 'date' && summary.distinct <= 50
}

function ofType(split: Split, type: Split['type'], columns: readonly Column[]): Split {
  const column =
    type === 'column'
      ? (columns.find(({ name }) => /^(split|set|part|fold)$/i.test(name)) ?? columns.find((own) => fits(own, type)))
          ?.name
      : type === 'chronological'
        ? columns.find(({ summary }) => summary?.type === 'date')?.name
        : undefined
  return withColumn({ ...split, type }, column)
}

function withColumn({ column: _, ...split }: Split, column: string | undefined): Split {
  return column === undefined ? split : { ...split, column }
}
