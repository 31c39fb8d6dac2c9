/** Do data and a network match in their number of inputs and outputs? */
import type { Specification } from '../kan/specification'

/**
 * How they do not match, as the beginning of a sentence; null where they do.
 *
 * @param source what has the columns: `the table`, a file's name
 * @param data names of the inputs and targets as they are coded: each value of a category is an input
 */
export function misfitOf(
  { inputs, outputs }: Pick<Specification, 'inputs' | 'outputs'>,
  source: string,
  data: { readonly inputs: readonly unknown[]; readonly targets: readonly unknown[] },
): string | null {
  if (data.inputs.length !== inputs.length) {
    return `${source} has ${counted(data.inputs.length, 'input')}, the network ${inputs.length}`
  }
  if (data.targets.length !== outputs.length) {
    return `${source} has ${counted(data.targets.length, 'target')}, the network ${counted(outputs.length, 'output')}`
  }
  return null
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
