/** Where an axis ends and has its lines, and how its numbers are written. */

const MOST = 6

/**
 * Where the axis of steps ends: at the run's last step once half of the way is done, before at a round number, so that
 * the first steps of a long run are more than a dash at the edge.
 */
export function axisEnd(step: number, last: number): number {
  if (2 * step >= last) return Math.max(step, last, 1)
  const power = 10 ** Math.floor(Math.log10(Math.max(1, step)))
  const round = [2, 5, 10, 20].find((times) => times * power > 1.1 * step) ?? 20
  return Math.min(last, Math.max(10, round * power))
}

/** Powers of ten from `min` to `max`; of a long range only every second, third …, so that no more than six are shown. */
export function decades(min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9)
  const last = Math.floor(Math.log10(max) + 1e-9)
  const stride = Math.max(1, Math.ceil((last - first + 1) / MOST))
  const ticks: number[] = []
  for (let power = last; power >= first; power -= stride) ticks.unshift(10 ** power)
  return ticks
}

/** 10, 1, 0.1, 1e−3: as short as the number allows. */
export function formatTick(value: number | null): string {
  // Of a logarithmic axis uPlot leaves some out.
  if (value === null) return ''
  const size = Math.abs(value)
  if (size !== 0 && (size < 0.01 || size >= 1e5)) {
    return value
      .toExponential(3)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
      .replaceAll('-', '−')
  }
  return String(Number(value.toPrecision(4))).replace('-', '−')
}
