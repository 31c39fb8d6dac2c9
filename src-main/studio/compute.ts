/** Starts a compute process and talks to it: the studio's only way to data, engines and training. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { BirpcReturn } from 'birpc'
import type { ComputeCalls, ComputeEvents } from '../../src-shared/contract/compute'
import { UserError } from '../../src-shared/user-error'
import { connect } from '../pipe/connect'

/** How long a process that was asked to end may take for it. */
const PATIENCE = 3000

export interface ComputeOptions {
  /** The pinned Node's executable. */
  readonly nodePath: string
  /** The compute process's bundle. */
  readonly script: string
  readonly events: ComputeEvents
  /** Hears each line that the process prints on standard error. */
  readonly log?: (line: string) => void
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ComputeProcess {
  /** Calls that wait when the process ends are rejected with a UserError. */
  readonly calls: BirpcReturn<ComputeCalls, ComputeEvents>
  readonly pid: number | undefined
  /** Resolves when the process has ended, for whatever reason; never rejects. */
  readonly exited: Promise<Exit>
  /** Asks the process to end, after a last checkpoint if it trains; kills it after 3 s. */
  stop(): Promise<Exit>
}

/** Runs wherever the studio does, in Electron's own Node as well. */
export function startCompute({ nodePath, script, events, log = () => undefined }: ComputeOptions): ComputeProcess {
  const child = spawn(nodePath, [script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: plainEnvironment(),
    windowsHide: true,
  })
  createInterface({ input: child.stderr }).on('line', log)
  const calls = connect<ComputeCalls, ComputeEvents>({ input: child.stdout, output: child.stdin }, events, [
    'acknowledge',
    'watch',
  ])
  // A pipe breaks when the process dies; `exited` tells of that.
  child.stdin.on('error', () => undefined)
  child.stdout.on('error', (error) => log(`The compute process cannot be understood: ${error.message}`))

  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      log(`The compute process could not be started with ${nodePath}: ${error.message}`)
      resolve({ code: null, signal: null })
    })
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  void exited.then(({ code, signal }) => {
    const how = signal === null ? `code ${code ?? 'unknown'}` : `signal ${signal}`
    calls.$close(new UserError(`The compute process ended (${how}) before it answered.`))
  })

  return {
    calls,
    pid: child.pid,
    exited,
    async stop() {
      child.stdin.end()
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
      const exit = await exited
      clearTimeout(timer)
      return exit
    },
  }
}

/** Without what would make an Electron's child an Electron, or load its hooks into the pinned Node. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _electron, NODE_OPTIONS: _options, ...environment } = process.env
  return environment
}
