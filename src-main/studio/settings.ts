/** What the studio remembers between starts: recent files and the window's place. */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic'

const placeSchema = z.object({
  x: z.number().optional(),
  y: z.number().optional(),
  width: z.number().min(200),
  height: z.number().min(200),
  maximized: z.boolean().default(false),
})
export type WindowPlace = z.infer<typeof placeSchema>

const settingsSchema = z.object({
  /** Absolute paths, the newest first. */
  recent: z.array(z.string()).catch([]),
  window: placeSchema.nullable().catch(null),
})
export type Settings = z.infer<typeof settingsSchema>

const MOST_RECENT = 10

export class SettingsFile {
  readonly #path: string

  constructor(stateFolder: string) {
    this.#path = join(stateFolder, 'settings.json')
  }

  /** What is remembered; nothing where the file is missing or damaged. */
  async read(): Promise<Settings> {
    try {
      return settingsSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')))
    } catch {
      return { recent: [], window: null }
    }
  }

  async addRecent(path: string): Promise<void> {
    const { recent } = await this.read()
    await this.#write({ recent: [path, ...recent.filter((other) => other !== path)].slice(0, MOST_RECENT) })
  }

  async rememberWindow(window: WindowPlace): Promise<void> {
    await this.#write({ window })
  }

  async #write(change: Partial<Settings>): Promise<void> {
    const settings = { ...(await this.read()), ...change }
    await mkdir(dirname(this.#path), { recursive: true })
    await writeFileAtomic(this.#path, new TextEncoder().encode(`${JSON.stringify(settings, null, 2)}\n`))
  }
}
