/** In how many rows of the table that was predicted is the class the one that the table says itself? */
import type { ClassComparison } from '../../src-shared/contract/compute'
import { formatCount } from '../ui/format'

export function ComparedClasses({ columns, rows, right, strange }: ClassComparison) {
  const named = columns.length === 1 ? columns[0] : `the table’s ${formatCount(columns.length)} classes`
  return (
    <section aria-label="Compared with the table">
      <p>
        {rows === 0 ? (
          <>No predicted row has a class in {named}.</>
        ) : (
          <>
            Compared with {named}: accuracy <b className="num">{Math.floor((1000 * right) / rows) / 10} %</b>,{' '}
            {formatCount(right)} of {formatCount(rows)} right.
          </>
        )}
      </p>
      {strange.length === 0 ? null : (
        <p className="predicted-warning">Not among the network’s classes, and so wrong: {strange.join(', ')}.</p>
      )}
    </section>
  )
}
