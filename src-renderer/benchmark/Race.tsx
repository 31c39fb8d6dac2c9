/** Speed against accuracy: what the validation rows' loss is after so many seconds of training, candidate by candidate. */
import { useId } from 'react'
import type { RaceLine } from '../../src-shared/benchmark/race'
import { ActionButton } from '../app/ActionButton'
import { raceBenchmark } from '../app/actions/benchmark'
import { formatCount, formatValue } from '../ui/format'
import { LineChart } from './LineChart'
import { useBench } from './state'

export function Race() {
  const id = useId()
  const seconds = useBench((state) => state.raceSeconds)
  const race = useBench((state) => state.race)
  const lines = race.lines.filter(({ points }) => points.length > 0)
  return (
    <div className="bench-chart whole">
      <div className="bench-key">
        <label htmlFor={id}>Seconds each</label>
        <input
          id={id}
          className="input race-seconds"
          value={seconds}
          onChange={({ target }) => useBench.setState({ raceSeconds: target.value })}
        />
        <ActionButton action={raceBenchmark} label="Race" look="outlined" />
        <span className="muted">
          {race.running === null
            ? 'Loss of the validation rows, and steps: methods and engines of Set up, widths of the open network.'
            : `${race.running} is training…`}
        </span>
      </div>
      {lines.length === 0 ? (
        <div className="empty">
          Every candidate trains on the open data for the same seconds; its loss is drawn here.
        </div>
      ) : (
        <LineChart
          description={`Validation loss over seconds: ${lines.map(named).join(', ')}`}
          xTitle="seconds of training"
          xScale="linear"
          lines={lines.map((line) => ({
            name: named(line),
            points: line.points.filter(([, loss]) => loss > 0).map(([x, y]) => ({ x, y })),
            marked: false,
          }))}
        />
      )}
      {race.lines.map(({ name, problem }) =>
        problem === null ? null : (
          <p key={name} className="bench-warning">
            {name}: {problem}
          </p>
        ),
      )}
    </div>
  )
}

function named({ name, points, test, steps }: RaceLine): string {
  const last = points.at(-1)?.[1]
  const value = test === null ? formatValue(last) : `test ${formatValue(test)}`
  return `${name} ${value} · ${formatCount(steps)}`
}
