/** What did an edit do to the loss? Asked of those edits whose cost nobody can foresee. */
import type { Loss } from '../../src-shared/contract/job'
import type { SplitLoss } from '../../src-shared/contract/pruning'
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { parameterCount } from '../../src-shared/kan/parameters'
import { isUserError } from '../../src-shared/user-error'
import type { Compiled, LiveHost } from './live'
import { sampleSplits } from './results/sample'

/** Whether an edit changes what a trained network computes, by how much only its rows tell. */
export function isCostly(edit: EditRequest): boolean {
  switch (edit.type) {
    case 'set-group':
      return edit.group > 0
    case 'set-basis':
    case 'set-width':
    case 'remove-nodes':
    case 'remove-layer':
    case 'move-layer':
    case 'tie':
      return true
    case 'sequence':
      return edit.edits.some(isCostly)
    default:
      return false
  }
}

type Host = Pick<LiveHost, 'live' | 'compile'> & { readonly loss: () => Loss }

/** The loss before an edit, on as many rows of the split that decides as are looked at without anybody noticing. */
export class EditCost {
  private constructor(
    private readonly host: Host,
    private readonly before: Omit<SplitLoss, 'after'>,
    /** The same rows after it, however large the network is then. */
    private readonly sampled: Uint32Array,
  ) {}

  /** Within a turn, before the edit. Null where there are no rows that the network fits. */
  static async begin(host: Host): Promise<EditCost | null> {
    return unlessRefused(async () => {
      const compiled = await host.compile()
      const name = compiled.validation === null ? 'train' : 'validation'
      const [split] = sampleSplits(compiled.data, parameterCount(host.live().specification), { names: [name] })
      if (split === undefined) return null
      const { rows: of, sampled } = split
      const before = lossOf(compiled, sampled, host.loss())
      return new EditCost(host, { name, rows: sampled.length, of, before }, sampled)
    })
  }

  /** Within the same turn, after it. Null where the network fits its rows no more. */
  async end(): Promise<SplitLoss | null> {
    const { host, before, sampled } = this
    return unlessRefused(async () => ({ ...before, after: lossOf(await host.compile(), sampled, host.loss()) }))
  }
}

function lossOf({ network, data }: Compiled, sampled: Uint32Array, loss: Loss): number {
  const handle = network.load(data.coded(sampled))
  try {
    return network.loss(handle, loss)
  } finally {
    handle.dispose()
  }
}

/** What an edit cost is worth a word, and not the edit: where it cannot be measured it is not told. */
async function unlessRefused<T>(measure: () => Promise<T>): Promise<T | null> {
  try {
    return await measure()
  } catch (error) {
    if (!isUserError(error)) throw error
    return null
  }
}
