/** What only this window knows: the tool in hand, what is selected, the theme, which dialog is open. */
import { create } from 'zustand'
import type { TablePreview } from '../../src-shared/contract/data'
import type { MatchedFile } from '../../src-shared/contract/studio'
import type { Draft } from '../data/import/draft'
import type { Leaving } from '../data/LeaveDialog'
import type { Orientation } from '../network/place/turn'
import type { EdgeAddress, Selection, Tool } from '../network/types'

export type Theme = 'light' | 'dark'

/** Dialogs that choose a file; the desktop has its own. */
export type FileDialogType = 'open-model' | 'open-data' | 'save-model' | 'predict-data' | 'find-data'

type OpenDialog =
  | { readonly type: 'table'; readonly file: string; readonly first: TablePreview; readonly start: Draft }
  | { readonly type: Exclude<FileDialogType, 'save-model'> | 'palette' | 'shortcuts' | 'library' }
  | { readonly type: 'save-model'; readonly onSaved?: (saved: boolean) => void }
  /** Another document is to take the place of one with changes. */
  | { readonly type: 'leave'; readonly name: string; readonly onAnswer: (answer: Leaving) => void }
  /** A table that was dropped on a network that knows its columns: what is it for? */
  | { readonly type: 'dropped'; readonly matched: MatchedFile }
  | { readonly type: 'predict'; readonly matched: MatchedFile }
  | null

export type ResultsView = 'fit' | 'residuals' | 'worst'

type DataView = 'columns' | 'rows'

interface UiState {
  readonly theme: Theme
  /** Which way the network runs. */
  readonly orientation: Orientation
  readonly hidesPruned: boolean
  readonly showsValues: boolean
  readonly tool: Tool
  readonly selection: Selection
  /** The edge that waits for another to be tied to, and the tool to take up again after that. */
  readonly tying: { readonly from: EdgeAddress; readonly back: Tool } | null
  /** The edge under the pointer, for keys that act on it. */
  readonly hovered: EdgeAddress | null
  /** Edges whose curves are shown beside the network, a list for each place: kept up to date wherever they are. */
  readonly listed: readonly (readonly EdgeAddress[])[]
  readonly dialog: OpenDialog
  /** Whether the list of changes is open. */
  readonly historyOpen: boolean
  /** Whether the bar is open that prunes by a threshold. */
  readonly pruneOpen: boolean
  readonly logScale: boolean
  readonly smooth: boolean
  /** What of the predictions is looked at. */
  readonly resultsView: ResultsView
  /** What of the data is looked at. */
  readonly dataView: DataView
}

const THEME_KEY = 'kan-studio.theme'
const NO_VALUES_KEY = 'kan-studio.no-node-values'
const HIDES_PRUNED_KEY = 'kan-studio.hides-pruned'
const ORIENTATION_KEY = 'kan-studio.orientation'

function firstTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEY)
  if (kept === 'light' || kept === 'dark') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export const useUi = create<UiState>(() => ({
  theme: firstTheme(),
  orientation: localStorage.getItem(ORIENTATION_KEY) === 'up' ? 'up' : 'right',
  hidesPruned: localStorage.getItem(HIDES_PRUNED_KEY) !== null,
  showsValues: localStorage.getItem(NO_VALUES_KEY) === null,
  tool: 'select',
  selection: { type: 'none' },
  tying: null,
  hovered: null,
  listed: [],
  dialog: null,
  historyOpen: false,
  pruneOpen: false,
  logScale: true,
  smooth: false,
  resultsView: 'fit',
  dataView: 'columns',
}))

/** These edges' curves are shown somewhere, until what it answers is called. */
export function list(edges: readonly EdgeAddress[]): () => void {
  useUi.setState(({ listed }) => ({ listed: [...listed, edges] }))
  return () => useUi.setState(({ listed }) => ({ listed: listed.filter((other) => other !== edges) }))
}

/** Takes another tool in hand. */
export function pickTool(tool: Tool): void {
  useUi.setState({ tool, tying: null })
}

export function setOrientation(orientation: Orientation): void {
  localStorage.setItem(ORIENTATION_KEY, orientation)
  useUi.setState({ orientation })
}

/** Whether pruned edges are out of sight, instead of ghosts. */
export function setHidesPruned(hidesPruned: boolean): void {
  remember(HIDES_PRUNED_KEY, hidesPruned)
  useUi.setState({ hidesPruned })
}

/** Whether hidden nodes show their values over two inputs. */
export function setShowsValues(showsValues: boolean): void {
  remember(NO_VALUES_KEY, !showsValues)
  useUi.setState({ showsValues })
}

function remember(key: string, on: boolean): void {
  if (on) localStorage.setItem(key, 'yes')
  else localStorage.removeItem(key)
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme)
  applyTheme(theme)
  useUi.setState({ theme })
}

/** Where nobody chose a theme it is the system's, also when that changes. */
export function followSystemTheme(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (localStorage.getItem(THEME_KEY) !== null) return
    const theme = firstTheme()
    applyTheme(theme)
    useUi.setState({ theme })
  })
}

/** Puts the theme on the page, before anything is drawn. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}
