/** In which unit does a person read the values of a column, and how does its name say so? */

interface Measured {
  /** What stands at its numbers. */
  readonly unit?: string | null | undefined
  /** What the table's head says. */
  readonly headUnit?: string | null | undefined
}

/** Null where there is none: numbers that are written with % are kept as hundredths, which have no unit. */
export function unitOf({ unit, headUnit }: Measured): string | null {
  return headUnit ?? (unit === '%' || unit === '‰' ? null : (unit ?? null))
}

/** `Height (m)`; the name alone where it says the unit itself. */
export function withUnit(name: string, unit: string | null | undefined): string {
  const own = /[([]([^()[\]]*)[)\]]$/.exec(name.trim())?.[1]?.trim()
  return unit == null || own === unit ? name : `${name.trim()} (${unit})`
}
