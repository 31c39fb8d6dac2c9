/** What moves the parameters: Adam, whose moments the engine keeps, or L-BFGS, whose state is kept here. */
import type { LbfgsState } from '../../../src-shared/numerics/lbfgs'
import type { Adam, DataHandle, Lbfgs, Network, Stretch, StretchResult } from '../engines/engine'
import { trainLbfgs } from './lbfgs'

/** Of the two only the one that trained last has a state: the other begins afresh. */
export class Optimizer {
  /** Null before L-BFGS's first step, and where its network was changed from outside since. */
  lbfgs: LbfgsState | null

  constructor(lbfgs: LbfgsState | null) {
    this.lbfgs = lbfgs
  }

  train(network: Network, data: DataHandle, stretch: Stretch<Adam | Lbfgs>): StretchResult {
    const { optimizer } = stretch
    if (optimizer.type === 'adam') {
      this.lbfgs = null
      return network.train(data, { ...stretch, optimizer })
    }
    if (this.lbfgs === null) network.writeParameters(network.readParameters(), null)
    const { result, state } = trainLbfgs(network, data, { ...stretch, optimizer }, this.lbfgs)
    this.lbfgs = state
    return result
  }
}
