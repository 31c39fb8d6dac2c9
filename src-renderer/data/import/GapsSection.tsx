/** Chosen columns with missing cells: nothing is filled or left out before somebody says so, and what was said stays in sight. */
import { useState } from 'react'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import type { Change } from './change'
import { withUse } from './draft'
import { type GapKind, type GapRule, type Gaps, gapRange, rowsText } from './gaps'
import { withRole } from './roles'

interface GapsSectionProps {
  readonly kinds: readonly GapKind[]
  readonly rows: number
  readonly onChange: Change
}

const WHAT: Readonly<Record<GapKind['kind'], string>> = {
  numbers: 'inputs of numbers',
  categories: 'categories',
  targets: 'targets',
}
const LABELS: Readonly<Record<GapRule, string>> = {
  drop: 'Drop rows',
  mean: 'Fill with the mean',
  value: 'A value of its own',
}
const HINTS: Readonly<Record<GapRule, string>> = {
  drop: 'Rows with a missing value in these columns are left out.',
  mean: 'The mean of the training rows; the model remembers it for new data.',
  value: 'Missing is one more value of the category.',
}
/** Columns that are listed at first. */
const LISTED = 6

export function GapsSection({ kinds, rows, onChange }: GapsSectionProps) {
  if (kinds.length === 0) return null
  return (
    <section className="section" aria-label="Missing values">
      <h2>Missing values</h2>
      {kinds.map((kind) => (
        <Kind key={kind.kind} kind={kind} rows={rows} onChange={onChange} />
      ))}
    </section>
  )
}

function Kind({ kind, rows, onChange }: { kind: GapKind; rows: number; onChange: Change }) {
  const [all, setAll] = useState(false)
  const { columns, rules } = kind
  const names = columns.map(({ name }) => name)
  const [one] = columns
  const only = columns.length === 1 ? one : undefined
  const common = columns.every(({ rule }) => rule === one?.rule) ? one?.rule : undefined
  const decide = (some: readonly string[], rule: GapRule | null) =>
    onChange((before) => ({ uses: withUse(before.uses, some, { missing: rule ?? undefined }) }))
  const title = only ? only.name : `${formatCount(columns.length)} ${WHAT[kind.kind]}`
  return (
    <div className={columns.some(({ rule }) => rule === null) ? 'problem open' : 'problem'}>
      <p>
        <b className="wrap">{title}</b>{' '}
        <span className="muted">
          {only ? `${formatCount(only.missing)} of ${formatCount(rows)} missing` : 'with missing values'}
        </span>
      </p>
      <fieldset className="segments">
        <legend className="unseen">Missing values of {title}</legend>
        {rules.map((rule) => (
          <Button
            key={rule}
            label={rule === 'drop' ? `Drop ${rowsText(gapRange(columns, rows))}` : LABELS[rule]}
            on={common === rule}
            hint={HINTS[rule]}
            onClick={() => decide(names, common === rule ? null : rule)}
          />
        ))}
      </fieldset>
      {only
        ? null
        : columns
            .slice(0, all ? undefined : LISTED)
            .map((gaps) => (
              <One key={gaps.name} gaps={gaps} rules={rules} onDecide={(rule) => decide([gaps.name], rule)} />
            ))}
      <div className="row wrap">
        {columns.length > LISTED ? (
          <Button label={all ? 'Show fewer' : `Show all ${formatCount(columns.length)}`} onClick={() => setAll(!all)} />
        ) : null}
        <Button
          label={only ? 'Ignore column' : 'Ignore columns'}
          hint={`Leaves ${only ? only.name : 'them'} out.`}
          onClick={() => onChange((before) => ({ roles: withRole(before.roles, names, 'ignore') }))}
        />
      </div>
    </div>
  )
}

interface OneProps {
  readonly gaps: Gaps
  readonly rules: readonly GapRule[]
  readonly onDecide: (rule: GapRule | null) => void
}

function One({ gaps: { name, missing, rule }, rules, onDecide }: OneProps) {
  return (
    <div className="row">
      <span className="grow" title={name}>
        {name} <span className="muted num">{formatCount(missing)}</span>
      </span>
      <select
        className="select short"
        aria-label={`Missing values of ${name}`}
        value={rule ?? ''}
        onChange={(event) => onDecide(rules.find((own) => own === event.target.value) ?? null)}
      >
        <option value="">not decided</option>
        {rules.map((own) => (
          <option key={own} value={own}>
            {LABELS[own].toLowerCase()}
          </option>
        ))}
      </select>
    </div>
  )
}
