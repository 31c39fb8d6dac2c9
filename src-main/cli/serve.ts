/** `kan-studio serve`: the studio in a browser. */
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import manifest from '../../package.json'
import { UserError } from '../../src-shared/user-error'
import { serve } from '../server/serve'
import { portFlag } from './flags'
import { onInterrupt } from './interrupt'
import { print } from './print'
import { ROOT } from './root'
import { startLocalCompute } from './with-compute'

export function serveCommand(): Command {
  return new Command('serve')
    .description('the studio in a browser, for this machine only; prints its address')
    .option('--port <N>', 'the port to listen on (default: 4590, else the next free one)', portFlag)
    .option('--folder <DIR>', 'the folder whose files it may touch', '.')
    .option('--no-open', 'do not open the browser')
    .option('--allow-peers', 'let the page run the commands of a benchmark’s peers on this machine', false)
    .option('--allow-install', 'let the page install and remove TensorFlow, into a folder of yours', false)
    .action(async ({ port = null, ...options }: Omit<ServeChoice, 'port' | 'file'> & { port?: number | null }) => {
      process.exitCode = await serveStudio({ ...options, port, file: null })
    })
}

interface ServeChoice {
  readonly port: number | null
  readonly folder: string
  readonly open: boolean
  readonly allowPeers?: boolean
  readonly allowInstall?: boolean
  /** A `.kan` to open, or null for the hello network. */
  readonly file: string | null
}

/** Serves until the person ends it; returns the exit status. */
export async function serveStudio({ port, folder, open, file, ...allowed }: ServeChoice): Promise<number> {
  const path = resolve(folder)
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new UserError(`--folder: there is no folder ${folder}.`, { exitCode: 2 })
  }
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<number>()
  const stop = onInterrupt(interrupt)
  try {
    const server = await serve({
      version: manifest.version,
      port,
      folder: path,
      file,
      open,
      renderer: join(ROOT, 'out', 'renderer'),
      startCompute: startLocalCompute,
      ...allowed,
      env: process.env,
    })
    await print(`${server.address}\n`)
    const exitCode = await interrupted
    await server.close()
    return exitCode
  } finally {
    stop()
  }
}
