/** Chosen columns with missing cells: nothing is filled or left out before somebody says so, and what was said stays in sight. */
import { useState } from 'react'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import type { Change } from './change'
import { DecisionButtons, DecisionSelect } from './Decision'
import { withUse } from './draft'
import { type GapKind, type GapRule, gapRange, rowsText } from './gaps'
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
      <DecisionButtons
        title={`Missing values of ${title}`}
        chosen={common ?? null}
        options={rules.map((rule) => ({
          value: rule,
          label: rule === 'drop' ? `Drop ${rowsText(gapRange(columns, rows))}` : LABELS[rule],
          hint: HINTS[rule],
        }))}
        onDecide={(rule) => decide(names, rule)}
      />
      {only
        ? null
        : columns.slice(0, all ? undefined : LISTED).map(({ name, missing, rule: chosen }) => (
            <div className="row" key={name}>
              <span className="grow" title={name}>
                {name} <span className="muted num">{formatCount(missing)}</span>
              </span>
              <DecisionSelect
                title={`Missing values of ${name}`}
                chosen={chosen}
                options={rules.map((rule) => ({ value: rule, label: LABELS[rule] }))}
                onDecide={(rule) => decide([name], rule)}
              />
            </div>
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
