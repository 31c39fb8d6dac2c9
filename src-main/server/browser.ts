/** Opens an address in the person's browser, where there is one. */
import { spawn } from 'node:child_process'

/** Never fails: the address was printed too. */
export function openBrowser(address: string): void {
  const [program, args] = openerOf(process.platform, address)
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

/** The program that opens addresses on a platform. */
export function openerOf(platform: string, address: string): readonly [program: string, args: readonly string[]] {
  if (platform === 'darwin') return ['open', [address]]
  // `start` is a word of the command interpreter; the empty text is the window's title.
  if (platform === 'win32') return ['cmd', ['/c', 'start', '""', address.replace(/&/g, '^&')]]
  return ['xdg-open', [address]]
}
