/** Actions on the training. */
import { Play, RotateCcw, StepForward } from 'lucide-react'
import { attempt, reset, toggleTraining } from '../../state/studio'
import type { Action, Room } from './action'
import { isRunning, needsPause, needsTrainable, needsTraining } from './needs'

export const toggle: Action = {
  id: 'train.toggle',
  title: 'Train or pause',
  icon: Play,
  shortcut: 'Space',
  whyNot: () => (isRunning() ? null : needsTrainable()),
  run: toggleTraining,
}

export const step: Action = {
  id: 'train.step',
  title: 'One step',
  icon: StepForward,
  shortcut: 'S',
  repeats: true,
  whyNot: () => needsPause() ?? needsTrainable(),
  run: () => attempt((line) => line.step()),
}

export const resetAction: Action = {
  id: 'train.reset',
  title: 'Start again from the seed',
  icon: RotateCcw,
  hint: 'Undo brings the trained curves back.',
  whyNot: needsTraining,
  run: reset,
}

export const trainRoom: Room = { title: 'Training', sections: [[toggle, step], [resetAction]] }
