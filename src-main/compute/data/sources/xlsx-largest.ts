/** Which sheet of a workbook holds its table, where nobody says? The largest one: notes and summaries are small. */
import { isUserError } from '../../../../src-shared/user-error'
import type { Package } from './xlsx-package'
import { walkSheet } from './xlsx-sheet'
import type { Sheet, Workbook } from './xlsx-workbook'

/** A sheet with more cells is not counted to its end: among such the one with the larger part is the larger. */
const COUNTED = 1 << 17
/** No cell with a value is written in fewer bytes: `<c><v>1</v></c>`. */
const CELL_BYTES = 15

/** Cells with a value: in rows with two or more of them, as tables have, and all. */
interface Size {
  readonly inRows: number
  readonly all: number
}

/** The sheets, the largest first, those that are hidden last. */
export async function largestSheets(opened: Package, workbook: Workbook, name: string): Promise<readonly Sheet[]> {
  const visible = workbook.sheets.filter(({ hidden }) => !hidden)
  const hidden = workbook.sheets.filter((sheet) => sheet.hidden)
  return [...(await bySize(opened, visible, workbook, name)), ...(await bySize(opened, hidden, workbook, name))]
}

async function bySize(
  opened: Package,
  sheets: readonly Sheet[],
  workbook: Workbook,
  name: string,
): Promise<readonly Sheet[]> {
  if (sheets.length < 2) return sheets
  const bytes = (sheet: Sheet) => opened.sizeOf(sheet.part)
  const sizes = new Map<Sheet, Size>()
  let most = 0
  for (const sheet of sheets.toSorted((a, b) => bytes(b) - bytes(a))) {
    // It can hold no more cells than others do.
    if (bytes(sheet) / CELL_BYTES < most) continue
    const size = await sizeOf(opened, sheet, workbook, name)
    sizes.set(sheet, size)
    most = Math.max(most, size.inRows)
  }
  const of = (sheet: Sheet) => sizes.get(sheet) ?? { inRows: 0, all: 0 }
  return sheets.toSorted((a, b) => {
    const [one, other] = [of(a), of(b)]
    const isBoth = one.inRows === COUNTED && other.inRows === COUNTED
    return other.inRows - one.inRows || (isBoth ? bytes(b) - bytes(a) : other.all - one.all)
  })
}

async function sizeOf(opened: Package, { part }: Sheet, workbook: Workbook, name: string): Promise<Size> {
  let inRows = 0
  let all = 0
  const take = (_: number, cells: readonly (string | null)[]) => {
    const filled = cells.reduce((count, cell) => count + (cell === null ? 0 : 1), 0)
    all = Math.min(COUNTED, all + filled)
    if (filled > 1) inRows = Math.min(COUNTED, inRows + filled)
    return all < COUNTED
  }
  try {
    await walkSheet(opened, part, workbook, name, { take, pause: async () => undefined })
  } catch (error) {
    // One that is damaged is refused where it is the one to be read.
    if (!isUserError(error)) throw error
  }
  return { inRows, all }
}
