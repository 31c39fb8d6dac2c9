/** What is seen over the network while something is in hand: the places that it can go to, and the network as it would be. */
import { useEffect } from 'react'
import type { Specification } from '../../src-shared/kan/specification'
import { type Column, DOT } from '../network/layout'
import { nodeY, type Seen } from '../network/view'
import { basisDetail, nodeCount } from '../network/words'
import { useStudio } from '../state/studio'
import { type Circle, ghostColumn, linesBetween } from './ghost'
import { foreseen, type Hand, useDesign } from './hand'
import { gapsOf, type Place, placesOf, samePlace, zonesOf } from './places'
import { carryTo, letGo, putDown } from './put'
import { changeWords, ghostTitle, handWords } from './words'

export function DropLayer() {
  const { hand, held, seen } = useDesign()
  const specification = useStudio((state) => state.document?.specification)
  useEffect(() => {
    if (!held) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      letGo()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [held])

  const words = hand && specification ? handWords(hand, specification) : ''
  const change = hand && specification ? changeWords(hand, specification) : null
  return (
    <>
      {hand && seen && specification ? (
        <div
          className="drop-layer"
          data-held={held || undefined}
          aria-hidden="true"
          onPointerMove={(event) => carryTo({ x: event.clientX, y: event.clientY })}
          // Before the block that was picked up loses the keyboard, and with it what is in hand.
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            carryTo({ x: event.clientX, y: event.clientY })
            void putDown()
          }}
        >
          <svg className="drop-picture" aria-hidden="true">
            {hand.type === 'width' ? null : <Places hand={hand} seen={seen} specification={specification} />}
            <Foreseen hand={hand} seen={seen} specification={specification} />
          </svg>
          <p className="drop-words">
            <b>{words}</b>
            {change === null ? null : <span className="num">{change}</span>}
            {held ? <kbd>Esc</kbd> : null}
          </p>
        </div>
      ) : null}
      <div className="unseen" aria-live="assertive">
        {change === null ? words : `${words}, ${change}`}
      </div>
    </>
  )
}

interface PictureProps {
  readonly hand: Hand
  readonly seen: Seen
  readonly specification: Specification
}

/** Room that headers need, and tools. */
const TOP = 78
const BOTTOM = 100

function Places({ hand, seen, specification }: PictureProps) {
  const places: readonly Place[] = hand.type === 'block' ? placesOf(specification) : gapsOf(specification)
  const chosen = hand.type === 'width' ? null : hand.place
  const height = Math.max(40, seen.size.height - TOP - BOTTOM)
  return zonesOf(seen, places).map(({ place, from, to }) => (
    <rect
      key={`${place.type} ${place.type === 'gap' ? place.at : place.layer}`}
      className={`drop-place ${place.type}${samePlace(place, chosen) ? ' on' : ''}`}
      {...{ x: from, y: TOP, width: to - from, height, rx: 8 }}
    />
  ))
}

function Foreseen({ hand, seen, specification }: PictureProps) {
  const after = foreseen(hand, specification)
  if (after === specification) return null
  if (hand.type === 'width') return <WiderColumn seen={seen} column={hand.layer + 1} nodes={hand.nodes} />
  const { place } = hand
  if (place === null) return null
  const [zone] = zonesOf(seen, [place])
  if (zone === undefined) return null
  const x = (zone.from + zone.to) / 2
  const at = place.type === 'layer' ? place.layer : place.at
  const layer = hand.type === 'layer' ? specification.layers[hand.layer] : after.layers[at]
  if (layer === undefined) return null
  const title = ghostTitle(hand, specification)
  return (
    <g className="drop-ghost">
      {place.type === 'gap' ? <InsertedColumn seen={seen} x={x} after={at} nodes={layer.nodes} /> : null}
      <Title x={x} room={seen.size.width} title={title} detail={`${basisDetail(layer.basis)} · ${nodeCount(layer)}`} />
    </g>
  )
}

interface TitleProps {
  readonly x: number
  /** Width of the window that it stays within. */
  readonly room: number
  readonly title: string
  readonly detail: string
}

function Title({ x: middle, room, title, detail }: TitleProps) {
  const width = Math.max(72, detail.length * 6.7 + 16)
  const x = Math.max(width / 2 + 4, Math.min(room - width / 2 - 4, middle))
  return (
    <>
      <rect className="drop-title" x={x - width / 2} y={10} width={width} height={44} rx={6} />
      <text x={x} y={28}>
        {title}
      </text>
      <text className="drop-detail" x={x} y={45}>
        {detail}
      </text>
    </>
  )
}

/** A column between two others, with the lines that would lead to it. */
function InsertedColumn({ seen, x, after, nodes }: { seen: Seen; x: number; after: number; nodes: number }) {
  const { circles, bar } = ghostColumn(seen, x, nodes)
  const neighbours = [seen.columns[after], seen.columns[after + 1]].filter((column) => column !== undefined)
  return (
    <>
      {neighbours.map((column) => (
        <path key={column.x} className="drop-lines" d={linesBetween(circlesOf(column), circles)} />
      ))}
      {circles.map((circle) => (
        <circle key={circle.cy} className="drop-node" {...circle} />
      ))}
      {bar === null ? null : <rect className="drop-node" {...bar} rx={4} />}
    </>
  )
}

/** A column as it would stand with another number of nodes: over the one that is there. */
function WiderColumn({ seen, column, nodes }: { seen: Seen; column: number; nodes: number }) {
  const old = seen.columns[column]
  if (old === undefined) return null
  const { circles, bar } = ghostColumn(seen, old.x, nodes)
  return (
    <g className="drop-ghost">
      <rect
        className="drop-column"
        {...{ x: old.x - 22, y: TOP, width: 44, height: Math.max(40, seen.size.height - TOP - BOTTOM + 36), rx: 8 }}
      />
      {circles.map((circle, k) => (
        <circle key={circle.cy} className={k < old.count ? 'drop-node old' : 'drop-node'} {...circle} />
      ))}
      {bar === null ? null : <rect className="drop-node" {...bar} rx={4} />}
    </g>
  )
}

function circlesOf(column: Column): Circle[] {
  if (column.radius < DOT) return []
  return Array.from({ length: column.count }, (_, k) => ({ cx: column.x, cy: nodeY(column, k), r: column.radius }))
}
