/** Which actions were chosen in the palette last: kept by the browser, the newest first. */

const KEY = 'kan-studio.recent-actions'
const MOST = 5

export function recentIds(): readonly string[] {
  const kept = localStorage.getItem(KEY)
  return kept === null ? [] : kept.split('\n')
}

export function rememberAction(id: string): void {
  const ids = [id, ...recentIds().filter((other) => other !== id)].slice(0, MOST)
  localStorage.setItem(KEY, ids.join('\n'))
}
