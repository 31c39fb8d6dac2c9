/** Everything a person can do, once: the menu, the toolbar's buttons and the keys all come from these values. */
import {
  ClipboardPaste,
  Copy,
  FileOutput,
  FilePlus,
  FolderOpen,
  Link,
  Lock,
  type LucideIcon,
  Moon,
  MousePointer2,
  Play,
  Redo2,
  RotateCcw,
  Save,
  Scissors,
  Sheet,
  StepForward,
  Undo2,
} from 'lucide-react'
import { chooseModel, chooseTable, chooseTableToPredict, newModel, saveModel, saveModelAs } from '../data/files'
import { pasteFromClipboard } from '../data/paste'
import { isTrainable } from '../data/trainable'
import { copyNetwork } from '../design/clipboard'
import { actOrPick } from '../state/edge-acts'
import { attempt, redo, reset, toggleTraining, undo, useStudio } from '../state/studio'
import { pickTool, setTheme, useUi } from '../state/ui'

export interface Action {
  /** What the desktop's menu sends. */
  readonly id: string
  readonly title: string
  readonly icon: LucideIcon
  /** As it is shown: `Mod` is Ctrl, on a Mac Cmd. */
  readonly shortcut?: string
  /** Keys that mean it, as `keyOf` writes them. */
  readonly keys?: readonly string[]
  readonly enabled?: () => boolean
  readonly run: () => void
}

const running = () => useStudio.getState().progress.state.type === 'running'
const trainable = () => {
  const { document } = useStudio.getState()
  return document !== null && isTrainable(document)
}
const opened = () => useStudio.getState().document !== null

export const actions = {
  newDocument: {
    id: 'file.new',
    title: 'New',
    icon: FilePlus,
    shortcut: 'Mod+Alt+N',
    keys: ['Mod+Alt+n', 'Mod+n'],
    run: newModel,
  },
  open: {
    id: 'file.open',
    title: 'Open…',
    icon: FolderOpen,
    shortcut: 'Mod+O',
    keys: ['Mod+o'],
    run: chooseModel,
  },
  save: {
    id: 'file.save',
    title: 'Save',
    icon: Save,
    shortcut: 'Mod+S',
    keys: ['Mod+s'],
    enabled: opened,
    run: saveModel,
  },
  saveAs: {
    id: 'file.save-as',
    title: 'Save as…',
    icon: Save,
    shortcut: 'Mod+Shift+S',
    keys: ['Mod+Shift+s'],
    enabled: opened,
    run: saveModelAs,
  },
  openData: {
    id: 'data.open',
    title: 'Open table…',
    icon: Sheet,
    shortcut: 'Mod+D',
    keys: ['Mod+d'],
    enabled: opened,
    run: chooseTable,
  },
  copyNetwork: {
    id: 'edit.copy-network',
    title: 'Copy network',
    icon: Copy,
    // No keys of its own: a text that is selected is copied first, so it comes as an event.
    shortcut: 'Mod+C',
    enabled: opened,
    run: copyNetwork,
  },
  pasteTable: {
    id: 'data.paste',
    title: 'Paste table or network',
    icon: ClipboardPaste,
    // No keys of its own: what the keys paste comes as an event.
    shortcut: 'Mod+V',
    enabled: opened,
    run: pasteFromClipboard,
  },
  predict: {
    id: 'data.predict',
    title: 'Predict a file…',
    icon: FileOutput,
    enabled: () => opened() && useStudio.getState().progress.step > 0,
    run: chooseTableToPredict,
  },
  undo: {
    id: 'edit.undo',
    title: 'Undo',
    icon: Undo2,
    shortcut: 'Mod+Z',
    keys: ['Mod+z'],
    enabled: () => useStudio.getState().document?.undo != null,
    run: undo,
  },
  redo: {
    id: 'edit.redo',
    title: 'Redo',
    icon: Redo2,
    shortcut: 'Mod+Shift+Z',
    keys: ['Mod+Shift+z', 'Mod+y'],
    enabled: () => useStudio.getState().document?.redo != null,
    run: redo,
  },
  toggleTraining: {
    id: 'train.toggle',
    title: 'Train or pause',
    icon: Play,
    shortcut: 'Space',
    keys: [' '],
    enabled: () => running() || trainable(),
    run: toggleTraining,
  },
  step: {
    id: 'train.step',
    title: 'One step',
    icon: StepForward,
    shortcut: 'S',
    keys: ['s'],
    enabled: () => trainable() && !running(),
    run: () => attempt((line) => line.step()),
  },
  reset: {
    id: 'train.reset',
    title: 'Start again from the seed',
    icon: RotateCcw,
    enabled: () => opened() && useStudio.getState().progress.step > 0,
    run: reset,
  },
  select: {
    id: 'tool.select',
    title: 'Select',
    icon: MousePointer2,
    shortcut: 'V',
    keys: ['v'],
    run: () => pickTool('select'),
  },
  lock: { id: 'tool.lock', title: 'Lock', icon: Lock, shortcut: 'L', keys: ['l'], run: () => actOrPick('lock') },
  tie: { id: 'tool.tie', title: 'Tie', icon: Link, shortcut: 'T', keys: ['t'], run: () => actOrPick('tie') },
  prune: {
    id: 'tool.prune',
    title: 'Prune',
    icon: Scissors,
    shortcut: 'X',
    keys: ['x'],
    run: () => actOrPick('prune'),
  },
  theme: {
    id: 'view.theme',
    title: 'Light or dark',
    icon: Moon,
    run: () => setTheme(useUi.getState().theme === 'light' ? 'dark' : 'light'),
  },
} satisfies Record<string, Action>

export function runAction(action: Action): void {
  if (action.enabled?.() ?? true) action.run()
}

/** The action of a menu item of the desktop's window. */
export function runById(id: string): void {
  const action = Object.values<Action>(actions).find((candidate) => candidate.id === id)
  if (action) runAction(action)
}
