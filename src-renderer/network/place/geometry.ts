/** Points, sizes, boxes and zooms: the words in which the network says where things are. */

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** A rectangle by its middle. */
export interface Box extends Point, Size {}

/** Window = layout · k + (x, y), as in d3's zoom. */
export interface View {
  readonly k: number
  readonly x: number
  readonly y: number
}

export const FITTED: View = { k: 1, x: 0, y: 0 }
