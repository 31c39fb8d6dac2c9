/** Speed against accuracy: every candidate learns the open data for the same seconds. What is raced, and what is told of it? */
import { z } from 'zod'
import { lossSchema } from '../contract/job'
import { methodSchema } from './method'

export const raceSchema = z.strictObject({
  /** Of training, for each candidate. */
  seconds: z.number().min(1).max(3600),
  methods: z.array(methodSchema).min(1).max(20),
  engines: z.array(z.string().min(1).max(50)).min(1).max(10),
})
export type RacePlan = z.infer<typeof raceSchema>

const lineSchema = z.object({
  /** METHOD-ENGINE. */
  name: z.string(),
  /** Seconds of training, and the loss of the scored rows then, in turns. */
  points: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly(),
  steps: z.number(),
  /** Why it did not get to its end, in a sentence. */
  problem: z.string().nullable(),
})
export type RaceLine = Readonly<z.infer<typeof lineSchema>>

/** Whose loss it is, and which. */
const scoredSchema = z.object({
  /** The test rows, or the validation rows where there are none. */
  rows: z.enum(['test', 'validation']),
  loss: lossSchema,
})
export type Scored = Readonly<z.infer<typeof scoredSchema>>

export const raceReportSchema = z.object({
  format: z.literal(1),
  title: z.string(),
  race: raceSchema,
  /** The open network: candidates have its inputs, widths and outputs. */
  network: z.string(),
  /** The file's name, or what makes the rows. */
  data: z.string(),
  scored: scoredSchema,
  /** When it was begun, ISO 8601. */
  date: z.string(),
  machine: z.record(z.string(), z.union([z.string(), z.number()])),
  versions: z.record(z.string(), z.string()),
  lines: z.array(lineSchema),
  /** Whether it was cancelled before all had run for their time. */
  cancelled: z.boolean(),
})
export type RaceReport = Readonly<z.infer<typeof raceReportSchema>>

export type RaceEvent =
  | { readonly type: 'started'; readonly names: readonly string[]; readonly scored: Scored }
  /** What is known of a candidate by now, from its start. */
  | { readonly type: 'line'; readonly line: RaceLine }
  /** The last event. The kept report's id, or why it is not kept. */
  | {
      readonly type: 'ended'
      readonly report: RaceReport
      readonly kept: string | null
      readonly problem: string | null
    }

/** The loss that a candidate came to; null where it came to none. */
export function finalLoss({ points }: RaceLine): number | null {
  return points.at(-1)?.[1] ?? null
}
