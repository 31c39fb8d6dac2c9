/** Which columns are selected: clicks as in a list of files, and a few groups at once. */

export interface Selection {
  readonly names: ReadonlySet<string>
  /** Where a range begins. */
  readonly anchor: string | null
}

export const NOTHING: Selection = { names: new Set(), anchor: null }

/**
 * A click on a column: alone it selects this one, with Shift everything from the anchor to it, with Ctrl or Cmd it adds
 * or takes away.
 *
 * @param shown the columns in their order, as they are listed now
 */
export function clicked(
  before: Selection,
  shown: readonly string[],
  name: string,
  keys: { readonly shift: boolean; readonly mod: boolean },
): Selection {
  if (keys.shift && before.anchor !== null) {
    const ends = [shown.indexOf(before.anchor), shown.indexOf(name)].sort((a, b) => a - b)
    const [from = -1, to = -1] = ends
    if (from >= 0) {
      const range = shown.slice(from, to + 1)
      return { names: new Set(keys.mod ? [...before.names, ...range] : range), anchor: before.anchor }
    }
  }
  if (keys.mod) {
    const names = new Set(before.names)
    if (!names.delete(name)) names.add(name)
    return { names, anchor: name }
  }
  return before.names.size === 1 && before.names.has(name) ? NOTHING : { names: new Set([name]), anchor: name }
}

/** A step up or down in a list; with Shift the range grows. */
export function stepped(
  before: Selection,
  shown: readonly string[],
  current: string | null,
  by: number,
  extend: boolean,
): { readonly selection: Selection; readonly current: string | null } {
  const place = current === null ? -1 : shown.indexOf(current)
  const next = shown[Math.max(0, Math.min(shown.length - 1, place + by))]
  if (next === undefined) return { selection: before, current }
  if (!extend) return { selection: { names: new Set([next]), anchor: next }, current: next }
  return {
    selection: clicked({ ...before, anchor: before.anchor ?? current ?? next }, shown, next, {
      shift: true,
      mod: false,
    }),
    current: next,
  }
}
