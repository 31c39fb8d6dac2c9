/** Speed against accuracy: every candidate learns the open data for the same seconds. What is raced, and what is told of it? */
import { z } from 'zod'
import { methodSchema } from './method'

export const raceSchema = z.strictObject({
  /** Of training, for each candidate. */
  seconds: z.number().min(1).max(3600),
  methods: z.array(methodSchema).min(1).max(20),
  engines: z.array(z.string().min(1).max(50)).min(1).max(10),
})
export type RacePlan = z.infer<typeof raceSchema>

export interface RaceLine {
  /** METHOD-ENGINE. */
  readonly name: string
  /** Seconds of training, and the loss of the validation rows then, in turns. */
  readonly points: readonly (readonly [seconds: number, loss: number])[]
  /** Loss of the test rows at the end; null before, and where there are none. */
  readonly test: number | null
  readonly steps: number
  /** Why it did not get to its end, in a sentence. */
  readonly problem: string | null
}

export type RaceEvent =
  | { readonly type: 'started'; readonly names: readonly string[] }
  /** What is known of a candidate by now, from its start. */
  | { readonly type: 'line'; readonly line: RaceLine }
  | { readonly type: 'ended' }
