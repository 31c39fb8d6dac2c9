/** What commands write on standard output: all of it, and quietly less where the reader has gone (`| head`). */
import { fileError } from '../files/errors'

/**
 * Resolves when the text is written, or when nobody reads any more.
 *
 * @throws UserError where it goes to a file on a full disk
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error == null || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve()
      else reject(fileError(error, 'write', 'standard output'))
    })
  })
}

/** One value on one line. */
export function printJson(value: unknown): Promise<void> {
  return print(`${JSON.stringify(value)}\n`)
}

/** Columns of text, each as wide as its widest cell; a heading stands above where there is one. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    })
  }
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** As many names as a sentence can carry. */
const LISTED = 20

/** `a, b, c and 4 more` */
export function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return `${names.slice(0, LISTED).join(', ')}${more}`
}
