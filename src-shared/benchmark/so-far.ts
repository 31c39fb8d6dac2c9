/** What of the events of a benchmark or a race tells all that is known by now? For whoever comes to watch in the midst of it. */
import type { BenchEvent } from './event'
import type { RaceEvent } from './race'

/** The events that are worth telling again after another one; none once it has ended. */
export function benchSoFar(before: readonly BenchEvent[], event: BenchEvent): readonly BenchEvent[] {
  switch (event.type) {
    case 'started':
      return [event]
    case 'turn-started':
      return [...before.filter(({ type }) => type !== 'turn-started'), event]
    case 'samples':
      return [...before.filter((earlier) => rowOf(earlier) !== event.row.name), event]
    case 'row-failed':
      return [...before.filter((earlier) => rowOf(earlier) !== event.row), event]
    case 'row-done':
      return before
    case 'ended':
      return []
  }
}

export function raceSoFar(before: readonly RaceEvent[], event: RaceEvent): readonly RaceEvent[] {
  switch (event.type) {
    case 'started':
      return [event]
    case 'line':
      return [...before.filter((earlier) => earlier.type !== 'line' || earlier.line.name !== event.line.name), event]
    case 'ended':
      return []
  }
}

/** The row that an event is about. */
function rowOf(event: BenchEvent): string | null {
  switch (event.type) {
    case 'turn-started':
    case 'row-failed':
      return event.row
    case 'samples':
    case 'row-done':
      return event.row.name
    default:
      return null
  }
}
