/** Which rows does a generator make? Made from its seed, so they are the same everywhere. */
import { GENERATED_TARGET, HELLO_INPUTS } from '../../../src-shared/contract/columns'
import { type GeneratorChoice, generatorFault } from '../../../src-shared/contract/generator'
import { parseFormula } from '../../../src-shared/formula/parse'
import { random } from '../../../src-shared/numerics/random'
import { UserError } from '../../../src-shared/user-error'
import type { RawData } from './coding/raw-data'

/**
 * Inputs uniform in the range, the target `f` from them: `hello` is exp(sin(πx) + y²) on [−1, 1], a formula is the
 * person's own, with Gaussian noise of a standard deviation added.
 *
 * @throws UserError for a formula that cannot be read or has no finite value somewhere in its range
 */
export function generate(choice: GeneratorChoice): RawData {
  const fault = generatorFault(choice)
  if (fault !== null) throw new UserError(fault.problem, { exitCode: fault.field === 'inputs' ? 2 : 1 })
  if (choice.generator === 'hello') {
    const { samples, seed } = choice
    return sample({
      name: 'hello',
      inputs: HELLO_INPUTS,
      formula: 'exp(sin(pi*x) + y^2)',
      range: [-1, 1],
      noise: 0,
      samples,
      seed,
    })
  }
  return sample({ ...choice, name: choice.formula })
}

interface Generator {
  readonly name: string
  readonly formula: string
  readonly inputs: readonly string[]
  readonly range: readonly [number, number]
  readonly noise: number
  readonly samples: number
  readonly seed: number
}

function sample({ name, formula, inputs, range: [from, to], noise, samples, seed }: Generator): RawData {
  const evaluate = parseFormula(formula, inputs)
  const uniform = random(seed, 'inputs')
  const gaussian = gaussianOf(random(seed, 'noise'))
  const columns = inputs.map(() => new Float64Array(samples))
  const target = new Float64Array(samples)
  const point = new Array<number>(inputs.length).fill(0)
  for (let row = 0; row < samples; row++) {
    for (const [k, column] of columns.entries()) {
      point[k] = from + (to - from) * uniform()
      column[row] = point[k]
    }
    const value = evaluate(point)
    if (!Number.isFinite(value)) {
      const where = inputs.map((input, k) => `${input} = ${point[k]?.toPrecision(4)}`).join(', ')
      throw new UserError(`the formula ${formula} has no finite value at ${where}: change it or its range`)
    }
    target[row] = noise === 0 ? value : value + noise * gaussian()
  }
  return {
    name,
    rows: samples,
    inputs: inputs.map((input, k) => ({ type: 'number', name: input, values: columns[k] as Float64Array })),
    targets: [{ type: 'number', name: GENERATED_TARGET, values: target }],
    labels: null,
    splitBy: null,
    notes: [],
    numbers: null,
    tableRows: null,
    fingerprint: null,
    place: async (row, column) => `${name}, ${column === undefined ? '' : `'${column}', `}row ${row + 1}`,
  }
}

/** Normally distributed numbers (Box and Muller 1958). */
function gaussianOf(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
