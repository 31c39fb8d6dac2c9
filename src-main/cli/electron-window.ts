/** Runs the desktop's window, and says why where it cannot run. */
import { spawn } from 'node:child_process'
import { onInterrupt } from './interrupt'

/** Why no window can be shown, or null. */
export function missingDisplay(platform: string, env: Readonly<Record<string, string | undefined>>): string | null {
  if (platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return null
  return 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)'
}

/** As root, Chromium runs only without its sandbox. */
export function electronArguments({ root, app, file }: { root: boolean; app: string; file: string | null }): string[] {
  return [...(root ? ['--no-sandbox'] : []), app, ...(file === null ? [] : [file])]
}

/**
 * Runs a program that shows a window.
 *
 * @param failsWithin a failure within that many milliseconds counts as "cannot run here"
 * @returns its exit status, or why it cannot run here
 */
export function runElectron(
  program: string,
  args: readonly string[],
  failsWithin: number,
): Promise<number | { reason: string }> {
  return new Promise((done) => {
    const startedAt = performance.now()
    const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env
    // The compute process runs on the Node that runs this, wherever the window's program comes from.
    const env = { ...inherited, KAN_STUDIO_NODE: process.execPath }
    const child = spawn(program, args, { env, stdio: ['ignore', 'inherit', 'pipe'] })
    let said = ''
    let early = true
    // A window that cannot open says so in many words: they are kept back until it is clear that it could.
    const flush = () => {
      if (early && said !== '') process.stderr.write(said)
      early = false
    }
    const timer = setTimeout(flush, failsWithin)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (early) said = (said + text).slice(-20_000)
      else process.stderr.write(text)
    })
    let wished: number | null = null
    const stop = onInterrupt((exitCode) => {
      wished = exitCode
      child.kill('SIGTERM')
    })
    const end = (outcome: number | { reason: string }) => {
      clearTimeout(timer)
      stop()
      if (typeof outcome === 'number') flush()
      done(outcome)
    }
    child.on('error', (error) => end({ reason: `Electron does not start (${error.message})` }))
    child.on('close', (code, signal) => {
      if (wished !== null) end(wished)
      else if (code === 0) end(0)
      else if (performance.now() - startedAt < failsWithin) end({ reason: whyItFailed(said, code, signal) })
      else end(code ?? 1)
    })
  })
}

/** Chromium's complaint as a clause. */
export function whyItFailed(said: string, code: number | null, signal: string | null): string {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(said)?.[1]
  if (library !== undefined) return `Electron cannot start here: the library ${library} is missing`
  if (/cannot open display|Missing X server|ozone_platform_x11|Failed to connect to Wayland/i.test(said)) {
    return 'Electron cannot open the display'
  }
  if (/No usable sandbox|SUID sandbox/i.test(said)) return 'Electron finds no usable sandbox here'
  const line = said
    .split('\n')
    .map((text) => text.trim())
    .find((text) => text !== '')
  return `Electron ended at once (${signal ?? `exit status ${code}`}${line === undefined ? '' : `: ${line.slice(0, 200)}`})`
}
