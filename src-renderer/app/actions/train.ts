/** Actions on the training. */
import { History, Play, RotateCcw, StepForward } from 'lucide-react'
import { attempt, edit, reset, toggleTraining, useStudio } from '../../state/studio'
import { passedBest } from '../../training/best'
import { formatCount, formatValue } from '../../ui/format'
import type { Action, Room } from './action'
import { benchmarkSection } from './benchmark'
import { engineMenu } from './engines'
import { isRunning, needsDocument, needsPause, needsTrainable, needsTraining } from './needs'

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

export const goBack: Action = {
  id: 'train.go-back',
  get title() {
    const best = passedBest(useStudio.getState().progress)
    if (best === null) return 'Go back to the best step'
    return `Go back to step ${formatCount(best.step)}, validation ${formatValue(best.validation)}`
  },
  icon: History,
  hint: 'The curves become what they were where the validation rows did best. Undo brings the present ones back.',
  whyNot() {
    const { progress } = useStudio.getState()
    if (progress.best === null) return needsDocument() ?? 'No step is known yet at which the validation rows did best.'
    return passedBest(progress) !== null ? null : 'The validation rows never did better than now.'
  },
  run() {
    const best = passedBest(useStudio.getState().progress)
    if (best !== null) void edit({ type: 'go-back', step: best.step })
  },
}

export const trainRoom: Room = {
  title: 'Training',
  sections: [[toggle, step], [goBack, resetAction], [engineMenu], benchmarkSection],
}
