/** How the sheet's parts change what was decided. */
import type { Draft } from './draft'

export type Change = (part: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void
