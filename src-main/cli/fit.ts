/** Whether a network and the columns chosen for it match in number: asked before anything is computed. */
import { columnsOf } from '../../src-shared/contract/columns'
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

/** The columns of a job's data, with what has them. */
export function sourceOf(data: DataChoice): Columns {
  const source = 'file' in data ? 'the table' : data.generator === 'hello' ? 'the generator hello' : 'the formula'
  return { source, ...columnsOf(data) }
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

function misfit(sentence: string): UserError {
  return new UserError(sentence, { exitCode: 2 })
}
