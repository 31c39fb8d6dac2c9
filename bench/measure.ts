/** How long does something take? Medians of rounds, and how far they spread. */
import { type Spread, spreadOf } from '../src-shared/benchmark/results'

/** Milliseconds a call. */
export interface Timing extends Spread {
  readonly fastest: number
  readonly slowest: number
  /** Of the processor, median; less than the median where other programs were busy, more where several threads are. */
  readonly cpu: number
}

export interface Rounds {
  readonly rounds?: number
  /** How long a round lasts at least; it may hold many calls. */
  readonly milliseconds?: number
  /** Rounds before that do not count: the compiler's. */
  readonly warm?: number
}

/** Calls again and again. */
export function measure(call: () => void, { rounds = 9, milliseconds = 100, warm = 2 }: Rounds = {}): Timing {
  const round = () => {
    const usage = process.cpuUsage()
    const begun = performance.now()
    let calls = 0
    do {
      call()
      calls++
    } while (performance.now() < begun + milliseconds)
    const { user, system } = process.cpuUsage(usage)
    return { wall: (performance.now() - begun) / calls, cpu: (user + system) / 1000 / calls }
  }
  for (let r = 0; r < warm; r++) round()
  const times = Array.from({ length: rounds }, round)
  const wall = times.map((time) => time.wall)
  return {
    ...spreadOf(wall),
    fastest: Math.min(...wall),
    slowest: Math.max(...wall),
    cpu: spreadOf(times.map(({ cpu }) => cpu)).median,
  }
}

/** Billions of floating point operations a second; a multiply-add counts as two. */
export function gigaflops(operations: number, milliseconds: number): number {
  return operations / milliseconds / 1e6
}

/** Prints rows as they come, right-aligned under their headings but for the first column. */
export function table(first: number, headings: readonly string[]) {
  const [name = '', ...others] = headings
  const line = (label: string, cells: readonly string[]) =>
    process.stdout.write(
      `${label.padEnd(first)}${cells.map((cell, c) => `  ${cell.padStart(Math.max(8, others[c]?.length ?? 0))}`).join('')}\n`,
    )
  line(name, others)
  return (label: string, cells: readonly (string | number)[]) =>
    line(
      label,
      cells.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)),
    )
}

/** Three significant digits: 0.0123, 12.3, 12,300. */
export function figure(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(Number(value.toPrecision(3))).toLocaleString('en-US')
  return value === 0 ? '0' : value.toPrecision(3)
}
