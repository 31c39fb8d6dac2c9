/** Speed against accuracy: what the loss is after so many seconds of training, candidate by candidate. */
import { useId } from 'react'
import { finalLoss, type RaceLine } from '../../src-shared/benchmark/race'
import { drawable } from '../../src-shared/benchmark/race-report'
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
  const rows = race.scored?.rows ?? 'test'
  const isValidation = rows === 'validation'
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
        <span className="muted" role="status">
          {race.running !== null
            ? `${race.running} is training…`
            : 'Methods and engines of Set up, with the widths of the open network.'}
        </span>
      </div>
      {lines.length === 0 ? (
        <div className="empty">
          Every candidate trains on the open data for the same seconds; the loss of the test rows is drawn here, or of
          the validation rows where there are none.
        </div>
      ) : (
        <LineChart
          description={`Loss of the ${rows} rows over seconds: ${lines.map(named).join(', ')}`}
          xTitle={`seconds of training, and the loss of the ${rows} rows${isValidation ? ', as there are no test rows' : ''}`}
          xScale="linear"
          lines={lines.map((line) => ({
            name: named(line),
            points: drawable(line),
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

function named(line: RaceLine): string {
  return `${line.name} ${formatValue(finalLoss(line))} · ${formatCount(line.steps)}`
}
