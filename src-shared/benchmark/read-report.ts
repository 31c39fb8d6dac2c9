/** Is a text a report of a benchmark, or of a race? The one place where a kept report is read. */
import { z } from 'zod'
import { UserError } from '../user-error'
import { planSchema } from './plan'
import { raceReportSchema } from './race'
import type { Report } from './report'
import type { BenchReport } from './results'

const spread = z.object({ mean: z.number(), median: z.number(), lower: z.number(), upper: z.number() })
const times = z.array(z.number()).min(1)
const count = z.number().nullable()

const rowSchema = z.object({
  name: z.string(),
  method: z.string(),
  engine: z.string().nullable(),
  threads: z.number().nullable(),
  regularized: z.boolean(),
  widths: z.array(z.number()),
  batchSize: z.number(),
  forward: spread,
  backward: spread,
  step: spread,
  samples: z.object({ forward: times, backward: times, step: times }),
  forwardBytes: count,
  backwardBytes: count,
  // Reports of the first versions do not tell.
  deviceBytes: count.default(null),
  parameters: count,
  trainable: count,
})

const reportSchema: z.ZodType<BenchReport> = z.object({
  format: z.literal(1),
  plan: planSchema,
  network: z.object({ name: z.string(), file: z.string().nullable() }).nullable(),
  command: z.string(),
  date: z.string(),
  machine: z.record(z.string(), z.union([z.string(), z.number()])),
  versions: z.record(z.string(), z.string()),
  peakOperations: z.number().nullable(),
  rows: z.array(rowSchema),
  failures: z.array(z.object({ row: z.string(), reason: z.string() })),
  warnings: z.array(z.string()),
  cancelled: z.boolean(),
})

/**
 * @param where what the sentence calls it, as a file's name
 * @throws UserError where it is none
 */
export function readReport(text: string, where: string): Report {
  try {
    const read: unknown = JSON.parse(text)
    return raceReportSchema.safeParse(read).data ?? reportSchema.parse(read)
  } catch (error) {
    throw new UserError(
      `${where} is no report of a benchmark: give the .json that kan-studio bench or the studio wrote.`,
      {
        cause: error,
      },
    )
  }
}
