/** What was found out of this machine's engines at an earlier start, so that nobody waits for it twice? */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../../files/atomic'
import { stateFolder } from '../../files/state-folder'

const MOST = 500
const DAY = 24 * 60 * 60 * 1000

const fileSchema = z.record(z.string(), z.object({ until: z.number(), value: z.unknown() })).catch({})

/**
 * Finds something out, unless it is known from before.
 *
 * @param key  all that the answer depends on
 * @param days for how many it holds
 */
export async function remembered<T>(
  key: string,
  schema: z.ZodType<T>,
  find: () => Promise<T>,
  days: (value: T) => number,
): Promise<T> {
  const path = join(stateFolder(process.env), 'engines.json')
  const known = (await read(path))[key]
  const value = schema.safeParse(known?.value)
  if (known !== undefined && known.until > Date.now() && value.success) return value.data
  const found = await find()
  const now = Date.now()
  // Read anew: others may have found something out meanwhile.
  const others = Object.entries(await read(path)).filter(([other, { until }]) => other !== key && until > now)
  const kept = [...others.slice(-MOST + 1), [key, { until: now + days(found) * DAY, value: found }]]
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFileAtomic(path, new TextEncoder().encode(`${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`))
  } catch {
    // Then it is found out again next time.
  }
  return found
}

/** Nothing where the file is missing or damaged. */
async function read(path: string): Promise<z.infer<typeof fileSchema>> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return {}
  }
}
