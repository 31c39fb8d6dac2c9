/** The top bar: file, undo, training, how it goes, the engine, the theme. */
import { Menu } from '@base-ui/react/menu'
import { Moon, Pause, Play, Sun } from 'lucide-react'
import { openRecent } from '../data/files'
import { isTrainable } from '../data/trainable'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { Button } from '../ui/Button'
import { formatBytes, formatCount, formatDuration, formatValue } from '../ui/format'
import { type Action, actions, runAction } from './actions'
import { shortcutText } from './keys'

export function TopBar() {
  const theme = useUi((state) => state.theme)
  return (
    <header className="top-bar">
      <svg
        className="mark"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        aria-hidden
      >
        <path d="M2 4c5 0 5 8 12 8M2 12c5 0 5-8 12-8" />
      </svg>
      <FileMenu />
      <History />
      <span className="rule" />
      <TrainingButtons />
      <span className="rule" />
      <Readout />
      <span className="spring" />
      <EngineChip />
      <Button
        label={theme === 'light' ? 'Dark theme' : 'Light theme'}
        icon={theme === 'light' ? Moon : Sun}
        iconOnly
        onClick={() => runAction(actions.theme)}
      />
    </header>
  )
}

function FileMenu() {
  const document = useStudio((state) => state.document)
  const recent = useStudio((state) => state.info?.recent)
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
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start">
          <Menu.Popup className="popup">
            {[actions.newDocument, actions.open, actions.save, actions.saveAs].map((action) => (
              <Item key={action.id} action={action} />
            ))}
            <div className="popup-rule" />
            <Item action={actions.openData} />
            <Item action={actions.copyNetwork} />
            <Item action={actions.pasteTable} />
            {recent && recent.length > 0 ? (
              <Menu.Group>
                <div className="popup-rule" />
                <Menu.GroupLabel className="popup-label">Recent</Menu.GroupLabel>
                {recent.map((file) => (
                  <Menu.Item
                    key={file.path}
                    className="popup-item"
                    title={file.path}
                    onClick={() => openRecent(file.path)}
                  >
                    <span>{file.name}</span>
                  </Menu.Item>
                ))}
              </Menu.Group>
            ) : null}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Item({ action }: { action: Action }) {
  return (
    <Menu.Item className="popup-item" disabled={!(action.enabled?.() ?? true)} onClick={() => runAction(action)}>
      <span>{action.title}</span>
      {action.shortcut ? <kbd>{shortcutText(action.shortcut)}</kbd> : null}
    </Menu.Item>
  )
}

function History() {
  const undo = useStudio((state) => state.document?.undo ?? null)
  const redo = useStudio((state) => state.document?.redo ?? null)
  return (
    <>
      <Button
        label="Undo"
        icon={actions.undo.icon}
        iconOnly
        disabled={undo === null}
        hint={undo ? `Undo: ${undo}` : 'Undo'}
        shortcut={shortcutText(actions.undo.shortcut)}
        onClick={() => runAction(actions.undo)}
      />
      <Button
        label="Redo"
        icon={actions.redo.icon}
        iconOnly
        disabled={redo === null}
        hint={redo ? `Redo: ${redo}` : 'Redo'}
        shortcut={shortcutText(actions.redo.shortcut)}
        onClick={() => runAction(actions.redo)}
      />
    </>
  )
}

function TrainingButtons() {
  const running = useStudio((state) => state.progress.state.type === 'running')
  const step = useStudio((state) => state.progress.step)
  const trainable = useStudio(({ document }) => document !== null && isTrainable(document))
  return (
    <>
      <Button
        label={running ? 'Pause' : 'Train'}
        icon={running ? Pause : Play}
        look="primary"
        disabled={!running && !trainable}
        hint={running ? 'Stop after this step; the moments are kept.' : 'Train the network on its data.'}
        shortcut="Space"
        onClick={() => runAction(actions.toggleTraining)}
      />
      <Button
        label={actions.step.title}
        icon={actions.step.icon}
        iconOnly
        disabled={running || !trainable}
        shortcut={actions.step.shortcut}
        onClick={() => runAction(actions.step)}
      />
      <Button
        label={actions.reset.title}
        icon={actions.reset.icon}
        iconOnly
        disabled={step === 0}
        hint="Start again from the seed; undo brings the trained curves back."
        onClick={() => runAction(actions.reset)}
      />
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
      <span>
        loss <b data-testid="loss">{formatValue(loss)}</b>
      </span>
      {Number.isNaN(validation) ? null : (
        <span className="validation">
          validation <b>{formatValue(validation)}</b>
        </span>
      )}
      {running && stepsPerSecond > 0 ? (
        <>
          <span className="rate">
            <b>{formatCount(stepsPerSecond)}</b> steps/s
          </span>
          {steps === null ? null : (
            <span className="left muted">{formatDuration((steps - step) / stepsPerSecond)} left</span>
          )}
        </>
      ) : null}
      {state.type === 'finished' && step === steps ? <span className="done muted">done</span> : null}
    </div>
  )
}

function EngineChip() {
  const lost = useStudio((state) => state.computeLost !== null)
  const choice = useStudio((state) => state.document?.engine ?? 'auto')
  const engines = useStudio((state) => state.info?.engines)
  const memory = useStudio((state) => state.progress.memory)
  const engine = engines?.find((candidate) => candidate.available && (choice === 'auto' || candidate.name === choice))
  if (lost) return <span className="chip gone">no engine</span>
  if (!engine) return null
  return (
    <span className="chip" title={`${engine.name} ${engine.version ?? ''}, ${engine.device ?? ''}`}>
      {engine.name === 'wasm' ? 'WASM' : engine.name}
      <span className="detail">
        · {engine.threads} {engine.threads === 1 ? 'thread' : 'threads'}
        {memory > 0 ? ` · ${formatBytes(memory)}` : ''}
      </span>
    </span>
  )
}
