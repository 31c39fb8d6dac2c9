/** What lies over the network while a plan is in hand: its picture and its words, and what carries it by pointer and keys. */
import { useEffect } from 'react'
import { useStudio } from '../state/studio'
import { DropPicture } from './DropPicture'
import { listenToNodes } from './node-drag'
import { giveUp, useDesign } from './plan'
import { carryTo, putDown } from './put'
import { changeWords, planWords } from './words'

export function DropLayer() {
  const plan = useDesign((state) => state.plan)
  const grip = useDesign((state) => state.grip)
  const surface = useDesign((state) => state.surface)
  const said = useDesign((state) => state.said)
  const specification = useStudio((state) => state.document?.specification)
  const loose = grip === 'loose'
  useEffect(() => {
    if (!loose) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      giveUp()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [loose])
  useEffect(() => (surface === null ? undefined : listenToNodes(surface)), [surface])

  const words = plan && specification ? planWords(plan, specification) : ''
  const change = plan && specification ? changeWords(plan, specification) : null
  return (
    <>
      {plan && specification ? (
        <div
          className="drop-layer"
          data-grip={grip}
          aria-hidden="true"
          onPointerMove={(event) => (loose ? carryTo({ x: event.clientX, y: event.clientY }) : undefined)}
          // Before the block that was picked up loses the keyboard, and with it what is carried.
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            if (!loose) return
            carryTo({ x: event.clientX, y: event.clientY })
            putDown()
          }}
        >
          <DropPicture plan={plan} specification={specification} />
          <p className="drop-words">
            <b>{words}</b>
            {change === null ? null : <span className="num">{change}</span>}
            {grip === 'nothing' ? null : <kbd>Esc</kbd>}
          </p>
        </div>
      ) : null}
      <div className="unseen" aria-live="assertive">
        {/* A slider says its own value. */}
        {plan === null ? said : plan.type === 'width' ? '' : [words, change].filter((part) => part !== null).join(', ')}
      </div>
    </>
  )
}
