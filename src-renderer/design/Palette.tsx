/** Blocks to build a network of: dragged into it, or picked up by a click or Enter and put down at a place of choice. */
import './design.css'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { basisDetail } from '../network/selection/words'
import { pasteNetwork, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { BasisPicture } from './BasisPicture'
import { BLOCKS, type Block, PRESET_BLOCKS, PRESETS, presetDesign } from './blocks'
import { letGo, useDesign } from './plan'
import { carryOn, drag, putDown, take } from './put'

export function Palette() {
  return (
    <>
      {BLOCKS.map((block) => (
        <BlockButton key={block.title} block={block} />
      ))}
      <details className="presets">
        <summary>More blocks and networks</summary>
        {PRESET_BLOCKS.map((block) => (
          <BlockButton key={block.title} block={block} />
        ))}
        <PresetButtons />
      </details>
      <Ghost />
    </>
  )
}

function BlockButton({ block }: { block: Block }) {
  const taken = useDesign(({ plan }) => plan?.type === 'block' && plan.block === block)
  const loose = useDesign((state) => state.grip === 'loose')

  function onKeyDown(event: KeyboardEvent) {
    if (!taken || !loose) return
    const steps: Partial<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }
    const step = steps[event.key]
    if (step !== undefined) carryOn(step)
    else if (event.key === 'Enter') putDown()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <button
      type="button"
      className="block"
      aria-pressed={taken}
      aria-description="Enter picks it up, the arrow keys choose a place in the network, Enter puts it down."
      title="Drag it into the network, or click it and then a place there"
      onPointerDown={(event) => {
        if (event.button !== 0 || loose) return
        drag(event, { type: 'block', block })
      }}
      onClick={(event) => {
        if (taken) return letGo()
        take({ type: 'block', block }, 'loose')
        // Without a pointer there is a place from the start.
        if (event.detail === 0) carryOn(1)
      }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (taken && loose) letGo()
      }}
    >
      <BasisPicture basis={block.basis} />
      <span>
        <b>{block.title}</b>
        <small>{block.note}</small>
      </span>
      <span className="unseen">{basisDetail(block.basis)}</span>
    </button>
  )
}

function PresetButtons() {
  const specification = useStudio((state) => state.document?.specification)
  if (!specification) return null
  const { inputs, outputs } = specification
  return (
    <div className="preset-networks">
      {PRESETS.map((preset) => {
        const widths = [inputs.length, ...preset.hidden, outputs.length]
        return (
          <Button
            key={preset.title}
            label={`${preset.title} [${widths.join(', ')}]`}
            look="outlined"
            hint="Replaces the network by untrained layers; undo brings it back."
            onClick={() => pasteNetwork(JSON.stringify(presetDesign(preset, specification)))}
          />
        )
      })}
    </div>
  )
}

/** The block under the pointer, while it is not over the network. */
function Ghost() {
  const plan = useDesign((state) => state.plan)
  const ghost = useRef<HTMLDivElement>(null)
  // Over the network the network itself shows what would come of it.
  const block = plan?.type === 'block' && plan.place === null ? plan.block : null
  useEffect(() => {
    if (block === null) return
    const move = ({ clientX, clientY }: PointerEvent) => {
      const { current } = ghost
      if (current === null) return
      current.style.transform = `translate(${clientX + 10}px, ${clientY + 8}px)`
      current.hidden = false
    }
    window.addEventListener('pointermove', move)
    return () => window.removeEventListener('pointermove', move)
  }, [block])
  if (block === null) return null
  return (
    <div ref={ghost} className="block block-ghost" aria-hidden="true" hidden>
      <BasisPicture basis={block.basis} />
      <b>{block.title}</b>
    </div>
  )
}
