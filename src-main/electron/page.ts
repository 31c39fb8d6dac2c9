/** Whether an address is the window's own page. */

/** @param page the page's address: only what has its scheme, host and port is the page */
export function isPage(address: string, page: string): boolean {
  try {
    const [there, own] = [new URL(address), new URL(page)]
    return there.protocol === own.protocol && there.host === own.host
  } catch {
    return false
  }
}
