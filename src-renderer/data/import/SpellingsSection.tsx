/** Values of categories that differ by capitals only: told, and read as one where a person says so. */
import { Fragment } from 'react'
import { formatCount } from '../../ui/format'
import type { Change } from './change'
import { DecisionButtons } from './Decision'
import { withUse } from './draft'
import type { Spellings } from './spellings'

interface SpellingsSectionProps {
  readonly found: readonly Spellings[]
  readonly onChange: Change
}

/** Columns, and values of each, that are listed. */
const COLUMNS = 12
const VALUES = 4

export function SpellingsSection({ found, onChange }: SpellingsSectionProps) {
  if (found.length === 0) return null
  const decide = (columns: readonly Spellings[]) => (chosen: 'one' | null) =>
    onChange(({ uses }) => ({
      // An order of the values that was chosen is of the values before.
      uses: withUse(
        uses,
        columns.map(({ column }) => column),
        { fold: chosen === 'one' ? true : undefined, values: undefined },
      ),
    }))
  const all = `All ${formatCount(found.length)} columns`
  return (
    <section className="section" aria-label="Spellings">
      <h2>Spellings</h2>
      {found.length > 1 ? (
        <>
          <p aria-hidden>{all}</p>
          <Choice title={all} isOne={found.every(({ isOne }) => isOne)} onDecide={decide(found)} />
        </>
      ) : null}
      {found.slice(0, COLUMNS).map((own) => (
        <div className="problem" key={own.column}>
          <p>
            <b className="wrap">{own.column}</b> <span className="muted">has values that differ by capitals only</span>
          </p>
          {own.values.slice(0, VALUES).map((same) => (
            <p key={same[0]?.text}>
              {same.map(({ text, count }, k) => (
                <Fragment key={text}>
                  {k === 0 ? '' : ', '}
                  <code>{text}</code> <span className="num muted">{formatCount(count)}</span>
                </Fragment>
              ))}
            </p>
          ))}
          {own.values.length > VALUES ? (
            <p className="muted">and {formatCount(own.values.length - VALUES)} more</p>
          ) : null}
          <Choice title={own.column} isOne={own.isOne} onDecide={decide([own])} />
        </div>
      ))}
      {found.length > COLUMNS ? <p className="muted">and {formatCount(found.length - COLUMNS)} more columns</p> : null}
    </section>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly isOne: boolean
  readonly onDecide: (chosen: 'one' | null) => void
}

function Choice({ title, isOne, onDecide }: ChoiceProps) {
  return (
    <DecisionButtons
      title={`Spellings of ${title}`}
      chosen={isOne ? 'one' : null}
      options={[
        { value: 'one', label: 'Read as one', hint: 'Capitals and small letters are the same, in new data too.' },
      ]}
      onDecide={onDecide}
    />
  )
}
