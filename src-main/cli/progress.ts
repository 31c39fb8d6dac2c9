/** The progress line of a training run: in place on a terminal, a line every few seconds anywhere else. */

export interface Progress {
  readonly step: number
  readonly steps: number
  readonly stepsPerSecond: number
  /** What is minimised; NaN before the first step. */
  readonly loss: number
  /** NaN where there is no validation split or it was not evaluated yet. */
  readonly validationLoss: number
}

/** What a progress line is written to: the part of `process.stderr` that is used. */
export interface ProgressStream {
  readonly isTTY?: boolean
  /** Missing or 0 where the terminal does not say. */
  readonly columns?: number
  write(text: string): unknown
}

/** `step 1,200 of 5,000 · 24% · 850 steps/s · loss 0.0123 · validation 0.0150 · 4 s left` */
export function progressText({ step, steps, stepsPerSecond, loss, validationLoss }: Progress): string {
  const parts = [`step ${count(step)} of ${count(steps)}`, `${Math.floor((100 * step) / Math.max(1, steps))}%`]
  if (stepsPerSecond > 0) parts.push(`${count(stepsPerSecond)} steps/s`)
  if (Number.isFinite(loss)) parts.push(`loss ${figure(loss)}`)
  if (Number.isFinite(validationLoss)) parts.push(`validation ${figure(validationLoss)}`)
  if (stepsPerSecond > 0 && step < steps) parts.push(`${duration((steps - step) / stepsPerSecond)} left`)
  return parts.join(' · ')
}

/** Shows progress on a stream; `now` is milliseconds of a clock that only goes forward. */
export function progressLine(stream: ProgressStream, now: () => number) {
  const inPlace = stream.isTTY === true
  const pause = inPlace ? 100 : 3000
  let shownAt = inPlace ? Number.NEGATIVE_INFINITY : now()
  let shown = false
  return {
    update(progress: Progress): void {
      if (now() - shownAt < pause) return
      shownAt = now()
      const text = progressText(progress)
      shown = true
      stream.write(inPlace ? `\r${text.slice(0, (stream.columns || 80) - 1)}\u001b[K` : `${text}\n`)
    },
    /** Takes the line away, so that what follows stands on its own. */
    clear(): void {
      if (shown && inPlace) stream.write('\r\u001b[K')
      shown = false
    },
  }
}

/** A whole number as people read it: 1,200. Rates below 10 keep one decimal. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })
}

/** A measured number with four significant digits: 0.01234, 1.5e-9. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(4)))
}

/** Seconds as people say them: 4 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
