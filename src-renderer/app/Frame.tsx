/** One window, four areas: build on the left, the network, the inspector on the right, the dock below. */
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { Dialogs } from '../data/Dialogs'
import { Inspector } from '../inspector/Inspector'
import { useStudio } from '../state/studio'
import { Banners } from './Banners'
import { BuildPanel } from './BuildPanel'
import { Dock } from './Dock'
import { NetworkArea } from './NetworkArea'
import { Palette } from './palette/Palette'
import { ShortcutSheet } from './shortcuts-sheet/ShortcutSheet'
import { TopBar } from './TopBar'

export function Frame() {
  const connection = useStudio((state) => state.connection)
  const ready = useStudio((state) => state.document !== null)
  const columns = useDefaultLayout({ id: 'kan-studio.columns', storage: localStorage })
  const rows = useDefaultLayout({ id: 'kan-studio.rows', storage: localStorage })

  if (!ready)
    return (
      <main className="waiting" aria-busy={connection === 'connecting'}>
        <h1>KAN Studio</h1>
        <p>
          {connection === 'connecting'
            ? 'Opening…'
            : 'The studio does not answer. Start it again and reload this page.'}
        </p>
      </main>
    )

  return (
    <div className="frame">
      <TopBar />
      <Banners />
      <Group className="columns" {...columns}>
        <Panel
          id="build"
          className="side"
          defaultSize="252px"
          minSize="184px"
          maxSize="360px"
          groupResizeBehavior="preserve-pixel-size"
        >
          <BuildPanel />
        </Panel>
        <Separator className="separator" />
        <Panel id="middle" minSize="280px">
          <Group orientation="vertical" {...rows}>
            <Panel id="network" minSize="160px">
              <NetworkArea />
            </Panel>
            <Separator className="separator" />
            <Panel id="dock" defaultSize="228px" minSize="96px" groupResizeBehavior="preserve-pixel-size">
              <Dock />
            </Panel>
          </Group>
        </Panel>
        <Separator className="separator" />
        <Panel
          id="inspector"
          className="side"
          defaultSize="288px"
          minSize="232px"
          maxSize="440px"
          groupResizeBehavior="preserve-pixel-size"
        >
          <Inspector />
        </Panel>
      </Group>
      <Dialogs />
      <Palette />
      <ShortcutSheet />
    </div>
  )
}
