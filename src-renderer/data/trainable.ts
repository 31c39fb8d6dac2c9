/** Can a document's network be trained as it stands? */
import { misfitOf } from '../../src-shared/contract/misfit'
import type { DocumentState } from '../../src-shared/contract/studio'

/** Whether there are data and the network has an input and an output for each of their columns. */
export function isTrainable({
  dataSummary,
  specification,
}: Pick<DocumentState, 'dataSummary' | 'specification'>): boolean {
  return dataSummary !== null && misfitOf(specification, dataSummary.name, dataSummary) === null
}
