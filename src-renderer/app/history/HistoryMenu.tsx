/** The list of changes below the undo button, the newest first: a click on one takes the network there. */
import './history.css'
import { Menu } from '@base-ui/react/menu'
import { ChevronDown, Circle, CircleDot } from 'lucide-react'
import { Fragment, useEffect, useState } from 'react'
import type { HistoryView } from '../../../src-shared/contract/studio'
import { attempt, goTo, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { counted } from '../../ui/format'
import { Hint } from '../../ui/Hint'
import { historyAction } from '../actions/edit'
import { useWhyNot } from '../actions/use-action'
import { shortcutText } from '../keys'

export function HistoryMenu() {
  const open = useUi((state) => state.historyOpen)
  const whyNot = useWhyNot(historyAction)
  return (
    // Not modal: the network and its training can be watched meanwhile.
    <Menu.Root modal={false} open={open} onOpenChange={(historyOpen) => useUi.setState({ historyOpen })}>
      <Hint text="History" shortcut={shortcutText(historyAction.shortcut)}>
        <Menu.Trigger className="button history-button" aria-label="History" disabled={whyNot !== null}>
          <ChevronDown aria-hidden />
        </Menu.Trigger>
      </Hint>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" alignOffset={-32} collisionPadding={8}>
          <Menu.Popup className="popup history" aria-label="History">
            <Steps />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Steps() {
  const history = useHistory()
  if (history === null) return null
  const { steps, bottom, place, step } = history
  const current = steps.findIndex((step) => step.place === place)
  return (
    <Menu.RadioGroup value={place} onValueChange={(next: number) => void goTo(next)}>
      {steps
        .map(({ place: own, description, trained }, index) => (
          <Fragment key={own}>
            <Trained steps={trained} since={index === current ? step : null} />
            <Step place={own} title={description} taken={index > current} current={index === current} />
          </Fragment>
        ))
        .reverse()}
      <Trained steps={bottom.trained} since={place === bottom.place ? step : null} />
      <Step
        place={bottom.place}
        title={bottom.place === 0 ? 'As it was opened' : 'Before that: not kept'}
        taken={false}
        current={place === bottom.place}
      />
    </Menu.RadioGroup>
  )
}

/** @param since the step of the network up to which they are counted, where it stands here and may be training */
function Trained({ steps, since }: { steps: number; since: number | null }) {
  const more = useStudio(({ progress }) => (since === null ? 0 : Math.max(0, progress.step - since)))
  const all = steps + more
  if (all <= 0) return null
  const text = `Trained ${counted(all, 'step')}`
  return (
    <Menu.Separator className="history-trained" aria-label={text}>
      {text}
    </Menu.Separator>
  )
}

interface StepProps {
  readonly place: number
  readonly title: string
  /** Whether it was taken back, and can be made again. */
  readonly taken: boolean
  readonly current: boolean
}

function Step({ place, title, taken, current }: StepProps) {
  const Icon = current ? CircleDot : Circle
  return (
    <Menu.RadioItem className={taken ? 'popup-item taken' : 'popup-item'} value={place} title={title}>
      <Icon aria-hidden className="history-place" />
      <span className="history-title">{title}</span>
      {taken ? <span className="unseen">, taken back</span> : null}
    </Menu.RadioItem>
  )
}

/** The history as it is now; asked for while it is seen, and again after every change. */
function useHistory(): HistoryView | null {
  const [history, setHistory] = useState<HistoryView | null>(null)
  const document = useStudio((state) => state.document)
  const { revision, undo, redo } = document ?? {}
  // The three tell that the history is another.
  useEffect(() => {
    let wanted = true
    void attempt(async (line) => {
      const next = await line.history()
      if (wanted) setHistory(next)
    })
    return () => {
      wanted = false
    }
  }, [revision, undo, redo])
  return history
}
