/** The dock's Benchmark: choose what to measure, watch it, look at it in a table and charts, and take it along. */
import { Menu } from '@base-ui/react/menu'
import { useEffect } from 'react'
import { ActionButton } from '../app/ActionButton'
import { cancelBenchmark, reportRoom, runBenchmark } from '../app/actions/benchmark'
import { MenuPopup, RoomItems } from '../app/MainMenu'
import { Button } from '../ui/Button'
import { formatDuration } from '../ui/format'
import { Compare } from './Compare'
import { Figures } from './Figures'
import { Race } from './Race'
import { ScalingChart } from './ScalingChart'
import { Setup } from './Setup'
import { type BenchView, readKept, useBench } from './state'
import './benchmark.css'

const VIEWS: readonly { readonly view: BenchView; readonly label: string; readonly hint: string }[] = [
  { view: 'setup', label: 'Set up', hint: 'What is to be measured, and reports that were kept.' },
  { view: 'figures', label: 'Figures', hint: 'Every row in a table and as bars.' },
  { view: 'scaling', label: 'Scaling', hint: 'How time grows with the batch, the width or the grid.' },
  { view: 'accuracy', label: 'Accuracy', hint: 'How well each method does after the same seconds of training.' },
  { view: 'compare', label: 'Compare', hint: 'This report after an earlier one, and which differences are real.' },
]

export function BenchmarkPanel() {
  const view = useBench((state) => state.view)
  useEffect(() => void readKept(), [])
  return (
    <div className="bench">
      <div className="bench-head">
        {VIEWS.map(({ view: one, label, hint }) => (
          <Button key={one} {...{ label, hint }} on={view === one} onClick={() => useBench.setState({ view: one })} />
        ))}
        <Status />
        <RunButton />
        <Menu.Root>
          <Menu.Trigger className="button outlined" aria-label="Export the report">
            Export
          </Menu.Trigger>
          <MenuPopup>
            <RoomItems room={reportRoom} />
          </MenuPopup>
        </Menu.Root>
      </div>
      <div className="bench-body">
        <View view={view} />
      </div>
    </div>
  )
}

function View({ view }: { view: BenchView }) {
  switch (view) {
    case 'setup':
      return <Setup />
    case 'figures':
      return <Figures />
    case 'scaling':
      return <ScalingChart />
    case 'accuracy':
      return <Race />
    case 'compare':
      return <Compare />
  }
}

function RunButton() {
  const runs = useBench((state) => state.running !== null)
  return runs ? (
    <ActionButton action={cancelBenchmark} label="Cancel" look="outlined" />
  ) : (
    <ActionButton action={runBenchmark} label="Run" look="primary" />
  )
}

/** How far it is, or what is shown. */
function Status() {
  const running = useBench((state) => state.running)
  const shown = useBench((state) => state.shown)
  if (running === null) {
    const date = shown?.report?.date
    return (
      <span className="bench-status">
        {shown === null || date === undefined ? null : (
          <>
            <b title={shown.title}>{shown.title}</b>
            {new Date(date).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
            {shown.report?.cancelled ? ', cancelled' : ''}
          </>
        )}
      </span>
    )
  }
  const { turn, turns, remainingSeconds, cancelling } = running
  const left = remainingSeconds === null ? '' : ` · ${formatDuration(remainingSeconds)} left`
  return (
    <span className="bench-status">
      <progress aria-label="Benchmark" value={turn} max={Math.max(1, turns)} />
      <span className="num">
        {cancelling ? 'Cancelling…' : turns === 0 ? 'Starting…' : `${turn} of ${turns}${left}`}
      </span>
    </span>
  )
}
