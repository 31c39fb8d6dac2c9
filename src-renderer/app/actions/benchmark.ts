/** Actions on the benchmark: measuring, and taking its report along. */
import { CircleX, FileCode, FileImage, FileJson, FileSpreadsheet, FileText, Gauge, Play, Timer } from 'lucide-react'
import { scalingOf } from '../../../src-shared/benchmark/scaling'
import { saveReport } from '../../benchmark/save-report'
import { cancel, lookedAt, planNow, raceNow, run, startRace, useBench } from '../../benchmark/state'
import { showTab } from '../../state/panels'
import type { Action, Room, Submenu } from './action'
import { needsDocument, needsTrainable } from './needs'

const show: Action = {
  id: 'benchmark.show',
  title: 'Benchmark…',
  icon: Gauge,
  hint: 'How fast methods, engines and other programs are on this machine.',
  whyNot: needsDocument,
  run: () => showTab('benchmark'),
}

export const runBenchmark: Action = {
  id: 'benchmark.run',
  title: 'Run the benchmark',
  icon: Play,
  hint: 'Measures what is set up; training pauses for it.',
  whyNot: () =>
    needsDocument() ??
    (useBench.getState().running === null ? planNow(useBench.getState()).problem : 'A benchmark runs already.'),
  run() {
    showTab('benchmark')
    run()
  },
}

export const raceBenchmark: Action = {
  id: 'benchmark.race',
  title: 'Race on the open data',
  icon: Timer,
  hint: 'Every method of the benchmark trains on the open data for the same seconds; training pauses for it.',
  whyNot: () =>
    needsTrainable() ??
    (useBench.getState().running === null ? raceNow(useBench.getState()).problem : 'A benchmark runs already.'),
  run() {
    showTab('benchmark')
    startRace()
  },
}

export const cancelBenchmark: Action = {
  id: 'benchmark.cancel',
  title: 'Cancel the benchmark',
  icon: CircleX,
  hint: 'What was measured so far is kept.',
  whyNot() {
    const { running } = useBench.getState()
    if (running === null) return 'No benchmark runs.'
    return running.cancelling ? 'It ends already.' : null
  },
  run: cancel,
}

/** What an export takes along is what the panel shows: a race under Accuracy, a benchmark anywhere else. */
function needsReport(): string | null {
  const { view, race, shown, running } = useBench.getState()
  const isMissing = view === 'accuracy' ? race.lines.length === 0 : shown === null || shown.rows.length === 0
  if (lookedAt(useBench.getState()) === null && running !== null) return 'The benchmark runs: let it end, or cancel it.'
  if (!isMissing) return null
  return view === 'accuracy'
    ? 'Nothing was raced yet: press Race first.'
    : 'Nothing is measured yet: run the benchmark first.'
}

/** What only a benchmark has. */
function needsBenchmark(): string | null {
  return (
    needsReport() ?? (useBench.getState().view === 'accuracy' ? 'A race has none: look at a benchmark first.' : null)
  )
}

const csv: Action = {
  id: 'benchmark.csv',
  title: 'Save as CSV…',
  icon: FileSpreadsheet,
  hint: 'A line a row, the first columns as better_kan’s; of a race a line a point.',
  whyNot: needsReport,
  run: () => saveReport('csv'),
}

const samples: Action = {
  id: 'benchmark.samples',
  title: 'Save every sample as CSV…',
  icon: FileSpreadsheet,
  hint: 'A line a repetition.',
  whyNot: needsBenchmark,
  run: () => saveReport('samples'),
}

const markdown: Action = {
  id: 'benchmark.markdown',
  title: 'Save as Markdown…',
  icon: FileText,
  hint: 'The table with machine, versions and the command that repeats it.',
  whyNot: needsReport,
  run: () => saveReport('markdown'),
}

const page: Action = {
  id: 'benchmark.html',
  title: 'Save as HTML…',
  icon: FileCode,
  hint: 'One page with charts that opens anywhere and loads nothing.',
  whyNot: needsReport,
  run: () => saveReport('html'),
}

const json: Action = {
  id: 'benchmark.json',
  title: 'Save as JSON…',
  icon: FileJson,
  hint: 'Everything that was measured, for programs.',
  whyNot: needsReport,
  run: () => saveReport('json'),
}

const picture: Action = {
  id: 'benchmark.svg',
  title: 'Save chart as SVG…',
  icon: FileImage,
  hint: 'Bars with spreads, or the curves of a race: sharp in a paper.',
  whyNot: needsReport,
  run: () => saveReport('svg'),
}

const scaling: Action = {
  id: 'benchmark.scaling-svg',
  title: 'Save scaling as SVG…',
  icon: FileImage,
  hint: 'Lines with their slopes, of a report in which something grows.',
  whyNot() {
    const report = useBench.getState().shown?.report
    return (
      needsBenchmark() ?? (report && scalingOf(report.rows, 'step') === null ? 'Nothing grows in this report.' : null)
    )
  },
  run: () => saveReport('scaling'),
}

const SECTIONS = [
  [csv, samples],
  [markdown, page],
  [json, picture, scaling],
] as const

/** What the panel exports. */
export const reportRoom: Room = { title: 'Export benchmark', sections: SECTIONS }

const reports: Submenu = { title: reportRoom.title, actions: () => SECTIONS.flat() }

export const benchmarkSection: Room['sections'][number] = [show, runBenchmark, raceBenchmark, cancelBenchmark, reports]
