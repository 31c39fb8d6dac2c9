/** What is pasted text: a table or not, and what is its file called? */

/** At least two cells: side by side, or one below the other. */
export function isTable(text: string): boolean {
  return /[\t\r\n]/.test(text.trim())
}

/** `pasted-2026-11-28-140705.tsv`, in local time. */
export function pastedName(time: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())]
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two)
  return `pasted-${day.join('-')}-${clock.join('')}.tsv`
}
