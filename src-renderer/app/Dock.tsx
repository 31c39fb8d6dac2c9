/** Below the network: the loss, how good the predictions are, what the data are like, and what the studio has to say. */
import { Tabs } from '@base-ui/react/tabs'
import { useState } from 'react'
import { DataPanel } from '../data/panel/DataPanel'
import { DataViewSwitch } from '../data/panel/DataViewSwitch'
import { PredictionsPanel } from '../predictions/PredictionsPanel'
import { ViewSwitch } from '../predictions/ViewSwitch'
import { useStudio } from '../state/studio'
import { GoBackButton } from '../training/BestNote'
import { LossChart } from '../training/LossChart'
import { ActionButton } from './ActionButton'
import { logScale, smooth } from './actions/view'

export function Dock() {
  const [tab, setTab] = useState('loss')
  return (
    <Tabs.Root className="dock" value={tab} onValueChange={setTab}>
      <div className="tabs">
        <Tabs.List className="tab-list" aria-label="Dock">
          <Tabs.Tab className="tab" value="loss">
            Loss
          </Tabs.Tab>
          <Tabs.Tab className="tab" value="predictions">
            Predictions
          </Tabs.Tab>
          <Tabs.Tab className="tab" value="data">
            Data
          </Tabs.Tab>
          <Tabs.Tab className="tab" value="log">
            Log
          </Tabs.Tab>
        </Tabs.List>
        <span className="spring" />
        {tab === 'loss' ? (
          <>
            <GoBackButton />
            <ActionButton action={logScale} label="log" icon={null} hint="Logarithmic axis." />
            <ActionButton action={smooth} label="smooth" icon={null} />
          </>
        ) : null}
        {tab === 'predictions' ? <ViewSwitch /> : null}
        {tab === 'data' ? <DataViewSwitch /> : null}
      </div>
      <Tabs.Panel className="tab-panel" value="loss">
        <LossChart />
      </Tabs.Panel>
      <Tabs.Panel className="tab-panel" value="predictions">
        <PredictionsPanel />
      </Tabs.Panel>
      <Tabs.Panel className="tab-panel" value="data">
        <DataPanel />
      </Tabs.Panel>
      <Tabs.Panel className="tab-panel" value="log">
        <Log />
      </Tabs.Panel>
    </Tabs.Root>
  )
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
