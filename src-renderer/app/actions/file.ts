/** Actions on files: networks and tables. */
import {
  ClipboardPaste,
  FileChartColumn,
  FileOutput,
  FilePlus,
  FileText,
  FolderOpen,
  Save,
  SaveAll,
  Sheet,
  SquareFunction,
} from 'lucide-react'
import {
  chooseModel,
  chooseTable,
  chooseTableToPredict,
  newModel,
  openRecent,
  saveModel,
  saveModelAs,
} from '../../data/files'
import { pasteFromClipboard } from '../../data/paste'
import { attempt, chooseData, useStudio } from '../../state/studio'
import { saveTrainingReport } from '../save-training-report'
import type { Action, Room } from './action'
import { needsDocument, needsPause, needsTraining } from './needs'
import { pictures } from './picture'

const newDocument: Action = {
  id: 'file.new',
  title: 'New',
  icon: FilePlus,
  hint: 'A small network with data of its own.',
  // A browser keeps Mod+N for its own windows.
  ...(window.kanStudio ? { shortcut: 'Mod+N' } : { shortcut: 'Mod+Alt+N', alsoKeys: ['Mod+N'] }),
  inFields: 'always',
  run: newModel,
}

const open: Action = {
  id: 'file.open',
  title: 'Open…',
  icon: FolderOpen,
  hint: 'Opens a network (.kan).',
  shortcut: 'Mod+O',
  inFields: 'always',
  run: chooseModel,
}

const save: Action = {
  id: 'file.save',
  title: 'Save',
  icon: Save,
  shortcut: 'Mod+S',
  inFields: 'always',
  whyNot: needsDocument,
  run: saveModel,
}

const saveAs: Action = {
  id: 'file.save-as',
  title: 'Save as…',
  icon: SaveAll,
  shortcut: 'Mod+Shift+S',
  inFields: 'always',
  whyNot: needsDocument,
  run: saveModelAs,
}

export const openData: Action = {
  id: 'data.open',
  title: 'Open table…',
  icon: Sheet,
  hint: 'CSV, Excel, Parquet or JSON: its columns become inputs and targets.',
  shortcut: 'Mod+D',
  whyNot: () => needsDocument() ?? needsPause(),
  run: chooseTable,
}

const helloData: Action = {
  id: 'data.hello',
  title: 'Example data: exp(sin πx + y²)',
  icon: SquareFunction,
  hint: 'A thousand rows of two inputs, made at once.',
  whyNot: () => needsDocument() ?? needsPause(),
  run: () =>
    attempt(() =>
      chooseData({
        generator: 'hello',
        samples: 1000,
        seed: 0,
        split: { type: 'random', validation: 0.2, test: 0, seed: 0 },
        scaling: 'none',
      }),
    ),
}

const paste: Action = {
  id: 'data.paste',
  title: 'Paste table or network',
  icon: ClipboardPaste,
  hint: 'Opens cells that were copied in a spreadsheet, or puts a copied network in the place of this one.',
  shortcut: 'Mod+V',
  ownKeys: true,
  whyNot: needsDocument,
  run: pasteFromClipboard,
}

export const predict: Action = {
  id: 'data.predict',
  title: 'Predict a file…',
  icon: FileOutput,
  hint: 'What the network says about the rows of another table, to be looked at and saved.',
  whyNot: needsTraining,
  run: chooseTableToPredict,
}

const recentFiles = (): readonly Action[] =>
  (useStudio.getState().info?.recent ?? []).map(({ name, path }) => ({
    id: `file.recent ${path}`,
    title: name,
    icon: FileText,
    hint: path,
    run: () => openRecent(path),
  }))

const trainingReport: Action = {
  id: 'file.training-report',
  title: 'Save training report…',
  icon: FileChartColumn,
  hint: 'One page that opens anywhere: settings, losses, the network, scores and predictions.',
  whyNot: needsDocument,
  run: saveTrainingReport,
}

export const fileRoom: Room = {
  title: 'File',
  sections: [
    [newDocument, open, { title: 'Open recent', actions: recentFiles }],
    [save, saveAs, pictures, trainingReport],
    [openData, paste, helloData, predict],
  ],
}
