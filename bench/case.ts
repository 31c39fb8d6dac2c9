/** What a question about speed is, and what it may be told on the command line. */

export interface BenchFlags {
  /** Commands that print JSON lines {"method", "forward", "backward", "step"}, times in milliseconds. */
  readonly peer: readonly string[]
  readonly rounds: number
  readonly reps: number
}

/** A question about speed. */
export interface Case {
  readonly name: string
  /** What it shows, in a line. */
  readonly shows: string
  /** @param words what else stood on the command line, for cases that can be narrowed */
  run(words: readonly string[], flags: BenchFlags): Promise<void>
}
