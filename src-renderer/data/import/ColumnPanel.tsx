/** What the selected columns are for and how they become inputs: one, or thousands at once. */
import { X } from 'lucide-react'
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { CellType, ColumnUse } from '../../../src-shared/contract/job'
import { ownOf } from '../../../src-shared/own'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/fields'
import { formatCount, formatFigure } from '../../ui/format'
import { Figure, share } from './ColumnHead'
import type { Change } from './change'
import type { Column } from './columns'
import { type Draft, withType, withUse } from './draft'
import { ROLES, TYPES, withRole } from './roles'
import { ValueOrder } from './ValueOrder'

interface ColumnPanelProps {
  /** Those that are selected, at least one. */
  readonly columns: readonly Column[]
  readonly rows: number
  readonly draft: Draft
  readonly onChange: Change
  readonly onClose: () => void
}

export function ColumnPanel({ columns, rows, draft, onChange, onClose }: ColumnPanelProps) {
  const [first] = columns
  const only = columns.length === 1 ? first : undefined
  const names = columns.map(({ name }) => name)
  const role = common(columns.map((column) => column.role))
  const type = common(columns.map(({ summary }) => summary?.type))
  const use = (change: Parameters<typeof withUse>[2]) =>
    onChange((before) => ({ uses: withUse(before.uses, names, change) }))
  return (
    <section className="section column-panel" aria-label="Selected columns">
      <div className="row">
        <b className="grow wrap">{only ? only.name.replace(/\s+/g, ' ') : `${formatCount(columns.length)} columns`}</b>
        {only?.unit ? <span className="muted">{only.unit}</span> : null}
        <Button label="Close" icon={X} iconOnly onClick={onClose} />
      </div>
      <fieldset className="segments">
        <legend className="unseen">Use as</legend>
        {ROLES.map(({ value, label }) => (
          <Button
            key={value}
            label={label}
            on={role === value}
            onClick={() => onChange((before) => ({ roles: withRole(before.roles, names, value) }))}
          />
        ))}
      </fieldset>
      <SelectField<CellType | 'mixed'>
        label="Read as"
        hint="Cells that are not of this type are listed as problems."
        value={type ?? 'mixed'}
        options={type ? TYPES : [{ value: 'mixed', label: 'several types' }, ...TYPES]}
        onChange={(chosen) =>
          chosen === 'mixed' ? undefined : onChange((before) => ({ read: withType(before.read, names, chosen) }))
        }
      />
      {role === 'ignore' ? null : (
        <>
          {columns.some(({ summary }) => (summary?.missing ?? 0) > 0) ? (
            <MissingField columns={columns} type={type} target={role === 'target'} draft={draft} onUse={use} />
          ) : null}
          {type === 'number' ? <TransformField columns={columns} draft={draft} onUse={use} /> : null}
          {type === 'text' && role === 'input' ? (
            <CategoryFields names={names} only={only?.summary} draft={draft} onUse={use} />
          ) : null}
          {type === 'date' && role === 'input' ? <DateField names={names} draft={draft} onUse={use} /> : null}
        </>
      )}
      {only?.summary ? <Facts summary={only.summary} rows={rows} /> : null}
      {only?.flags.map(({ kind, advice }) => (
        <p key={kind} className="advice">
          {advice}
        </p>
      ))}
    </section>
  )
}

type OnUse = (change: Parameters<typeof withUse>[2]) => void

/** What all have in common; undefined where they differ. */
function common<T>(values: readonly T[]): T | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined
}

const useOf = <Option extends keyof ColumnUse>(names: readonly string[], draft: Draft, option: Option) =>
  common(names.map((name) => ownOf(draft.uses, name)?.[option]))

interface MissingFieldProps {
  readonly columns: readonly Column[]
  readonly type: CellType | undefined
  readonly target: boolean
  readonly draft: Draft
  readonly onUse: OnUse
}

const MISSING: readonly { readonly value: NonNullable<ColumnUse['missing']>; readonly label: string }[] = [
  { value: 'stop', label: 'not decided' },
  { value: 'drop', label: 'drop the rows' },
  { value: 'mean', label: 'training mean' },
  { value: 'value', label: 'a value of its own' },
]

function MissingField({ columns, type, target, draft, onUse }: MissingFieldProps) {
  const options = MISSING.filter(
    ({ value }) =>
      value === 'stop' ||
      value === 'drop' ||
      (!target && type !== undefined && (value === 'value') === (type === 'text')),
  )
  return (
    <SelectField
      label="Missing"
      hint="What becomes of rows where the cell is missing, in training and later in new data."
      value={
        useOf(
          columns.map(({ name }) => name),
          draft,
          'missing',
        ) ?? 'stop'
      }
      options={options}
      onChange={(missing) => onUse({ missing: missing === 'stop' ? undefined : missing })}
    />
  )
}

