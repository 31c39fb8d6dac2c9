/** Chosen columns with missing cells: nothing is filled or left out before somebody says so. */
import type { TableSummary } from '../../../src-shared/contract/data'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import type { Change } from './change'
import type { Column } from './columns'
import { type Draft, undecided, withUse } from './draft'
import { withRole } from './roles'

interface GapsSectionProps {
  readonly table: TableSummary
  readonly columns: readonly Column[]
  readonly draft: Draft
  readonly onChange: Change
}

export function GapsSection({ table, columns, draft, onChange }: GapsSectionProps) {
  const summaries = columns.flatMap(({ summary }) => (summary ? [summary] : []))
  const open = undecided(
    summaries,
    columns.map(({ role }) => role),
    draft.uses,
  )
  if (open.length === 0 || summaries.length < columns.length) return null
  const roles = new Map(columns.map(({ name, role }) => [name, role]))
  const names = open.map(({ name }) => name)
  const can = (rule: 'mean' | 'value') =>
    open
      .filter(({ name, type }) => roles.get(name) === 'input' && (type === 'text') === (rule === 'value'))
      .map(({ name }) => name)
  const [one] = open
  const decide = (some: readonly string[], missing: 'drop' | 'mean' | 'value') =>
    onChange((before) => ({ uses: withUse(before.uses, some, { missing }) }))
  return (
    <section className="section" aria-label="Missing values">
      <h2>Missing values</h2>
      <div className="problem open">
        <p>
          {open.length === 1 && one
            ? `${one.name}: ${formatCount(one.missing)} of ${formatCount(table.rows)} are missing.`
            : `${formatCount(open.length)} chosen columns have missing values: ${names.slice(0, 4).join(', ')}${names.length > 4 ? '…' : ''}`}
        </p>
        <div className="row wrap">
          <Button
            label={open.length === 1 && one ? `Drop ${formatCount(one.missing)} rows` : 'Drop those rows'}
            look="outlined"
            hint="Rows with a missing value in a chosen column are left out."
            onClick={() => decide(names, 'drop')}
          />
          {can('mean').length > 0 ? (
            <Button
              label="Fill with the mean"
              look="outlined"
              hint="The mean of the training rows; the model remembers it for new data."
              onClick={() => decide(can('mean'), 'mean')}
            />
          ) : null}
          {can('value').length > 0 ? (
            <Button
              label="A value of its own"
              look="outlined"
              hint="Missing is one more value of the category."
              onClick={() => decide(can('value'), 'value')}
            />
          ) : null}
          <Button
            label="Ignore"
            look="outlined"
            onClick={() => onChange((before) => ({ roles: withRole(before.roles, names, 'ignore') }))}
          />
        </div>
      </div>
    </section>
  )
}
