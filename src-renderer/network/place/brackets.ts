/** Where are the brackets beside the inputs: of columns of the table, and of groups? */

import type { Point } from './geometry'
import { BRACKET, DOT, LEAST_NAME, nameSize } from './layout'
import { nodeY, type Seen } from './view'

export interface Bracket {
  /** Its upright line. */
  readonly x: number
  readonly top: number
  readonly bottom: number
  /** Heights at which it reaches for an input. */
  readonly arms: readonly number[]
  readonly label: string
  /** Its group's inputs; null where it is a column's bracket. */
  readonly members: readonly number[] | null
}

export const ARM = 4

/** None where inputs are too near to each other to have names. */
export function bracketsOf({ columns, bands, groups }: Seen): readonly Bracket[] {
  const [inputs] = columns
  if (inputs === undefined || inputs.radius < DOT || inputs.pitch < LEAST_NAME) return []
  const { radius, names } = inputs
  const size = nameSize(inputs)
  const beside =
    names.place === 'inside' ? radius + 2 : radius + 7 + (names.upright ? size * 1.2 : names.width * (size / 11.5))
  const reach = Math.min(radius, inputs.pitch * 0.4)
  const y = (index: number) => nodeY(inputs, index)
  const ofBands =
    names.place !== 'left'
      ? []
      : bands.map(({ column, from, to }): Bracket => {
          const [top, bottom] = [y(from) - reach, y(to - 1) + reach]
          return { x: inputs.x - beside - 6, top, bottom, arms: [top, bottom], label: column, members: null }
        })
  const first = inputs.x - beside - 6 - (ofBands.length > 0 ? BRACKET : 0)
  const ofGroups = groups.map(({ group, members, lane }): Bracket => {
    const arms = members.map(y)
    const [top = 0] = arms
    const bottom = arms.at(-1) ?? top
    const around = members.length === 1 ? reach : 0
    const x = first - lane * BRACKET
    return { x, top: top - around, bottom: bottom + around, arms, label: `group ${group}`, members }
  })
  return [...ofBands, ...ofGroups]
}

/** The group whose bracket, or its name along it, lies at a point. */
export function groupAt(seen: Seen, { x, y }: Point): readonly number[] | null {
  const hit = bracketsOf(seen).find(
    (bracket) =>
      bracket.members !== null &&
      x <= bracket.x + ARM + 2 &&
      x >= bracket.x - BRACKET + ARM + 2 &&
      y >= bracket.top - 4 &&
      y <= bracket.bottom + 4,
  )
  return hit?.members ?? null
}
