/** What are predicted columns called beside those of the table? */

/** Names that none of the kept ones is: `y predicted` beside the table's own y. */
export function besides(kept: readonly string[], names: readonly string[]): string[] {
  const taken = new Set(kept.map((name) => name.trim()))
  return names.map((name) => {
    let free = name
    for (let n = 1; taken.has(free.trim()); n++) free = n === 1 ? `${name} predicted` : `${name} predicted (${n})`
    taken.add(free.trim())
    return free
  })
}
