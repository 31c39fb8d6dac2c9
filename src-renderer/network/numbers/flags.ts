/** What was done to each edge: locked, tied, pruned, made a formula. Edge e = output · inputs + input, as in scores [O, I]. */
import { withGroups } from '../../../src-shared/kan/groups'
import { inputsOf, type LayerSpecification, type Specification } from '../../../src-shared/kan/specification'

export const FROZEN = 1
export const TIED = 2
export const PRUNED = 4
export const FORMULA = 8
/** The four bits above tell ties of a layer apart: the first 16 by a letter, by a colour in turns. */
const TIE_BITS = 4
const TIES = 16
/** Which of its layer's ties an edge is in, where it is {@link TIED}. */
export const tieNumber = (flags: number) => flags >> TIE_BITS
export const TIE_COLOURS = ['tied', 'tied2', 'tied3', 'tied4', 'tied5'] as const
export const tieColour = (flags: number) => TIE_COLOURS[tieNumber(flags) % TIE_COLOURS.length] ?? 'tied'
/** What a badge tells. */
export const BADGED = FROZEN | TIED | FORMULA

/** Locked, tied and pruned edges, and formulas, of a layer with I inputs. */
function edgeFlags(layer: LayerSpecification, inputs: number): Uint8Array {
  const flags = new Uint8Array(inputs * layer.nodes)
  const mark = (edges: LayerSpecification['frozen'], flag: number) => {
    for (const [input, output] of edges) {
      const e = output * inputs + input
      flags[e] = (flags[e] ?? 0) | flag
    }
  }
  mark(layer.frozen, FROZEN)
  layer.tied.forEach((group, n) => {
    mark(group, TIED | ((n % TIES) << TIE_BITS))
  })
  mark(layer.pruned, PRUNED)
  mark(
    layer.symbolic.map(({ edge }) => edge),
    FORMULA,
  )
  return flags
}

/** The flags of every layer's edges, with what the groups of inputs ask of them. */
export function networkFlags(specification: Specification): readonly Uint8Array[] {
  const known = flagged.get(specification)
  if (known !== undefined) return known
  const flags = withGroups(specification).layers.map((layer, l) => edgeFlags(layer, inputsOf(specification, l)))
  flagged.set(specification, flags)
  return flags
}

/** What is drawn, counted and acted on asks for the same design again and again. */
const flagged = new WeakMap<Specification, readonly Uint8Array[]>()
