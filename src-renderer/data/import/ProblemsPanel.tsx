/** What is wrong or remarkable in the table, and what to do about it. */
import { useState } from 'react'
import type { TableSummary } from '../../../src-shared/contract/data'
import type { ReadAction } from '../../../src-shared/contract/job'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import { CodesSection } from './CodesSection'
import type { Change } from './change'
import type { Column } from './columns'
import { DecisionButtons, DecisionSelect } from './Decision'
import { codesOf } from './decisions'
import { type Draft, withType } from './draft'
import { GapsSection } from './GapsSection'
import { gapKinds, withBadMissing } from './gaps'
import {
  actionOf,
  groupAction,
  grouped,
  groupTitle,
  type ProblemGroup,
  placesText,
  withAction,
  withAllAction,
  withGroupAction,
} from './problems'
import { withRole } from './roles'
import { SpellingsSection } from './SpellingsSection'
import { spellingsIn } from './spellings'

interface ProblemsPanelProps {
  readonly table: TableSummary
  readonly columns: readonly Column[]
  readonly draft: Draft
  readonly onChange: Change
}

type Decided = Exclude<ReadAction, 'stop'>

/** What can be decided; as long as nothing is, the table cannot be used. */
const ACTIONS: readonly { readonly value: Decided; readonly label: string }[] = [
  { value: 'missing', label: 'Count as missing' },
  { value: 'drop', label: 'Drop rows' },
]
const decided = (action: ReadAction | null): Decided | null => (action === 'stop' ? null : action)
/** Groups of problems that are listed at first. */
const GROUPS = 12
/** Texts of a column that are listed one by one. */
const LISTED = 6

export function ProblemsPanel({ table, columns, draft, onChange }: ProblemsPanelProps) {
  const [listed, setListed] = useState(GROUPS)
  const inOrder = columns.map(({ role }) => role)
  const roles = new Map(columns.map(({ name, role }) => [name, role]))
  const isIgnored = ({ column }: ProblemGroup) => column !== null && roles.get(column) === 'ignore'
  // What concerns nothing that is used comes last.
  const groups = [...grouped(table.problems)].sort((a, b) => Number(isIgnored(a)) - Number(isIgnored(b)))
  const inCells = groups.filter(({ column }) => column !== null)
  const all = `All bad cells of ${formatCount(inCells.length)} columns`
  return (
    <>
      {groups.length > 0 ? (
        <section className="section" aria-label="Problems">
          <h2>Problems</h2>
          {inCells.length > 1 ? (
            <>
              <p aria-hidden>{all}</p>
              <DecisionButtons
                title={`What to do: ${all}`}
                chosen={decided(commonAction(inCells, draft))}
                options={ACTIONS}
                onDecide={(action) => onChange((before) => ({ read: withAllAction(before.read, action ?? 'stop') }))}
              />
            </>
          ) : null}
          {groups.slice(0, listed).map((group) => (
            <Problem
              key={`${group.kind} ${group.column}`}
              group={group}
              ignored={isIgnored(group)}
              draft={draft}
              onChange={onChange}
            />
          ))}
          {groups.length > listed ? (
            <Button
              label={`Show ${formatCount(groups.length - listed)} more`}
              onClick={() => setListed(listed + 10 * GROUPS)}
            />
          ) : null}
        </section>
      ) : null}
      <CodesSection codes={codesOf(table, inOrder, draft.values)} table={table} onChange={onChange} />
      <GapsSection
        kinds={gapKinds(withBadMissing(table, draft.read), inOrder, draft.uses)}
        rows={table.rows}
        onChange={onChange}
      />
      <SpellingsSection found={spellingsIn(table.columns, inOrder, draft.uses)} onChange={onChange} />
      {table.notes.length > 0 ? (
        <section className="section" aria-label="Good to know">
          <h2>Good to know</h2>
          <ul className="notes">
            {table.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

/** What is done with all groups; null where it differs. */
function commonAction(groups: readonly ProblemGroup[], { read }: Draft): ReadAction | null {
  const [first, ...others] = groups.map((group) => groupAction(group, read))
  return first !== undefined && others.every((other) => other === first) ? first : null
}

interface ProblemProps {
  readonly group: ProblemGroup
  /** Whether nothing has to be done: its column is not used. */
  readonly ignored: boolean
  readonly draft: Draft
  readonly onChange: Change
}

function Problem({ group, ignored, draft, onChange }: ProblemProps) {
  const [all, setAll] = useState(false)
  const { column, problems } = group
  const title = groupTitle(group)
  const action = groupAction(group, draft.read)
  const drop = `Drop ${formatCount(group.count)} ${column === null ? 'line' : 'row'}${group.count === 1 ? '' : 's'}`
  const actions = ACTIONS.filter(({ value }) => value !== 'missing' || group.kind !== 'long-line').map((own) =>
    own.value === 'drop' ? { ...own, label: drop } : own,
  )
  const shown = all ? problems : problems.slice(0, LISTED)
  return (
    <div className={ignored ? 'problem ignored' : action === 'stop' ? 'problem open' : 'problem'}>
      <div className="row">
        <b className="grow wrap">{title}</b>
      </div>
      <DecisionButtons
        title={`What to do: ${title}`}
        chosen={decided(action)}
        options={actions}
        onDecide={(chosen) => onChange((before) => ({ read: withGroupAction(before.read, group, chosen ?? 'stop') }))}
      />
      <div className="row wrap">
        {column !== null && group.kind !== 'too-long-integer' ? (
          <Button
            label="Read as category"
            hint={`Takes ${column} for a category instead.`}
            onClick={() => onChange((before) => ({ read: withType(before.read, [column], 'text') }))}
          />
        ) : null}
        {column !== null && !ignored ? (
          <Button
            label="Ignore column"
            hint={`Leaves ${column} out.`}
            onClick={() => onChange((before) => ({ roles: withRole(before.roles, [column], 'ignore') }))}
          />
        ) : null}
      </div>
      {column === null
        ? problems.map((problem) => (
            <p className="muted" key={problem.places[0]}>
              {placesText(problem)}
            </p>
          ))
        : shown.map((problem) => (
            <div className="row" key={problem.text}>
              <span className="grow" title={problem.places.join(', ')}>
                {problem.text === null ? 'others' : <code>{problem.text}</code>}{' '}
                <span className="muted">{placesText(problem)}</span>
              </span>
              {problems.length > 1 && problem.text !== null ? (
                <DecisionSelect
                  title={`What to do with ${problem.text} of ${column}`}
                  chosen={decided(actionOf(problem, draft.read))}
                  options={ACTIONS}
                  onDecide={(chosen) =>
                    onChange((before) => ({ read: withAction(before.read, problem, chosen ?? 'stop') }))
                  }
                />
              ) : null}
            </div>
          ))}
      {column !== null && problems.length > LISTED ? (
        <Button label={all ? 'Show fewer' : `Show all ${formatCount(problems.length)}`} onClick={() => setAll(!all)} />
      ) : null}
    </div>
  )
}
