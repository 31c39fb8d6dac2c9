/** What a plan looks like over the network: the places that it can go to, and the nodes that would come, go or move. */
import type { Specification } from '../../src-shared/kan/specification'
import { turnTransform, uprightTransform } from '../network/drawing/upright'
import { type Column, DOT } from '../network/place/layout'
import { nodeY, type Seen } from '../network/place/view'
import { basisDetail, nodeCount } from '../network/selection/words'
import { live } from '../state/studio'
import { type Circle, ghostColumn, linesBetween } from './ghost'
import { gapsOf, type Place, placesOf, samePlace, zonesOf } from './places'
import { editOf, foreseen, type Plan, useDesign } from './plan'
import { ghostTitle } from './words'

export function DropPicture({ plan, specification }: { plan: Plan; specification: Specification }) {
  const seen = useDesign((state) => state.seen)
  if (seen === null) return null
  return (
    <svg className="drop-picture" aria-hidden="true">
      {/* Drawn left to right and turned, as the canvas is. */}
      <g transform={turnTransform(seen)}>
        {plan.type === 'width' || plan.type === 'nodes' ? null : (
          <Places plan={plan} seen={seen} specification={specification} />
        )}
        <Foreseen plan={plan} seen={seen} specification={specification} />
      </g>
    </svg>
  )
}

interface PictureProps {
  readonly plan: Plan
  readonly seen: Seen
  readonly specification: Specification
}

/** The strip between headers and tools, as the network thinks of it. */
function strip({ size, orientation }: Seen): { readonly y: number; readonly height: number } {
  const [over, below] = orientation === 'up' ? [138, 24] : [78, 100]
  return { y: over, height: Math.max(40, size.height - over - below) }
}

function Places({ plan, seen, specification }: PictureProps) {
  const places: readonly Place[] = plan.type === 'block' ? placesOf(specification) : gapsOf(specification)
  const chosen = plan.type === 'block' || plan.type === 'layer' ? plan.place : null
  return zonesOf(seen, places).map(({ place, from, to }) => (
    <rect
      key={`${place.type} ${place.type === 'gap' ? place.at : place.layer}`}
      className={`drop-place ${place.type}${samePlace(place, chosen) ? ' on' : ''}`}
      {...{ x: from, width: to - from, ...strip(seen), rx: 8 }}
    />
  ))
}

function Foreseen({ plan, seen, specification }: PictureProps) {
  if (plan.type === 'nodes') return <MovedNodes seen={seen} plan={plan} />
  const after = foreseen(plan, specification)
  if (after === specification) return null
  if (plan.type === 'width') {
    const edit = editOf(plan, specification, live.importance)
    const leaving = edit?.type === 'remove-nodes' ? edit.nodes : []
    return leaving.length > 0 ? (
      <NarrowerColumn seen={seen} column={plan.layer + 1} leaving={leaving} />
    ) : (
      <WiderColumn seen={seen} column={plan.layer + 1} nodes={plan.nodes} />
    )
  }
  const { place } = plan
  if (place === null) return null
  const [zone] = zonesOf(seen, [place])
  if (zone === undefined) return null
  const x = (zone.from + zone.to) / 2
  const at = place.type === 'layer' ? place.layer : place.at
  const change = editOf(plan, specification, null)
  const layer = after.layers[change?.type === 'move-layer' ? change.to : at]
  if (layer === undefined) return null
  const title = ghostTitle(plan, specification)
  return (
    <g className="drop-ghost">
      {place.type === 'gap' ? <InsertedColumn seen={seen} x={x} after={at} nodes={layer.nodes} /> : null}
      <Title x={x} seen={seen} title={title} detail={`${basisDetail(layer.basis)} · ${nodeCount(layer)}`} />
    </g>
  )
}

interface TitleProps {
  readonly x: number
  readonly seen: Seen
  readonly title: string
  readonly detail: string
}

function Title({ x: middle, seen, title, detail }: TitleProps) {
  const width = Math.max(72, detail.length * 6.7 + 16)
  const x = Math.max(width / 2 + 4, Math.min(seen.size.width - width / 2 - 4, middle))
  const place = seen.orientation === 'up' ? { x: middle, y: width / 2 + 6 } : { x, y: 32 }
  return (
    <g transform={uprightTransform(seen, place)}>
      <rect className="drop-title" x={-width / 2} y={-22} width={width} height={44} rx={6} />
      <text y={-4}>{title}</text>
      <text className="drop-detail" y={13}>
        {detail}
      </text>
    </g>
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
  const { y, height } = strip(seen)
  return (
    <g className="drop-ghost">
      <rect className="drop-column" {...{ x: old.x - 22, width: 44, y, height: height + 36, rx: 8 }} />
      {circles.map((circle, k) => (
        <circle key={circle.cy} className={k < old.count ? 'drop-node old' : 'drop-node'} {...circle} />
      ))}
      {bar === null ? null : <rect className="drop-node" {...bar} rx={4} />}
    </g>
  )
}

/** A column of which some nodes would go. */
function NarrowerColumn({ seen, column, leaving }: { seen: Seen; column: number; leaving: readonly number[] }) {
  const old = seen.columns[column]
  if (old === undefined) return null
  const r = Math.max(old.radius, 3)
  return leaving.map((node) => {
    const y = nodeY(old, node)
    return (
      <g key={node} className="drop-leaving">
        <circle cx={old.x} cy={y} r={r} />
        <path d={`M${old.x - r / 2},${y - r / 2}l${r},${r}m0,${-r}l${-r},${r}`} />
      </g>
    )
  })
}

/** Nodes under the pointer, and the gap that they would go to. */
function MovedNodes({ seen, plan }: { seen: Seen; plan: Extract<Plan, { type: 'nodes' }> }) {
  const column = seen.columns[plan.layer + 1]
  if (column === undefined) return null
  const r = Math.max(column.radius, 4)
  const others = Array.from({ length: column.count }, (_, k) => k).filter((k) => !plan.nodes.includes(k))
  const [above, below] = [others[plan.to - 1], others[plan.to]]
  const y =
    above === undefined
      ? nodeY(column, below ?? 0) - column.pitch / 2
      : below === undefined
        ? nodeY(column, above) + column.pitch / 2
        : (nodeY(column, above) + nodeY(column, below)) / 2
  return (
    <g className="drop-ghost">
      <path className="drop-mark" d={`M${column.x - r - 14},${y}h${2 * r + 28}`} />
      {plan.nodes.slice(0, 12).map((node, k) => (
        <circle key={node} className="drop-node" cx={column.x} cy={plan.y + k * Math.min(column.pitch, 8)} r={r} />
      ))}
    </g>
  )
}

function circlesOf(column: Column): Circle[] {
  if (column.radius < DOT) return []
  return Array.from({ length: column.count }, (_, k) => ({ cx: column.x, cy: nodeY(column, k), r: column.radius }))
}
