/** What edit puts another network in the place of this one, whose inputs and outputs stay? */
import { UserError } from '../../user-error'
import type { Model } from '../parameters'
import { sliceOf } from '../slices'
import type { Specification } from '../specification'
import { apply } from './apply'
import type { Edit, LayerState } from './edit'
import { setColumns } from './model'

type Ends = readonly { readonly name: string }[]

/**
 * Inputs and outputs are matched by name, or by place where no name is in both. What the other network knows nothing of comes
 * from its seed, what this one has not is left out.
 *
 * @throws UserError where no name is in both and their numbers differ
 */
export function fitNetwork(other: Model, { inputs, outputs }: Specification): Edit {
  const { preprocessing: _, history: __, classes: ___, ...design } = other.specification
  const named: Model = {
    ...other,
    specification: {
      ...design,
      task: 'regression',
      inputs: namedAlike(design.inputs, inputs, 'input'),
      outputs: namedAlike(design.outputs, outputs, 'output'),
    },
  }
  const fitted = withColumns(named, namesOf(inputs), namesOf(outputs))
  const layers = fitted.specification.layers.map(
    (specification, l): LayerState => ({ specification, parameters: sliceOf(fitted, l).parameters, moments: null }),
  )
  return { type: 'set-network', layers, inputs: fitted.specification.inputs }
}

function withColumns(model: Model, inputs: readonly string[], outputs: readonly string[]): Model {
  const { specification } = model
  const same = [namesOf(specification.inputs), namesOf(specification.outputs)]
  if (JSON.stringify(same) === JSON.stringify([inputs, outputs])) return model
  return apply(model, { type: 'sequence', edits: setColumns(specification, inputs, outputs) }).model
}

/** The ends of the other network, with this one's names by place where they have no name in common. */
function namedAlike<T extends Ends[number]>(ends: readonly T[], own: Ends, what: 'input' | 'output'): T[] {
  const known = new Set(namesOf(own))
  if (ends.some(({ name }) => known.has(name))) return [...ends]
  if (ends.length === own.length) return ends.map((end, k) => ({ ...end, name: own[k]?.name ?? end.name }))
  throw new UserError(
    `The copied network has ${listed(ends, what)}, this one ${listed(own, what)}: ` +
      `where no ${what} of both has the same name, there must be as many.`,
  )
}

function namesOf(ends: Ends): string[] {
  return ends.map(({ name }) => name)
}

/** `the inputs x, y`, `the inputs a, b, c and 7 more`. */
function listed(ends: Ends, what: string): string {
  const names = namesOf(ends)
  const rest = names.length > 4 ? ` and ${names.length - 3} more` : ''
  return `the ${what}${names.length === 1 ? '' : 's'} ${names.slice(0, rest === '' ? 4 : 3).join(', ')}${rest}`
}
