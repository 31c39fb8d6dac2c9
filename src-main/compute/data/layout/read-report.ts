/** How was a table read: what was told and what was found, settled. */
import type { ReadReport } from '../../../../src-shared/contract/data'
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { DateOrder } from '../../../../src-shared/kan/preprocessing'
import type { CsvLayout } from './csv-layout'

/** @param dates how its dates are written, where it has any */
export function reportOf(layout: CsvLayout, { missing = [] }: ReadOptions, dates: DateOrder | null): ReadReport {
  const { source, delimiter, header, skipLines, comment, hasUnits, scanning } = layout
  const numbers = layout.textNumbers ?? layout.numbers
  return {
    format: source.format,
    delimiter: source.format === 'text' ? delimiter : null,
    quote: source.format === 'text' ? scanning.quote : null,
    decimal: numbers.decimal,
    thousands: numbers.thousands,
    encoding: source.encoding,
    header,
    skipLines,
    comment,
    units: hasUnits,
    missing,
    sheet: source.sheet,
    sheets: source.sheets,
    dates,
  }
}
