/** Runs the built program as others do, in a folder of its own. `npm run test:unit` builds it first. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { encodeModel, newModel } from '../../src-shared/kan/file/file'
import { specificationSchema } from '../../src-shared/kan/specification'
import { ROOT } from './root'

const BIN = join(ROOT, 'bin', 'kan-studio.mjs')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Gives every test of a file a folder; its name has a blank and letters of two scripts. */
export function inOwnFolder() {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kan cli ü 温 '))
  })
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

  const path = (...names: string[]) => join(folder, ...names)
  const write = (name: string, text: string | Uint8Array) => writeFile(path(name), text)

  function start(
    args: readonly string[],
    env: Record<string, string> = {},
  ): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      // What this machine has installed for an engine is no matter of the tests.
      env: { ...process.env, KAN_STUDIO_LIBRARIES: join(folder, 'libraries'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise<Ended>((resolve) => {
      const said = { stdout: '', stderr: '' }
      child.stdout.setEncoding('utf8').on('data', (text) => {
        said.stdout += text
      })
      child.stderr.setEncoding('utf8').on('data', (text) => {
        said.stderr += text
      })
      child.on('close', (code) => resolve({ code, ...said }))
    })
    return { child, ended }
  }

  const kan = (...args: string[]) => start(args).ended

  return {
    path,
    write,
    start,
    kan,
    read: (...names: string[]) => readFile(path(...names), 'utf8'),
    readBytes: (...names: string[]) => readFile(path(...names)),

    /** A command that must fail, in one line without a stack; gives its status and sentence. */
    async refusal(...args: string[]): Promise<[number | null, string]> {
      const { code, stdout, stderr } = await kan(...args)
      expect(stdout).toBe('')
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).not.toMatch(/^\s+at /m)
      return [code, stderr.trimEnd()]
    },

    /** A job beside its table; `change` replaces whole parts of it. */
    async job(change: object = {}): Promise<void> {
      await write('table.csv', TABLE)
      await write('job.json', JSON.stringify({ model: design(['x0', 'x1']), data: DATA, training: QUICK, ...change }))
    },

    /** A network's file. */
    model: (name: string, specification: object = design(['x0', 'x1'])) =>
      write(name, encodeModel(newModel(specificationSchema.parse(specification), name))),

    /** The folders of the runs so far, the oldest first. */
    runs: async () => (await readdir(path('runs'))).map((name) => join('runs', name)).sort(byTimeAndNumber),
  }
}

/** 40 rows of y = x0² − x1 with a text column in front. */
export const TABLE = [
  'id,x0,x1,y',
  ...Array.from({ length: 40 }, (_, i) => {
    const [x0, x1] = [((i * 0.618) % 2) - 1, ((i * 0.7548) % 2) - 1]
    return `"row ${i}, of 40",${x0.toFixed(4)},${x1.toFixed(4)},${(x0 ** 2 - x1).toFixed(5)}`
  }),
  '',
].join('\n')

export const DATA = { file: 'table.csv', inputs: ['x0', 'x1'], targets: ['y'] }
export const QUICK = { optimizer: { type: 'adam', learningRate: 0.02 }, steps: 60 }

/** A small network of cubic splines. */
export function design(inputs: readonly string[], widths: readonly number[] = [3, 1]) {
  return {
    format: 1,
    name: 'small',
    seed: 1,
    initialization: 'scaled',
    inputs: inputs.map((name) => ({ name })),
    outputs: [{ name: 'y' }],
    layers: widths.map((nodes) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 } })),
  }
}

/** What `--json` printed. */
export function lastLine(text: string) {
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
}

/** Asks until there is an answer; a failure to answer is none. */
export async function waitFor<T>(ask: () => Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const answer = await ask().catch(() => undefined)
    if (answer) return answer as NonNullable<T>
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** `…-small` was before `…-small-2`. */
function byTimeAndNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
