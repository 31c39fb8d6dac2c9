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
import { deviceText, type EngineOption, engineOptions } from './actions/engines'
import { useIsOn, useWhyNot } from './actions/use-action'
import { MenuPopup } from './MainMenu'

export function EngineMenu() {
  const lost = useStudio((state) => state.computeLost !== null)
  const memory = useStudio((state) => state.progress.memory)
  const engine = useEngine()
  if (lost) return <span className="chip gone">no engine</span>
  if (engine === null) return null
  const { name, device, threads } = engine
  const holds = memory > 0 ? formatBytes(memory) : ''
  return (
    // Not modal: the network and its training can be watched meanwhile.
    <Menu.Root modal={false}>
      <Hint text={sentence(engine, holds)} side="bottom">
        <Menu.Trigger className="chip">
          {engineTitle(name)}
          <span className="detail">
            {[device.startsWith('CPU') ? counted(threads, 'thread') : shortened(device), holds]
              .filter((part) => part !== '')
              .map((part) => ` · ${part}`)}
          </span>
        </Menu.Trigger>
      </Hint>
      <MenuPopup>
        <Now engine={engine} holds={holds} />
        {engineOptions().map((option) => (
          <Item key={option.choice} option={option} />
        ))}
      </MenuPopup>
    </Menu.Root>
  )
}

/** What computes now, or would: as the compute process says, else as it is chosen. */
function useEngine(): ComputingEngine | null {
  const choice = useStudio((state) => state.document?.engine ?? 'auto')
  const engines = useStudio((state) => state.info?.engines)
  const computing = useStudio((state) => state.progress.engine)
  const running = useStudio((state) => state.progress.state.type === 'running')
  if (computing !== null && (running || choice === 'auto' || choice === computing.name)) return computing
  const chosen = engines?.find(({ name, available }) => available && (choice === 'auto' || name === choice))
  return chosen ? { name: chosen.name, device: chosen.device ?? '', threads: chosen.threads, why: null } : null
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

function sentence({ name, device, threads, why }: ComputingEngine, holds: string): string {
  const memory = holds === '' ? '' : `; holds ${holds} now, the data included`
  return `${engineTitle(name)} computes: ${deviceText(device, threads)}${memory}.${why === null ? '' : ` ${why}`}`
}

/** A device's name may be long; the menu says it whole. */
function shortened(device: string): string {
  return device.length > 22 ? `${device.slice(0, 21).trimEnd()}…` : device
}
