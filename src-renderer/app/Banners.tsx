/** What a person must know before going on: a lost process, a diverged run, unsaved work from before. */
import { CircleAlert, History, X } from 'lucide-react'
import { useState } from 'react'
import { replaceDocument } from '../data/files'
import { attempt, readInfo, resume, setTraining, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { formatNumber } from '../ui/format'

export function Banners() {
  return (
    <div className="banners">
      <ConnectionLost />
      <ComputeLost />
      <Diverged />
      <Recoveries />
    </div>
  )
}

function ConnectionLost() {
  if (useStudio((state) => state.connection) !== 'lost') return null
  return (
    <div className="banner alarm" role="alert">
      <CircleAlert aria-hidden />
      <p>The studio has stopped. Start it again and reload this page: unsaved changes will be offered.</p>
    </div>
  )
}

function ComputeLost() {
  const message = useStudio((state) => state.computeLost)
  if (message === null) return null
  return (
    <div className="banner alarm" role="alert">
      <CircleAlert aria-hidden />
      <p>{message}</p>
      <Button label="Resume from the last checkpoint" look="primary" onClick={resume} />
    </div>
  )
}

function Diverged() {
  const state = useStudio((studio) => studio.progress.state)
  const optimizer = useStudio((studio) => studio.document?.training.optimizer)
  const [read, setRead] = useState<typeof state | null>(null)
  if (state.type !== 'diverged' || state === read || optimizer === undefined) return null
  const lower = Number((optimizer.learningRate / 10).toPrecision(2))
  return (
    <div className="banner alarm" role="alert">
      <CircleAlert aria-hidden />
      <p>{state.message}</p>
      {state.lowerRate ? (
        <Button
          label={`Use learning rate ${formatNumber(lower)}`}
          look="outlined"
          onClick={() => setTraining({ optimizer: { ...optimizer, learningRate: lower } })}
        />
      ) : null}
      <Button iconOnly icon={X} label="Dismiss" onClick={() => setRead(state)} />
    </div>
  )
}

function Recoveries() {
  const recovery = useStudio((state) => state.info?.recoveries[0])
  if (!recovery) return null
  return (
    <div className="banner" role="alert">
      <History aria-hidden />
      <p>
        Unsaved changes to “{recovery.name}” from {new Date(recovery.savedAt).toLocaleString()} were kept.
      </p>
      <Button
        label="Open them"
        look="primary"
        onClick={() =>
          attempt(async (line) => {
            await replaceDocument(() => line.recover(recovery.id))
            await readInfo(line)
          })
        }
      />
      <Button
        label="Discard"
        onClick={() =>
          attempt(async (line) => {
            await line.discardRecovery(recovery.id)
            await readInfo(line)
          })
        }
      />
    </div>
  )
}
