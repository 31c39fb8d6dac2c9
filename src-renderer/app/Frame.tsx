/** One window, four areas: build on the left, the network, the inspector on the right, the dock below. */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import {
  Group,
  Panel,
  type PanelImperativeHandle,
  Separator,
  useDefaultLayout,
  usePanelRef,
} from 'react-resizable-panels'
import { Dialogs } from '../data/Dialogs'
import { Inspector } from '../inspector/Inspector'
import { isDockOpen, isSideShown, keepWidth, SIDES, type Side, toggleSide, usePanels } from '../state/panels'
import { useStudio } from '../state/studio'
import { Banners } from './Banners'
import { BuildPanel } from './BuildPanel'
import { Dock } from './Dock'
import { LibraryDialog } from './LibraryDialog'
import { NetworkArea } from './NetworkArea'
import { Palette } from './palette/Palette'
import { ShortcutSheet } from './shortcuts-sheet/ShortcutSheet'
import { TopBar } from './TopBar'

export function Frame() {
  const connection = useStudio((state) => state.connection)
  const ready = useStudio((state) => state.document !== null)

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
      <div className="areas">
        <Areas />
      </div>
      <Dialogs />
      <Palette />
      <ShortcutSheet />
      <LibraryDialog />
    </div>
  )
}

function Areas() {
  const narrow = usePanels((panels) => panels.narrow)
  const build = usePanels((panels) => isSideShown(panels, 'build'))
  const inspector = usePanels((panels) => isSideShown(panels, 'inspector'))
  const panels = { build: usePanelRef(), inspector: usePanelRef() }
  // The group shares out by parts of the window's width, which may be another one than when a panel was put away.
  useLayoutEffect(() => {
    const { widths } = usePanels.getState()
    // Before the next picture, but after the group knows its panels.
    queueMicrotask(() => {
      for (const side of SIDES) panels[side].current?.resize(`${widths[side]}px`)
    })
  }, [narrow, build, inspector])
  return (
    <>
      <Group
        className="columns"
        onLayoutChanged={(_, { isUserInteraction }) => {
          if (!isUserInteraction) return
          for (const side of SIDES) {
            const size = panels[side].current?.getSize()
            if (size) keepWidth(side, size.inPixels)
          }
        }}
      >
        {build && !narrow ? (
          <Beside side="build" panel={panels.build} minSize="184px" maxSize="360px">
            <BuildPanel />
          </Beside>
        ) : null}
        {build && !narrow ? <Separator className="separator" /> : null}
        <Panel id="middle" key="middle" minSize="280px">
          <Middle />
        </Panel>
        {inspector && !narrow ? <Separator className="separator" /> : null}
        {inspector && !narrow ? (
          <Beside side="inspector" panel={panels.inspector} minSize="232px" maxSize="440px">
            <Inspector />
          </Beside>
        ) : null}
      </Group>
      {narrow && build ? (
        <Over side="build">
          <BuildPanel />
        </Over>
      ) : null}
      {narrow && inspector ? (
        <Over side="inspector">
          <Inspector />
        </Over>
      ) : null}
    </>
  )
}

interface BesideProps {
  readonly side: Side
  readonly panel: { readonly current: PanelImperativeHandle | null }
  readonly minSize: string
  readonly maxSize: string
  readonly children: ReactNode
}

/** A side beside the network, as wide as a person left it. */
function Beside({ side, panel, children, ...limits }: BesideProps) {
  return (
    <Panel
      id={side}
      panelRef={panel}
      className="side"
      defaultSize={`${usePanels.getState().widths[side]}px`}
      groupResizeBehavior="preserve-pixel-size"
      {...limits}
    >
      {children}
    </Panel>
  )
}

/** The network above the dock, or above the dock's tabs alone. */
function Middle() {
  const low = usePanels((panels) => panels.low)
  const open = usePanels(isDockOpen)
  const panelIds = open ? ['network', 'dock'] : ['network']
  const rows = useDefaultLayout({ id: 'kan-studio.rows', panelIds, storage: localStorage })
  return (
    <div className="middle">
      <Group className="rows" orientation="vertical" {...rows}>
        <Panel id="network" key="network" minSize="120px">
          <NetworkArea />
        </Panel>
        {open ? <Separator className="separator" /> : null}
        {open ? (
          <Panel id="dock" defaultSize={low ? '45%' : '27%'} minSize="96px">
            <Dock />
          </Panel>
        ) : null}
      </Group>
      {open ? null : <Dock closed />}
      <Banners />
    </div>
  )
}

/** A side over the network of a narrow window. Escape puts it away, unless it means something else there. */
function Over({ side, children }: { side: Side; children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = panel
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      toggleSide(side)
    }
    current?.focus()
    current?.addEventListener('keydown', onKeyDown)
    return () => current?.removeEventListener('keydown', onKeyDown)
  }, [side])
  return (
    <div ref={panel} className={`side over ${side}`} tabIndex={-1}>
      {children}
    </div>
  )
}
