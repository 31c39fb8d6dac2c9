/** What the benchmark's reports say in words: how it was measured, and on what. */
import type { BenchReport, BenchRow, Spread } from './results'

/** What was measured, in a line. */
export function subjectOf({ plan: { shapes, batchSizes, repetitions, methods }, network }: BenchReport): string {
  const several = (values: readonly (string | number)[]) => [...new Set(values)].join(', ')
  const widths = shapes.map(
    ({ inputs, hidden, outputs, hiddenLayers }) =>
      `[${[inputs, ...Array.from({ length: hiddenLayers }, () => hidden), outputs].join(', ')}]`,
  )
  const open = network !== null && methods.some(({ type }) => type === 'open') ? `, the network ${network.name}` : ''
  return (
    `Networks ${several(widths)}${open}, a batch of ${several(batchSizes)} rows, ` +
    `${repetitions} repetition${repetitions === 1 ? '' : 's'}`
  )
}

/** What the figures mean, a sentence each. */
export const NOTES: readonly string[] = [
  'Rows took turns, round by round, each turn in a fresh process. Each time is of a new random batch of exp(sin(π·x0) + x1²); the first run of a turn is discarded.',
  'Forward goes from the batch in memory to the loss, backward is what all gradients take on top of that, and a step is both and an update by Adam.',
  'Where a network is tiny the time of backward, a difference, is noise and may be below 0.',
  'Rows with +l1 add the original L1 and entropy: their sums are in forward, their gradient in backward.',
  'Memory is the peak above the idle process while going forward, and both ways; that of a device, a graphics card, is what the engine holds there. 1 GB is 1024³ bytes.',
  'mlp is a perceptron with ten times the hidden units, ReLU and a sigmoid output: about as many parameters.',
]

/** Machine and versions as names and values to print. */
export function whereOf({
  date,
  machine,
  versions,
}: Pick<BenchReport, 'date' | 'machine' | 'versions'>): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(machine).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(versions).map(([name, version]) => [name, version] as const),
    ['date', date],
  ]
}

/** Three significant digits, as far as decimals go: 0.0123, 12.3, 1234. */
export function milliseconds(time: number): string {
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.max(Math.abs(time), 1e-4)))))
  return time.toFixed(digits)
}

export function spreadText({ median, lower, upper }: Spread): string {
  return `${milliseconds(median)} (${milliseconds(lower)} – ${milliseconds(upper)})`
}

/** Peers, or the perceptron where there is none: what every other row is told as a multiple of. */
export function yardsticksOf({ rows }: Pick<BenchReport, 'rows'>): readonly BenchRow[] {
  const peers = rows.filter(({ engine }) => engine === null)
  return peers.length > 0 ? peers : rows.filter(({ method }) => method === 'mlp').slice(0, 1)
}

/** Backward is a difference, which may be below 0 where a network is tiny: no ratio then. */
export function ratioText(ratio: number): string {
  return ratio > 0 && Number.isFinite(ratio) ? ratio.toFixed(2) : '–'
}
