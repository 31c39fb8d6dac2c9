/** Everything that drawing needs to know, gathered once a frame. */
import type { Specification } from '../../../src-shared/kan/specification'
import type { CurveCache } from '../numbers/curves'
import type { LayerInk } from '../numbers/ink'
import type { Seen } from '../place/view'
import type { Colours } from './colours'
import type { NodePictures } from './node-pictures'

export interface Scene {
  readonly specification: Specification
  readonly seen: Seen
  readonly inks: readonly LayerInk[]
  readonly curves: CurveCache
  readonly colours: Colours
  /** Pictures of what hidden nodes are worth; null where they are not wanted. */
  readonly pictures: Pick<NodePictures, 'read'> | null
}
