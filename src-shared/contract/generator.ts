/** What is wrong with a generator's settings before any row is made? */
import { parseFormula } from '../formula/parse'
import { isUserError } from '../user-error'
import type { DataChoice } from './job'

export type GeneratorChoice = Extract<DataChoice, { generator: string }>

/** Beyond this the numbers alone take more than a gigabyte. */
const MOST_NUMBERS = 100_000_000

/** A setting that cannot be, with what is wrong with it: half a sentence that needs no name of the setting. */
export interface GeneratorFault {
  readonly field: 'formula' | 'inputs' | 'range' | 'samples'
  readonly problem: string
}

/** The first fault; null where rows can be made, as far as the settings tell. */
export function generatorFault(choice: GeneratorChoice): GeneratorFault | null {
  if (choice.generator === 'hello') return null
  const { formula, inputs, range, samples } = choice
  const [from, to] = range
  if (!(from < to)) {
    const problem = `the range of a formula must go from a smaller to a larger number, not from ${from} to ${to}`
    return { field: 'range', problem }
  }
  const repeated = inputs.find((input, index) => inputs.indexOf(input) !== index)
  if (repeated !== undefined) return { field: 'inputs', problem: `the input '${repeated}' is named twice` }
  if (samples * (inputs.length + 1) > MOST_NUMBERS) {
    const made = `${samples} samples of ${inputs.length} inputs`
    const problem = `${made} are more numbers than the ${MOST_NUMBERS} that can be made: take fewer samples`
    return { field: 'samples', problem }
  }
  try {
    parseFormula(formula, inputs)
    return null
  } catch (error) {
    if (!isUserError(error)) throw error
    return { field: 'formula', problem: error.message }
  }
}
