/** What do edits come to that depend on the rows which a network is trained on? */
import type { Edit, EditRequest } from '../../src-shared/kan/edit'
import { layerAt } from '../../src-shared/kan/names'
import type { Model } from '../../src-shared/kan/parameters'
import { onGrids } from '../../src-shared/kan/restore'
import { UserError } from '../../src-shared/user-error'
import type { Compiled } from './live'
import { pruneToMean } from './pruning/pruned-model'
import { fitGrids } from './training/fit-grids'

/**
 * The edit that says the outcome.
 *
 * @param compile the model's network with its rows, for those edits that need them
 */
export async function outcomeOf(request: EditRequest, model: Model, compile: () => Promise<Compiled>): Promise<Edit> {
  switch (request.type) {
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
