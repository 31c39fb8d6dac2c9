/** The desktop's native dialogs. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type BrowserWindow, dialog, type FileFilter, type MessageBoxOptions } from 'electron'
import { TABLE_ENDINGS } from '../../src-shared/contract/table-endings'
import { fileNameOf } from '../files/run'
import { withEnding } from '../studio/saving'
import type { Dialogs } from '../studio/workspace'

const MODELS = [{ name: 'KAN Studio networks', extensions: ['kan'] }]

const REPORTS = ['.html', '.md', '.csv', '.json', '.svg'] as const
type ReportEnding = (typeof REPORTS)[number]

/** What is saved. */
interface Target {
  readonly ending: '.kan' | '.parquet' | '.png' | ReportEnding
  readonly filters: FileFilter[]
  /** Whether the file before is kept. */
  readonly backup: boolean
}
const MODEL: Target = { ending: '.kan', filters: MODELS, backup: true }
const CSV: Target = { ending: '.csv', filters: [{ name: 'CSV', extensions: ['csv'] }], backup: false }
const PARQUET: Target = { ending: '.parquet', filters: [{ name: 'Parquet', extensions: ['parquet'] }], backup: false }
const SVG: Target = { ending: '.svg', filters: [{ name: 'SVG', extensions: ['svg'] }], backup: false }
const PNG: Target = { ending: '.png', filters: [{ name: 'PNG', extensions: ['png'] }], backup: false }
const TABLES = [
  { name: 'Tables', extensions: [...TABLE_ENDINGS] },
  { name: 'All files', extensions: ['*'] },
]

interface Surroundings {
  /** The window that the dialogs belong to, or null while there is none. */
  readonly window: () => BrowserWindow | null
  /** Where they begin to look. */
  readonly folder: () => string
}

export function nativeDialogs({ window, folder }: Surroundings): Dialogs {
  return {
    async chooseFile(kind, suggestion) {
      if (kind === 'save-model') return chooseTarget(window(), folder(), MODEL, suggestion)
      if (kind === 'save-data') {
        return chooseTarget(window(), folder(), suggestion.endsWith('.parquet') ? PARQUET : CSV, suggestion)
      }
      if (kind === 'save-picture') {
        return chooseTarget(window(), folder(), suggestion.endsWith('.svg') ? SVG : PNG, suggestion)
      }
      if (kind === 'save-report') return chooseTarget(window(), folder(), reportTarget(suggestion), suggestion)
      const options = {
        defaultPath: folder(),
        filters: kind === 'open-model' ? MODELS : TABLES,
        properties: ['openFile' as const],
      }
      const parent = window()
      const { filePaths } = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
      return filePaths[0] ?? null
    },
    async askToSave(name) {
      const answers = ['save', 'discard', 'cancel'] as const
      const response = await ask(window(), {
        type: 'warning',
        message: `Save the changes to “${name}”?`,
        detail: 'They are lost if you do not save them.',
        buttons: ['Save', 'Don’t save', 'Cancel'],
        defaultId: 0,
        cancelId: 2,
      })
      return answers[response] ?? 'cancel'
    },
  }
}

function reportTarget(suggestion: string): Target {
  const ending = REPORTS.find((ending) => suggestion.endsWith(ending)) ?? REPORTS[0]
  const name = ending.slice(1)
  return { ending, filters: [{ name: name.toUpperCase(), extensions: [name] }], backup: false }
}

async function chooseTarget(
  window: BrowserWindow | null,
  folder: string,
  { ending, filters, backup }: Target,
  suggestion: string,
): Promise<string | null> {
  const stem = suggestion.toLowerCase().endsWith(ending) ? suggestion.slice(0, -ending.length) : suggestion
  const options = {
    defaultPath: join(folder, `${fileNameOf(stem)}${ending}`),
    filters,
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
  }
  const { filePath, canceled } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options))
  if (canceled || !filePath) return null
  const path = withEnding(filePath, ending)
  // The system asked about the name as it was typed; with the ending it may be that of another file.
  if (path === filePath || !existsSync(path)) return path
  const answer = await ask(window, {
    type: 'warning',
    message: `Replace “${basename(path)}”?`,
    detail: `There is such a file already.${backup ? ` It is kept as ${basename(path)}.bak.` : ''}`,
    buttons: ['Replace', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  })
  return answer === 0 ? path : null
}

/** Tells of a fault, in a sentence. */
export async function showFault(window: BrowserWindow | null, message: string): Promise<void> {
  await ask(window, { type: 'error', message, buttons: ['OK'] })
}

/** The index of the button that was pressed. */
export async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<number> {
  const answer = window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options)
  return (await answer).response
}
