/** Whether a network and the columns chosen for it match in number: asked before anything is computed. */
import type { DataChoice } from '../../src-shared/contract/job'
import type { Specification } from '../../src-shared/kan/specification'
import { UserError } from '../../src-shared/user-error'

/** The columns of a choice of data, by name and in order. */
interface Columns {
  /** What has them, for the sentence: `the table`. */
  readonly source: string
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
}

/**
 * @param where the job's file or the flags that chose the columns
 * @throws UserError (status 2) naming both numbers
 */
export function refuseMisfit(specification: Specification, columns: Columns, where: string): void {
  const { source, inputs, targets } = columns
  const nodes = { inputs: specification.inputs.length, outputs: specification.outputs.length }
  if (inputs.length !== nodes.inputs) {
    const has = `${source} has ${counted(inputs.length, 'input')} (${inputs.join(', ')}), the network ${nodes.inputs}`
    throw misfit(
      `${where}: ${has}; choose ${counted(nodes.inputs, 'input column')} or give the network ${counted(inputs.length, 'input')}.`,
    )
  }
  if (targets.length !== nodes.outputs) {
    const has = `${source} has ${counted(targets.length, 'target')} (${targets.join(', ')}), the network ${counted(nodes.outputs, 'output')}`
    throw misfit(
      `${where}: ${has}; choose ${counted(nodes.outputs, 'target column')} or give the network ${counted(targets.length, 'output')}.`,
    )
  }
}

export function columnsOf(data: DataChoice): Columns {
  if ('file' in data) return { source: 'the table', inputs: data.inputs, targets: data.targets }
  if (data.generator === 'hello') return { source: 'the generator hello', inputs: ['x', 'y'], targets: ['f'] }
  return { source: 'the formula', inputs: data.inputs, targets: ['f'] }
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

function misfit(sentence: string): UserError {
  return new UserError(sentence, { exitCode: 2 })
}
