/** The shown report after an earlier one: ratios with their intervals, and which differences are more than chance. */
import { useMemo } from 'react'
import { compareReports, type Ratio, TEST_NOTE } from '../../src-shared/benchmark/compare'
import { TIMES } from '../../src-shared/benchmark/results'
import { SelectField } from '../ui/fields'
import { ratioText } from './columns'
import { compareWith, useBench } from './state'

const NONE = ''

export function Compare() {
  const report = useBench((state) => state.shown?.report ?? null)
  const before = useBench((state) => state.before)
  const kept = useBench((state) => state.kept)
  const others = kept.filter((one) => one.date !== report?.date && one.kind === 'benchmark')
  const compared = useMemo(() => report && before && compareReports(before, report), [report, before])
  if (report === null) return <div className="empty">Run a benchmark, or open a kept report under Set up.</div>
  if (others.length === 0)
    return <div className="empty">There is no other report yet: change something and run again.</div>
  const chosen = others.find(({ date }) => date === before?.date)?.id ?? NONE
  const missing = compared === null ? [] : [...compared.onlyBefore, ...compared.onlyAfter]
  return (
    <div className="bench-compare">
      <SelectField
        label="Before"
        value={chosen}
        options={[
          { value: NONE, label: 'Choose a report…' },
          ...others.map((one) => ({ value: one.id, label: `${one.title}, ${new Date(one.date).toLocaleString()}` })),
        ]}
        onChange={(value) => value !== NONE && compareWith(value)}
      />
      {compared === null ? null : (
        <>
          <table className="figures bench-rows" aria-label="Times after over times before">
            <thead>
              <tr>
                <th scope="col">method</th>
                {TIMES.map((time) => (
                  <th key={time} scope="col">
                    {time}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {compared.rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  {TIMES.map((time) => (
                    <RatioCell key={time} ratio={row[time]} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {missing.length === 0 ? null : <p className="bench-note">Only in one of them: {missing.join(', ')}.</p>}
          <p className="bench-note">{TEST_NOTE}</p>
        </>
      )}
    </div>
  )
}

function RatioCell({ ratio: { ratio, lower, upper, p, verdict } }: { ratio: Ratio }) {
  // Times that are noise around 0 have no ratio.
  const isTold = Number.isFinite(upper) && lower > 0
  return (
    <td title={`p = ${p.toPrecision(2)}`}>
      {isTold ? ratioText(ratio) : '–'}
      <span className="aside wide">{isTold ? `${lower.toFixed(2)} … ${upper.toFixed(2)}` : ''}</span>
      <span className={`verdict ${verdict === 'no difference' ? '' : verdict}`}>
        {verdict === 'faster' ? '▼ faster' : verdict === 'slower' ? '▲ slower' : 'same'}
      </span>
    </td>
  )
}