function TransformField({ columns, draft, onUse }: { columns: readonly Column[]; draft: Draft; onUse: OnUse }) {
  const names = columns.map(({ name }) => name)
  const negative = columns.find(({ summary }) => (summary?.min ?? 1) <= 0)
  const transform = useOf(names, draft, 'transform') ?? 'none'
  return (
    <>
      <SelectField
        label="Transform"
        hint="The logarithm spreads out values that lie close together near 0 and far apart beyond."
        value={transform}
        options={[
          { value: 'none', label: 'none' },
          { value: 'log', label: 'logarithm' },
        ]}
        onChange={(chosen) => onUse({ transform: chosen === 'none' ? undefined : chosen })}
      />
      {transform === 'log' && negative ? (
        <p className="advice">
          {negative.name} has values of 0 or below ({formatFigure(negative.summary?.min)}), which have no logarithm.
        </p>
      ) : null}
    </>
  )
}

interface FieldsProps {
  readonly names: readonly string[]
  readonly draft: Draft
  readonly onUse: OnUse
}

interface CategoryFieldsProps extends FieldsProps {
  /** Of a column that is selected alone. */
  readonly only: ColumnSummary | null | undefined
}

function CategoryFields({ names, only, draft, onUse }: CategoryFieldsProps) {
  return (
    <>
      <p className="muted">An input for each value: numbers by their size, then words by the alphabet.</p>
      {only ? (
        <ValueOrder summary={only} use={ownOf(draft.uses, only.name) ?? {}} onOrder={(values) => onUse({ values })} />
      ) : null}
      <SelectField
        label="Capitals"
        hint="Whether Red and red are one value."
        value={useOf(names, draft, 'fold') ? 'fold' : 'keep'}
        options={[
          { value: 'keep', label: 'tell apart' },
          { value: 'fold', label: 'same as small' },
        ]}
        onChange={(chosen) => onUse({ fold: chosen === 'fold' ? true : undefined })}
      />
      <SelectField
        label="New values"
        hint="What a prediction does with a value that was not there in training."
        value={useOf(names, draft, 'unseen') ?? 'stop'}
        options={[
          { value: 'stop', label: 'refuse the row' },
          { value: 'zero', label: 'none of the inputs' },
        ]}
        onChange={(chosen) => onUse({ unseen: chosen === 'stop' ? undefined : chosen })}
      />
    </>
  )
}

const PARTS = ['year', 'month', 'day', 'weekday', 'hour', 'minute'] as const

function DateField({ names, draft, onUse }: FieldsProps) {
  const parts = useOf(names, draft, 'date')?.parts
  return (
    <>
      <SelectField
        label="Becomes"
        hint="Seconds since the first training row, or an input for each part."
        value={parts ? 'parts' : 'seconds'}
        options={[
          { value: 'seconds', label: 'seconds' },
          { value: 'parts', label: 'its parts' },
        ]}
        onChange={(chosen) => onUse({ date: chosen === 'parts' ? { parts: ['year', 'month', 'day'] } : undefined })}
      />
      {parts ? (
        <fieldset className="parts">
          <legend className="unseen">Parts of the date</legend>
          {PARTS.map((part) => (
            <Button
              key={part}
              label={part}
              on={parts.includes(part)}
              onClick={() => {
                const next = PARTS.filter((other) => parts.includes(other) !== (other === part))
                onUse({ date: next.length > 0 ? { parts: next } : undefined })
              }}
            />
          ))}
        </fieldset>
      ) : null}
    </>
  )
}

/** Values of a category that are listed. */
const LISTED = 12

function Facts({ summary, rows }: { summary: ColumnSummary; rows: number }) {
  const { type, min, mean, max, distinct, missing, values } = summary
  const numeric = type === 'number' && min !== null
  return (
    <>
      {type === 'number' || type === 'date' ? (
        <div className="facts-figure">
          <Figure summary={summary} rows={rows} />
        </div>
      ) : null}
      <dl className="facts">
        {numeric ? (
          <>
            <dt>Smallest</dt>
            <dd>{formatFigure(min)}</dd>
            <dt>Mean</dt>
            <dd>{formatFigure(mean)}</dd>
            <dt>Largest</dt>
            <dd>{formatFigure(max)}</dd>
          </>
        ) : null}
        <dt>Different values</dt>
        <dd>{formatCount(distinct)}</dd>
        <dt>Missing</dt>
        <dd>{missing > 0 ? `${formatCount(missing)} of ${formatCount(rows)}` : 'none'}</dd>
      </dl>
      {type === 'text' || type === 'boolean' ? (
        <ul className="values">
          {values.slice(0, LISTED).map(({ text, count }) => (
            <li key={text}>
              <span className="grow">{text}</span>
              <span className="num muted">
                {formatCount(count)} · {share(count, rows)}
              </span>
            </li>
          ))}
          {distinct > LISTED ? <li className="muted">and {formatCount(distinct - LISTED)} more</li> : null}
        </ul>
      ) : null}
    </>
  )
}
