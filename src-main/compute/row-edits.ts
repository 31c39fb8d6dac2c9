/** What do edits come to that depend on the rows which a network is trained on, or on its training? */
import type { Edit, EditRequest } from '../../src-shared/kan/edits/edit'
import { onGrids } from '../../src-shared/kan/edits/restore'
import { layerAt } from '../../src-shared/kan/names'
import type { Model } from '../../src-shared/kan/parameters'
import { UserError } from '../../src-shared/user-error'
import type { Compiled } from './live'
import { pruneToMean } from './pruning/pruned-model'
import type { Best } from './training/best'
import { fitGrids } from './training/fit-grids'

/** What those edits need. */
interface Grounds {
  /** The model's network with its rows. */
  readonly compile: () => Promise<Compiled>
  readonly best: Best
}

/** The edit that says the outcome. */
export async function outcomeOf(request: EditRequest, model: Model, { compile, best }: Grounds): Promise<Edit> {
  switch (request.type) {
    case 'go-back':
      return best.edit(model, request.step)
    case 'fit-grid':
      return fitGrid(model, compile, request.layer)
    case 'prune-to-mean': {
      const { network, train } = await compile()
      const means = network.edgeStatistics(train).map((layer) => layer.means)
      return pruneToMean(model, request.slots, means)
    }
    default:
      return request
  }
}

/** The network's grids are moved already when the edit that says so comes back. */
async function fitGrid(model: Model, compile: () => Promise<Compiled>, layer: number | null): Promise<Edit> {
  const { specification } = model
  if (layer !== null) layerAt(specification, layer)
  const { network, train } = await compile()
  const refitted = fitGrids(network, specification, train, { seed: specification.seed, only: layer })
  if (refitted.length > 0) return onGrids(model, refitted)
  const what = layer === null ? 'There is no grid' : `Layer ${layer + 1} has no grid`
  throw new UserError(
    `${what} to fit to the data: each follows them already, is held by a locked edge, or is of Chebyshev ` +
      'polynomials, which have none.',
  )
}
