/** Everything that drawing needs to know, gathered once a frame. */
import type { Specification } from '../../src-shared/kan/specification'
import type { Colours } from './colours'
import type { CurveCache } from './curves'
import type { LayerInk } from './ink'
import type { NodePictures } from './node-pictures'
import type { Seen } from './view'

export interface Scene {
  readonly specification: Specification
  readonly seen: Seen
  readonly inks: readonly LayerInk[]
  readonly curves: CurveCache
  readonly colours: Colours
  /** Pictures of what hidden nodes are worth; null where they are not wanted. */
  readonly pictures: Pick<NodePictures, 'read'> | null
}
