/** A network as a picture in a report: its nodes in columns, and on every edge the curve that it has learned. */
import { escaped } from '../benchmark/escaped'
import { edgeName, layerAt, nodeName } from '../kan/names'
import { gridSize, inputsOf, type Specification } from '../kan/specification'
import { type CurveParameters, edgeCurve } from '../numerics/curve'

const WIDTH = 960
/** Nodes of a column that are drawn: more are a thicket. */
const MOST_NODES = 16
const TILE = { width: 34, height: 22 }
const POINTS = 40

/** @param parameters a layer's numbers each, in any precision */
export function networkSvg(specification: Specification, parameters: readonly CurveParameters[]): string {
  const widths = [specification.inputs.length, ...specification.layers.map(({ nodes }) => nodes)]
  const shown = widths.map((width) => Math.min(width, MOST_NODES))
  const height = Math.max(220, 34 * Math.max(...shown) + 80)
  const at = (boundary: number, index: number) => ({
    x: 110 + ((WIDTH - 220) * boundary) / (widths.length - 1),
    y: 30 + ((height - 60) * (index + 0.5)) / (shown[boundary] ?? 1),
  })
  const edges = specification.layers.flatMap((layer, l) => {
    const pruned = new Set(layer.pruned.map(String))
    const inputs = inputsOf(specification, l)
    const numbers = parameters[l]
    if (numbers === undefined) return []
    return Array.from({ length: shown[l] ?? 0 }, (_, i) => i).flatMap((i) =>
      Array.from({ length: shown[l + 1] ?? 0 }, (_, o) => o)
        .filter((o) => !pruned.has(String([i, o])))
        .map((o) => {
          const curve = edgeCurve(layer, numbers, inputs, [i, o], pointsOf(layerAt(specification, l), numbers, i))
          return { layer: l, edge: [i, o] as const, curve, strength: deviation(curve) }
        }),
    )
  })
  const strongest = Math.max(...edges.map(({ strength }) => strength), Number.MIN_VALUE)
  // The strongest first: a curve has a tile where none lies yet.
  const tiles: { readonly x: number; readonly y: number }[] = []
  const drawn = [...edges]
    .sort((a, b) => b.strength - a.strength)
    .map(({ layer, edge, curve, strength }) => {
      const [from, to] = [at(layer, edge[0]), at(layer + 1, edge[1])]
      const part = strength / strongest
      const name = escaped(edgeName(specification, layer, edge))
      const line = `<path class="edge" d="M${from.x} ${from.y.toFixed(1)}L${to.x} ${to.y.toFixed(1)}" stroke-width="${(0.6 + 2.4 * part).toFixed(2)}" opacity="${(0.15 + 0.85 * part).toFixed(2)}"><title>${name}</title></path>`
      const place = [0.5, 0.3, 0.7]
        .map((share) => ({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }))
        .find((place) =>
          tiles.every(({ x, y }) => Math.abs(x - place.x) > TILE.width || Math.abs(y - place.y) > TILE.height),
        )
      if (place === undefined) return { line, tile: '' }
      tiles.push(place)
      return { line, tile: tileOf(curve, place, name) }
    })
  const nodes = widths.flatMap((width, boundary) =>
    Array.from({ length: shown[boundary] ?? 0 }, (_, index) => {
      const { x, y } = at(boundary, index)
      const anchor = boundary === 0 ? 'end' : 'start'
      const isSide = boundary === 0 || boundary === widths.length - 1
      const text = isSide
        ? `<text x="${x + (boundary === 0 ? -12 : 12)}" y="${(y + 4).toFixed(1)}" text-anchor="${anchor}">${escaped(shortened(nodeName(specification, boundary, index)))}</text>`
        : ''
      const more =
        index === MOST_NODES - 1 && width > MOST_NODES
          ? `<text class="tick" x="${x}" y="${height - 6}" text-anchor="middle">the first ${MOST_NODES} of ${width}</text>`
          : ''
      return `<circle class="node" cx="${x}" cy="${y.toFixed(1)}" r="6"/>${text}${more}`
    }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" class="kan-network" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="The network [${widths.join(', ')}]">
<style>${STYLE}</style>
${[...drawn.map(({ line }) => line), ...drawn.map(({ tile }) => tile), ...nodes].join('\n')}
</svg>
`
}

/** From where to where the grid of an input goes; Chebyshev polynomials have none. */
function pointsOf(
  { basis, range }: ReturnType<typeof layerAt>,
  { grid }: CurveParameters,
  input: number,
): Float64Array {
  const knots = gridSize(basis)
  const margin = basis.type === 'spline' ? basis.order : 0
  const from = grid?.[input * knots + margin] ?? range[0]
  const to = grid?.[input * knots + knots - 1 - margin] ?? range[1]
  return Float64Array.from({ length: POINTS }, (_, k) => from + ((to - from) * k) / (POINTS - 1))
}

function deviation(values: Float64Array): number {
  const finite = values.filter(Number.isFinite)
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  return Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length) || 0
}

function tileOf(curve: Float64Array, { x, y }: { readonly x: number; readonly y: number }, name: string): string {
  const { width, height } = TILE
  const finite = curve.filter(Number.isFinite)
  const [least, most] = [Math.min(...finite), Math.max(...finite)]
  const points = [...curve].flatMap((value, k) =>
    Number.isFinite(value)
      ? [
          `${(x - width / 2 + 3 + ((width - 6) * k) / (POINTS - 1)).toFixed(1)},${(y + height / 2 - 3 - ((height - 6) * (value - least)) / (most - least || 1)).toFixed(1)}`,
        ]
      : [],
  )
  return `<g><title>${name}</title><rect class="tile" x="${(x - width / 2).toFixed(1)}" y="${(y - height / 2).toFixed(1)}" width="${width}" height="${height}" rx="3"/><polyline class="curve" points="${points.join(' ')}"/></g>`
}

function shortened(name: string): string {
  return name.length <= 15 ? name : `${name.slice(0, 14)}…`
}

const STYLE = `
.kan-network { font: 12px system-ui, -apple-system, "Segoe UI", Arial, sans-serif; --ink: #14181f; --ink-3: #5f697a; --ground: #ffffff; --line: #c3cad4; --edge: #3457d5; }
.kan-network text { fill: var(--ink); } .kan-network .tick { fill: var(--ink-3); font-size: 11px; }
.kan-network .edge { stroke: var(--edge); fill: none; }
.kan-network .node { fill: var(--ground); stroke: var(--ink); stroke-width: 1.5; }
.kan-network .tile { fill: var(--ground); stroke: var(--line); }
.kan-network .curve { fill: none; stroke: var(--edge); stroke-width: 1.5; }
@media (prefers-color-scheme: dark) { .kan-network { --ink: #edf0f5; --ink-3: #98a3b4; --ground: #191d24; --line: #3a4352; --edge: #7d9bff; } }
`
