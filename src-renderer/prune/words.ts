/** What pruning takes and costs, in words. */
import { decisive, type PruneLoss } from '../../src-shared/contract/pruning'
import type { Specification } from '../../src-shared/kan/specification'
import type { Pruning } from '../../src-shared/numerics/pruning'
import { counted, formatCount, formatValue } from '../ui/format'

/** `4 edges, 1 node, 38 parameters` */
export function goneWords({ edges, nodes, parameters }: Pruning): string {
  if (edges === 0) return 'Nothing would go.'
  return [
    counted(edges, 'edge'),
    ...(nodes > 0 ? [counted(nodes, 'node')] : []),
    counted(parameters, 'parameter'),
  ].join(', ')
}

/** What the button says. */
export function pruneWords(edges: number): string {
  return edges === 0 ? 'Prune' : `Prune ${counted(edges, 'edge')}`
}

interface Cost {
  readonly name: string
  readonly before: string
  readonly after: string
  /** How many rows it is of, in short and in full. */
  readonly short: string
  readonly rows: string
}

/** The loss that decides, and of which rows it is. */
export function costWords(loss: PruneLoss): Cost | null {
  const split = decisive(loss)
  if (split === null) return null
  const { name, rows, of, before, after } = split
  const some = rows === of ? formatCount(of) : `${formatCount(rows)} of ${formatCount(of)}`
  return {
    name: name === 'validation' ? 'validation' : 'loss',
    before: formatValue(before),
    after: formatValue(after),
    short: `${some} ${of === 1 ? 'row' : 'rows'}`,
    rows: `The data loss on ${some} ${name === 'validation' ? 'validation' : 'training'} ${of === 1 ? 'row' : 'rows'}.`,
  }
}

export function keptWords({ kept }: Pruning): string | null {
  if (kept === 0) return null
  return `${counted(kept, 'weak edge')} ${kept === 1 ? 'stays' : 'stay'}: else no way from an input to an output would be left, and that would be a constant.`
}

export function lostWords({ inputs }: Pruning, names: Specification['inputs']): string | null {
  const [first, ...others] = inputs
  if (first === undefined) return null
  if (others.length > 2) return `${formatCount(inputs.length)} inputs would have no say any more.`
  const list = inputs.map((input) => names[input]?.name ?? `input ${input + 1}`)
  return `${inputs.length === 1 ? 'Input' : 'Inputs'} ${list.join(', ')} would have no say any more.`
}
