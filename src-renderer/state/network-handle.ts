/** The network on the canvas, for actions that come from elsewhere; null while none is shown. */
import type { NetworkHandle } from '../network/editor'

export const networkHandle: { current: NetworkHandle | null } = { current: null }
