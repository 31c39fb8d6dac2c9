/** Which rule speaks of a cell that is not of its column's type? */

interface CellRule {
  /** Absent: of all columns. */
  readonly column?: string | undefined
  /** Absent: whatever the cell says. */
  readonly text?: string | undefined
}

/** The first that fits, spaces at the ends of names and texts aside. */
export function ruleFor<Rule extends CellRule>(rules: readonly Rule[], column: string, text: string): Rule | undefined {
  return rules.find((rule) => fits(rule.column, column) && fits(rule.text, text))
}

const fits = (told: string | undefined, found: string) => told === undefined || told.trim() === found.trim()
