/** Actions that choose what computes, while it trains too: the curves and the optimiser's state stay. */
import { Cpu, Download } from 'lucide-react'
import { engineTitle } from '../../../src-shared/contract/engine-titles'
import { type EngineChoice, engineSchema } from '../../../src-shared/contract/job'
import { setTraining, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { counted } from '../../ui/format'
import type { Action, Submenu } from './action'
import { needsDocument } from './needs'

/** An engine to choose, what it computes with, and the action that takes it. */
export interface EngineOption {
  readonly choice: EngineChoice
  readonly label: string
  /** Its device, or why it is not there. */
  readonly detail: string
  readonly action: Action
}

/** Automatic first. */
export function engineOptions(): readonly EngineOption[] {
  const engines = useStudio.getState().info?.engines ?? []
  return engineSchema.options.flatMap((choice): readonly EngineOption[] => {
    if (choice === 'auto') return [optionOf(choice, 'Automatic', 'The fastest for this network.', null)]
    const report = engines.find(({ name }) => name === choice)
    if (report === undefined) return []
    const { device, threads, reason } = report
    const detail = report.available ? deviceText(device, threads) : (reason ?? 'It is not there.')
    return [optionOf(choice, engineTitle(choice), detail, report.available ? null : detail)]
  })
}

export const engineMenu: Submenu = {
  title: 'Engine',
  actions: () => [...engineOptions().map(({ action }) => action), libraryAction],
}

/** Opens the dialog that installs TensorFlow, shows how far that is, and removes it. */
export const libraryAction: Action = {
  id: 'engine.library',
  get title() {
    if (useStudio.getState().library.doing !== null) return 'TensorFlow is being installed…'
    return isInstalled() ? 'Remove TensorFlow…' : 'Install TensorFlow…'
  },
  icon: Download,
  hint: 'The library of the engine TensorFlow, into a folder of yours.',
  whyNot: () =>
    useStudio.getState().info?.mayInstall === false
      ? 'A page in the browser may do that only where the studio was started with --allow-install; `kan-studio engines install tensorflow` does it in a terminal.'
      : null,
  run: () => useUi.setState({ dialog: { type: 'library' } }),
}

const isInstalled = () =>
  useStudio.getState().info?.engines.some(({ name, available }) => name === 'tensorflow' && available) === true

/** What an engine computes with. */
export function deviceText(device: string | null, threads: number): string {
  return [device ?? '', threads > 1 ? counted(threads, 'thread') : ''].filter((part) => part !== '').join(', ')
}

function optionOf(choice: EngineChoice, label: string, detail: string, missing: string | null): EngineOption {
  const action: Action = {
    id: `engine.${choice}`,
    title: choice === 'auto' ? 'Compute with the fastest engine' : `Compute with ${label}`,
    icon: Cpu,
    hint: `${detail.replace(/\.$/, '')}. Training goes on where it is.`,
    isOn: () => useStudio.getState().document?.engine === choice,
    whyNot: () => needsDocument() ?? missing,
    run: () => void setTraining({}, choice),
  }
  return { choice, label, detail, action }
}
