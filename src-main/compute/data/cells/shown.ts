/** How is a cell quoted in a sentence? */

const MOST = 40

export function shown(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
