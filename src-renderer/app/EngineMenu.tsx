/** The chip that says what computes, and the menu behind it that chooses another engine, while it trains too. */
import './engine-menu.css'
import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { engineTitle } from '../../src-shared/contract/engine-titles'
import type { ComputingEngine } from '../../src-shared/contract/telemetry'
import { formatBytes } from '../../src-shared/kan/memory'
import { useStudio } from '../state/studio'
import { counted, formatCount } from '../ui/format'
import { Hint } from '../ui/Hint'
import { runAction } from './actions/action'
import { deviceText, type EngineOption, engineOptions, libraryAction } from './actions/engines'
import { useIsOn, useWhyNot } from './actions/use-action'
import { MenuPopup } from './MainMenu'

export function EngineMenu() {
  const lost = useStudio((state) => state.computeLost !== null)
  const memory = useStudio((state) => state.progress.memory)
  const { engine, missing } = useEngine()
  if (lost) return <span className="chip gone">no engine</span>
  if (engine === null) return null
  const { name, device, threads } = engine
  const holds = memory > 0 ? formatBytes(memory) : ''
  return (
    // Not modal: the network and its training can be watched meanwhile.
    <Menu.Root modal={false}>
      <Hint text={missing ?? sentence(engine, holds)} side="bottom">
        <Menu.Trigger className="chip">
          {engineTitle(name)}
          <span className="detail">
            {missing !== null
              ? ' · not there'
              : [device.startsWith('CPU') ? counted(threads, 'thread') : shortened(device), holds]
                  .filter((part) => part !== '')
                  .map((part) => ` · ${part}`)}
          </span>
        </Menu.Trigger>
      </Hint>
      <MenuPopup>
        {missing === null ? <Now engine={engine} holds={holds} /> : null}
        {engineOptions().map((option) => (
          <Item key={option.choice} option={option} />
        ))}
        <LibraryItem />
      </MenuPopup>
    </Menu.Root>
  )
}

/** What computes now, or would: as the compute process says, else as it is chosen. */
function useEngine(): { readonly engine: ComputingEngine | null; readonly missing: string | null } {
  const choice = useStudio((state) => state.document?.engine ?? 'auto')
  const engines = useStudio((state) => state.info?.engines)
  const computing = useStudio((state) => state.progress.engine)
  const running = useStudio((state) => state.progress.state.type === 'running')
  if (computing !== null && (running || choice === 'auto' || choice === computing.name))
    return { engine: computing, missing: null }
  const chosen = engines?.find(({ name, available }) => available && (choice === 'auto' || name === choice))
  if (chosen) {
    const { name, device, threads } = chosen
    return { engine: { name, device: device ?? '', threads, why: null }, missing: null }
  }
  const asked = engines?.find(({ name }) => name === choice)
  if (!asked) return { engine: null, missing: null }
  // Chosen on another machine, or removed since: another can be chosen all the same.
  return {
    engine: { name: asked.name, device: '', threads: 1, why: null },
    missing: asked.reason ?? 'It is not there.',
  }
}

function Now({ engine, holds }: { engine: ComputingEngine; holds: string }) {
  const rate = useStudio(({ progress }) => (progress.state.type === 'running' ? progress.stepsPerSecond : 0))
  const facts = [
    deviceText(engine.device, engine.threads),
    holds,
    rate > 0 ? `${formatCount(rate)}\u00a0steps/s` : '',
  ].filter((fact) => fact !== '')
  return (
    <div className="engine-now">
      <b>{engineTitle(engine.name)}</b> {facts.join(' · ')}
      {engine.why === null ? null : <p>{engine.why}</p>}
    </div>
  )
}

function Item({ option: { label, detail, action } }: { option: EngineOption }) {
  const whyNot = useWhyNot(action)
  const isOn = useIsOn(action) ?? false
  return (
    <Menu.CheckboxItem
      className="popup-item engine-item"
      closeOnClick
      disabled={whyNot !== null}
      checked={isOn}
      onCheckedChange={() => runAction(action)}
    >
      <span>
        {label}
        <small>{detail}</small>
      </span>
      {isOn ? <Check className="popup-check" aria-hidden /> : null}
    </Menu.CheckboxItem>
  )
}

/** Installs or removes the library of one of them. */
function LibraryItem() {
  const whyNot = useWhyNot(libraryAction)
  // What it is called follows these.
  useStudio((state) => state.library.doing !== null)
  useStudio((state) => state.info?.engines)
  return (
    <>
      <Menu.Separator className="engine-line" />
      <Menu.Item className="popup-item engine-item" disabled={whyNot !== null} onClick={() => runAction(libraryAction)}>
        <span>
          {libraryAction.title}
          {whyNot === null ? null : <small>{whyNot}</small>}
        </span>
      </Menu.Item>
    </>
  )
}

function sentence({ name, device, threads, why }: ComputingEngine, holds: string): string {
  const memory = holds === '' ? '' : `; holds ${holds} now, the data included`
  return `${engineTitle(name)} computes: ${deviceText(device, threads)}${memory}.${why === null ? '' : ` ${why}`}`
}

/** A device's name may be long; the menu says it whole. */
function shortened(device: string): string {
  return device.length > 22 ? `${device.slice(0, 21).trimEnd()}…` : device
}
