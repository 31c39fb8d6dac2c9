/** One turn of another program: any command that prints a line of JSON with its times. */
import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { PlannedPeer } from '../../../src-shared/benchmark/tasks'
import { UserError } from '../../../src-shared/user-error'

const times = z.union([z.number(), z.array(z.number()).min(1).max(1_000_000)]).transform((value) => [value].flat())
const count = z.number().nonnegative().nullable().default(null)
/** Times in milliseconds: of every repetition, or one figure of them all. What else is told is a peer's own affair. */
const answerSchema = z.object({
  forward: times,
  backward: times,
  step: times,
  parameters: count,
  trainable: count,
  forwardBytes: count,
  backwardBytes: count,
  deviceBytes: count,
})
export type PeerAnswer = z.infer<typeof answerSchema>

/** Most that a peer may print; what comes first is let go. */
const MOST_TEXT = 1_000_000

export interface PeerTurn {
  readonly repetitions: number
  readonly warmUp: number
  /** How long it may take, in milliseconds. */
  readonly limit: number
  readonly signal: AbortSignal
}

/**
 * Runs the command, which hears what to measure from variables: BENCH_BATCH, BENCH_INPUTS, BENCH_HIDDEN, BENCH_OUTPUTS,
 * BENCH_LAYERS, BENCH_REPETITIONS, BENCH_WARM_UP.
 *
 * @throws UserError where it hangs, fails, or prints no line that tells its times
 */
export async function peerTurn(peer: PlannedPeer, turn: PeerTurn): Promise<PeerAnswer> {
  const { output, errors, how } = await outcomeOf(peer, turn)
  const said = lastLine(errors)
  const detail = said === null ? '' : ` It said: ${said}`
  if (how === 'late') {
    throw new UserError(
      `The peer ${peer.name} did not end within ${Math.round(turn.limit / 1000)} s and was stopped: give it fewer repetitions or a smaller network.${detail}`,
    )
  }
  if (how !== 0) {
    const missing = how === 127 || how === 9009
    const why = missing
      ? 'its program was not found'
      : `it ended with ${typeof how === 'number' ? `exit status ${how}` : how}`
    throw new UserError(`The peer ${peer.name} could not be measured: ${why}.${detail}`)
  }
  for (const line of output.split('\n').reverse()) {
    const answer = answerOf(line)
    if (answer !== null) return answer
  }
  throw new UserError(
    `The peer ${peer.name} printed no line of JSON with "forward", "backward" and "step" in milliseconds, such as ` +
      `{"forward": [1.5, 1.6], "backward": [2, 2.1], "step": [4, 4.2]}.`,
  )
}

interface Outcome {
  readonly output: string
  readonly errors: string
  readonly how: number | NodeJS.Signals | 'late'
}

function outcomeOf(
  { command, shape, batchSize }: PlannedPeer,
  { repetitions, warmUp, limit, signal }: PeerTurn,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const ownGroup = process.platform !== 'win32'
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: what the shell starts ends with it.
      detached: ownGroup,
      windowsHide: true,
      env: {
        ...process.env,
        BENCH_BATCH: String(batchSize),
        BENCH_INPUTS: String(shape.inputs),
        BENCH_HIDDEN: String(shape.hidden),
        BENCH_OUTPUTS: String(shape.outputs),
        BENCH_LAYERS: String(shape.hiddenLayers),
        BENCH_REPETITIONS: String(repetitions),
        BENCH_WARM_UP: String(warmUp),
      },
    })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MOST_TEXT)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-MOST_TEXT)
    })
    const kill = () => {
      try {
        if (ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        else child.kill('SIGKILL')
      } catch {
        // It has just ended by itself.
      }
    }
    let late = false
    const timer = setTimeout(() => {
      late = true
      kill()
    }, limit)
    if (signal.aborted) kill()
    signal.addEventListener('abort', kill, { once: true })
    const settle = (settled: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
      settled()
    }
    child.once('error', (error) =>
      settle(() => reject(new UserError(`A peer could not be started: ${error.message}.`))),
    )
    child.once('close', (code, ended) =>
      settle(() => resolve({ output, errors, how: late ? 'late' : (code ?? ended ?? 1) })),
    )
  })
}

function answerOf(line: string): PeerAnswer | null {
  try {
    return answerSchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** Of a traceback the last line says what was wrong. */
function lastLine(text: string): string | null {
  return text.trimEnd().split('\n').at(-1)?.trim().slice(0, 300) || null
}
