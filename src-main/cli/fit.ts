/** Whether a network and the columns chosen for it match in number: asked before anything is computed. */
import type { DataSummary } from '../../src-shared/contract/data'
import type { DataChoice } from '../../src-shared/contract/job'
import type { Specification } from '../../src-shared/kan/specification'
import { UserError } from '../../src-shared/user-error'
import { listed } from './print'

/**
 * Refuses what is certain before data are read: a column is one input or more, and a target is one output.
 *
 * @param where the job's file
 * @throws UserError (status 2) naming both numbers
 */
export function refuseCertainMisfit(specification: Specification, data: DataChoice, where: string): void {
  if (!('file' in data)) return
  // A column of labels gives a target for each class.
  const isLabel = specification.task === 'classification' && data.targets.length === 1
  const targets = isLabel ? specification.outputs.map(nameOf) : data.targets
  const known = data.inputs.length > specification.inputs.length ? data.inputs : specification.inputs.map(nameOf)
  refuse(specification, { source: 'the table', inputs: known, targets }, where)
}

/** @param summary the data as they were loaded: each value of a category is an input */
export function refuseMisfit(
  specification: Specification,
  data: DataChoice,
  summary: DataSummary,
  where: string,
): void {
  const source = 'file' in data ? 'the table' : data.generator === 'hello' ? 'the generator hello' : 'the formula'
  refuse(specification, { source, inputs: summary.inputs.map(nameOf), targets: summary.targets.map(nameOf) }, where)
}

interface Columns {
  /** What has them, for the sentence. */
  readonly source: string
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
}

function refuse(specification: Specification, { source, inputs, targets }: Columns, where: string): void {
  const nodes = { inputs: specification.inputs.length, outputs: specification.outputs.length }
  if (inputs.length !== nodes.inputs) {
    const has = `${source} has ${counted(inputs.length, 'input')} (${listed(inputs)}), the network ${nodes.inputs}`
    throw misfit(
      `${where}: ${has}; choose columns that give ${counted(nodes.inputs, 'input')} or give the network ${counted(inputs.length, 'input')}.`,
    )
  }
  if (targets.length !== nodes.outputs) {
    const has = `${source} has ${counted(targets.length, 'target')} (${listed(targets)}), the network ${counted(nodes.outputs, 'output')}`
    throw misfit(
      `${where}: ${has}; choose ${counted(nodes.outputs, 'target column')} or give the network ${counted(targets.length, 'output')}.`,
    )
  }
}

const nameOf = ({ name }: { readonly name: string }) => name.trim()

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

function misfit(sentence: string): UserError {
  return new UserError(sentence, { exitCode: 2 })
}
