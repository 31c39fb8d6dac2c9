/** Numbers and texts that probably stand for a missing value: taken as such, or as a value, before the table is used. */
import type { TableSummary } from '../../../src-shared/contract/data'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import type { Change } from './change'
import type { Code } from './decisions'

interface CodesSectionProps {
  readonly codes: readonly Code[]
  readonly table: TableSummary
  readonly onChange: Change
}

/** Columns that are named. */
const NAMED = 12

const listed = (columns: readonly string[]) =>
  columns.length <= NAMED
    ? columns.join(', ')
    : `${columns.slice(0, NAMED).join(', ')} and ${formatCount(columns.length - NAMED)} more`

export function CodesSection({ codes, table, onChange }: CodesSectionProps) {
  if (codes.length === 0) return null
  const missing = (text: string) =>
    onChange((before) => ({
      read: { ...before.read, missing: [...(before.read.missing ?? table.read.missing), text] },
    }))
  const value = (text: string, isValue: boolean) =>
    onChange(({ values }) => {
      const next = new Set(values === 'all' ? codes.map((code) => code.text) : values)
      if (isValue) next.add(text)
      else next.delete(text)
      return { values: next }
    })
  return (
    <section className="section" aria-label="Perhaps missing">
      <h2>Perhaps missing</h2>
      {codes.map(({ text, count, columns, isValue }) => (
        <div className={isValue ? 'problem' : 'problem open'} key={text}>
          <p>
            <code>{text}</code> stands {count === 1 ? 'once' : `${formatCount(count)} times`} in {listed(columns)}.
          </p>
          <fieldset className="segments">
            <legend className="unseen">What {text} means</legend>
            <Button label="Count as missing" onClick={() => missing(text)} />
            <Button label="It is a value" on={isValue} onClick={() => value(text, !isValue)} />
          </fieldset>
        </div>
      ))}
    </section>
  )
}
