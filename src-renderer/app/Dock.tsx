/** Below the network: the loss, how good the predictions are, what the data are like, how fast all of it is, and what the studio has to say. */
import { Tabs } from '@base-ui/react/tabs'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { BenchmarkPanel } from '../benchmark/BenchmarkPanel'
import { DataPanel } from '../data/panel/DataPanel'
import { DataViewSwitch } from '../data/panel/DataViewSwitch'
import { PredictionsPanel } from '../predictions/PredictionsPanel'
import { ViewSwitch } from '../predictions/ViewSwitch'
import { type DockTab, showTab, usePanels } from '../state/panels'
import { useStudio } from '../state/studio'
import { GoBackButton } from '../training/BestNote'
import { LossChart } from '../training/LossChart'
import { ActionButton } from './ActionButton'
import { dockShown } from './actions/panels'
import { logScale, smooth } from './actions/view'

const TABS: readonly { readonly tab: DockTab; readonly title: string }[] = [
  { tab: 'loss', title: 'Loss' },
  { tab: 'predictions', title: 'Predictions' },
  { tab: 'data', title: 'Data' },
  { tab: 'benchmark', title: 'Benchmark' },
  { tab: 'log', title: 'Log' },
]

/** @param closed only the tabs, each of which opens it */
export function Dock({ closed = false }: { closed?: boolean }) {
  const tab = usePanels((panels) => panels.tab)
  return (
    <Tabs.Root
      className={closed ? 'dock closed' : 'dock'}
      value={closed ? null : tab}
      onValueChange={(next: DockTab) => showTab(next)}
    >
      <div className="tabs">
        <Tabs.List className="tab-list" aria-label="Dock">
          {TABS.map((one) => (
            <Tabs.Tab key={one.tab} className="tab" value={one.tab}>
              {one.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <span className="spring" />
        {closed ? null : <TabTools tab={tab} />}
        <span className="panel-buttons">
          <ActionButton
            action={dockShown}
            label={closed ? 'Show the dock' : 'Hide the dock'}
            icon={closed ? ChevronUp : ChevronDown}
            iconOnly
          />
        </span>
      </div>
      {closed ? null : (
        <>
          <Tabs.Panel className="tab-panel" value="loss">
            <LossChart />
          </Tabs.Panel>
          <Tabs.Panel className="tab-panel" value="predictions">
            <PredictionsPanel />
          </Tabs.Panel>
          <Tabs.Panel className="tab-panel" value="data">
            <DataPanel />
          </Tabs.Panel>
          <Tabs.Panel className="tab-panel" value="benchmark">
            <BenchmarkPanel />
          </Tabs.Panel>
          <Tabs.Panel className="tab-panel" value="log">
            <Log />
          </Tabs.Panel>
        </>
      )}
    </Tabs.Root>
  )
}

function TabTools({ tab }: { tab: DockTab }) {
  switch (tab) {
    case 'loss':
      return (
        <>
          <GoBackButton />
          <ActionButton action={logScale} label="log" icon={null} hint="Logarithmic axis." />
          <ActionButton action={smooth} label="smooth" icon={null} />
        </>
      )
    case 'predictions':
      return <ViewSwitch />
    case 'data':
      return <DataViewSwitch />
    case 'benchmark':
    case 'log':
      return null
  }
}

function Log() {
  const lines = useStudio((state) => state.log)
  if (lines.length === 0) return <div className="empty">Nothing to tell yet.</div>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="log" aria-label="Log" tabIndex={0}>
      {lines.join('\n')}
    </section>
  )
}
