/** The middle of the window: the network, with the store's values as its properties. */
import { plainLayer } from '../design/blocks'
import { DropLayer } from '../design/DropLayer'
import { useDesign } from '../design/plan'
import { WidthHandles } from '../design/WidthHandles'
import { NetworkView } from '../network/NetworkView'
import { ScoreSwitch } from '../network/ScoreSwitch'
import { PruneBar } from '../prune/PruneBar'
import { tieEdges } from '../state/edge-acts'
import { networkHandle } from '../state/network-handle'
import { edit, live, useStudio, watch } from '../state/studio'
import { useUi } from '../state/ui'
import { useLive } from '../state/useLive'
import { ContextMenu } from './context-menu/ContextMenu'
import { TieHint } from './TieHint'
import { ToolBar } from './ToolBar'
import { ZoomControl } from './ZoomControl'

export function NetworkArea() {
  const specification = useStudio((state) => state.document?.specification)
  const opened = useStudio((state) => state.opened)
  const { listed, selection, tool, tying, theme, orientation, hidesPruned, showsValues } = useUi()
  const convention = useLive(() => live.convention)
  if (!specification) return null
  return (
    <ContextMenu area={<main className="network-area" aria-label="Network" />}>
      <NetworkView
        ref={networkHandle}
        specification={specification}
        opened={opened}
        live={live}
        selection={selection}
        listed={listed}
        tool={tool}
        tying={tying?.from ?? null}
        theme={theme}
        orientation={orientation}
        hidesPruned={hidesPruned}
        showsValues={showsValues}
        onSeen={(seen, surface) => useDesign.setState({ seen, surface })}
        onSelect={(next) => useUi.setState({ selection: next })}
        onHover={(hovered) => useUi.setState({ hovered })}
        onTie={tieEdges}
        onEdit={edit}
        onWatch={watch}
        onAddLayer={(at) => edit(plainLayer(at))}
      >
        <WidthHandles />
        <DropLayer />
        <ScoreSwitch convention={convention} onConvention={(next) => live.score(next)} />
        {tying === null ? null : <TieHint specification={specification} from={tying.from} />}
        <ToolBar tool={tool} />
        <ZoomControl />
      </NetworkView>
      <PruneBar />
    </ContextMenu>
  )
}
