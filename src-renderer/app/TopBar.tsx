/** The top bar: menu, file, undo, training, how it goes, the engine, the theme. */
import { Menu } from '@base-ui/react/menu'
import { Moon, Pause, Play, Sun } from 'lucide-react'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { formatCount, formatDuration, formatValue } from '../ui/format'
import { ActionButton } from './ActionButton'
import { redoAction, undoAction } from './actions/edit'
import { fileRoom } from './actions/file'
import { palette } from './actions/help'
import { buildShown, inspectorShown } from './actions/panels'
import { pictureRoom } from './actions/picture'
import { resetAction, step, toggle } from './actions/train'
import { theme } from './actions/view'
import { EngineMenu } from './EngineMenu'
import { HistoryMenu } from './history/HistoryMenu'
import { MainMenu, MenuPopup, RoomItems } from './MainMenu'

export function TopBar() {
  const current = useUi((state) => state.theme)
  return (
    <header className="top-bar">
      <MainMenu />
      <FileMenu />
      <UndoButtons />
      <span className="rule" />
      <TrainingButtons />
      <span className="rule" />
      <Readout />
      <EngineMenu />
      <ExportMenu />
      <ActionButton action={palette} iconOnly />
      <span className="panel-buttons">
        <ActionButton action={buildShown} iconOnly />
        <ActionButton action={inspectorShown} iconOnly />
      </span>
      <ActionButton
        action={theme}
        label={current === 'light' ? 'Dark theme' : 'Light theme'}
        icon={current === 'light' ? Moon : Sun}
        iconOnly
      />
    </header>
  )
}

function FileMenu() {
  const document = useStudio((state) => state.document)
  if (!document) return null
  return (
    <Menu.Root>
      <Menu.Trigger
        className="button"
        aria-label={`File: ${document.specification.name}${document.edited ? ', edited' : ''}`}
      >
        <span className="name">{document.specification.name}</span>
        {document.edited ? <span className="edited">· edited</span> : null}
      </Menu.Trigger>
      <MenuPopup>
        <RoomItems room={fileRoom} />
      </MenuPopup>
    </Menu.Root>
  )
}

function ExportMenu() {
  if (!useStudio((state) => state.document !== null)) return null
  return (
    <Menu.Root>
      <Menu.Trigger className="button outlined">Export</Menu.Trigger>
      <MenuPopup>
        <RoomItems room={pictureRoom} />
      </MenuPopup>
    </Menu.Root>
  )
}

function UndoButtons() {
  const undo = useStudio((state) => state.document?.undo ?? null)
  const redo = useStudio((state) => state.document?.redo ?? null)
  return (
    <>
      <ActionButton action={undoAction} iconOnly hint={undo ? `Undo: ${undo}` : 'Undo'} />
      <HistoryMenu />
      <ActionButton action={redoAction} iconOnly hint={redo ? `Redo: ${redo}` : 'Redo'} />
    </>
  )
}

function TrainingButtons() {
  const running = useStudio((state) => state.progress.state.type === 'running')
  return (
    <>
      <ActionButton
        action={toggle}
        label={running ? 'Pause' : 'Train'}
        icon={running ? Pause : Play}
        look="primary"
        hint={running ? 'Stop after this step; the moments are kept.' : 'Train the network on its data.'}
      />
      <ActionButton action={step} iconOnly />
      <ActionButton action={resetAction} iconOnly />
    </>
  )
}

function Readout() {
  const { state, step, steps, stepsPerSecond, loss, validation } = useStudio((studio) => studio.progress)
  const running = state.type === 'running'
  return (
    <div className="readout">
      <span>
        step <b data-testid="step">{formatCount(step)}</b>
        {steps !== null && steps > 0 ? <span className="of"> of {formatCount(steps)}</span> : null}
      </span>
      <span className="loss-readout">
        loss <b data-testid="loss">{formatValue(loss)}</b>
      </span>
      {Number.isNaN(validation) ? null : (
        <span>
          validation <b data-testid="validation">{formatValue(validation)}</b>
        </span>
      )}
      {running && stepsPerSecond > 0 ? (
        <>
          <span>
            <b>{formatCount(stepsPerSecond)}</b> steps/s
          </span>
          {steps === null ? null : (
            <span className="muted">{formatDuration((steps - step) / stepsPerSecond)} left</span>
          )}
        </>
      ) : null}
      {state.type === 'finished' && step === steps ? <span className="muted">done</span> : null}
    </div>
  )
}
