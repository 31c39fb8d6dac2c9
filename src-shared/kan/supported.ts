/** What format 1 allows and this version does not compute: refused in one sentence, never ignored. */
import { UserError } from '../user-error'
import type { Specification } from './specification'

/**
 * @param where what the sentence begins with: a file's or a field's name
 * @throws UserError naming the first field that asks for something that is not built
 */
export function refuseUnsupported(specification: Specification, where: string): void {
  const refuse = (field: string, what: string): never => {
    throw new UserError(`${where}: ${field} asks for ${what}, which this version cannot compute.`)
  }
  specification.layers.forEach(({ symbolic }, l) => {
    if (symbolic.length > 0) refuse(`layers[${l}].symbolic`, 'symbolic edges')
  })
}
