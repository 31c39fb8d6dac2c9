/** A clock that tests turn by hand. */
import type { Clock } from './clock'

export class FakeClock implements Clock {
  private time = 0
  private alarms: { readonly at: number; readonly run: () => void }[] = []

  /** @param tick milliseconds that pass by themselves every time somebody looks */
  constructor(private readonly tick = 0) {}

  now(): number {
    this.time += this.tick
    return this.time
  }

  after(milliseconds: number, run: () => void): () => void {
    const alarm = { at: this.time + milliseconds, run }
    this.alarms.push(alarm)
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm)
    }
  }

  /** Lets time pass; what is due on the way runs at its moment. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds
    for (;;) {
      const [next] = this.alarms.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
      if (next === undefined) break
      this.alarms = this.alarms.filter((alarm) => alarm !== next)
      this.time = next.at
      next.run()
    }
    this.time = end
  }
}
