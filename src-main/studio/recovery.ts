/** Copies of unsaved work that survive a crash: kept while a document is edited, offered at the next start. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { dataSchema, engineSchema, trainingSchema } from '../../src-shared/contract/job'
import type { Recovery } from '../../src-shared/contract/studio'
import { encodeModel } from '../../src-shared/kan/file/file'
import type { Model } from '../../src-shared/kan/parameters'
import { UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { readModel } from '../files/model'

const noteSchema = z.object({
  name: z.string(),
  /** Absolute path of the file that the document was opened from or saved to. */
  path: z.string().nullable(),
  savedAt: z.number(),
  step: z.number().int().nonnegative(),
  data: dataSchema.nullable(),
  training: trainingSchema,
  engine: engineSchema,
  pid: z.number().int(),
  host: z.string(),
})
/** What a copy says beside its model. */
export type RecoveryNote = z.infer<typeof noteSchema>

/** A studio that has not touched its copy for so long is gone, even if another process has its number by now. */
const SILENCE = 60_000

/** Copies that studios of this very process keep. */
const own = new Set<string>()

export class RecoveryFolder {
  readonly #folder: string
  readonly #id = randomUUID()
  #kept = false

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, 'recovery')
    own.add(this.#id)
  }

  /** The copies that nobody works on any more, the newest first. */
  async list(): Promise<readonly Recovery[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
    const found = await Promise.all(
      ids.map(async (id) => {
        const note = await this.#note(id)
        return note === null || (await this.#isLive(id, note)) ? null : { id, name: note.name, savedAt: note.savedAt }
      }),
    )
    return found.filter((recovery) => recovery !== null).sort((a, b) => b.savedAt - a.savedAt)
  }

  /** Throws UserError if the copy is gone, damaged, or another studio works on it. */
  async read(id: string): Promise<{ readonly model: Model; readonly note: RecoveryNote }> {
    const note = await this.#free(id)
    return { model: await readModel(this.#path(id, 'kan')), note }
  }

  /** Deletes a copy once the person has decided. */
  async discard(id: string): Promise<void> {
    await this.#free(id)
    await this.#remove(id)
  }

  /** Writes or replaces the copy of this studio's document. */
  async keep(model: Model, note: Omit<RecoveryNote, 'pid' | 'host' | 'savedAt'>): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const about: RecoveryNote = { ...note, savedAt: Date.now(), pid: process.pid, host: hostname() }
    await writeFileAtomic(this.#path(this.#id, 'kan'), encodeModel(model))
    await writeFileAtomic(this.#path(this.#id, 'json'), new TextEncoder().encode(JSON.stringify(about)))
    this.#kept = true
  }

  /** Says that this studio still lives, where it keeps a copy. */
  async touch(): Promise<void> {
    if (!this.#kept) return
    const now = new Date()
    await utimes(this.#path(this.#id, 'json'), now, now).catch(() => {})
  }

  /** Deletes this studio's copy: its document was saved or given up. */
  async forget(): Promise<void> {
    if (!this.#kept) return
    this.#kept = false
    await this.#remove(this.#id)
  }

  /** Leaves the copy, if there is one, for the next studio to offer. */
  release(): void {
    own.delete(this.#id)
  }

  async #free(id: string): Promise<RecoveryNote> {
    const note = await this.#note(id)
    if (note === null) throw new UserError('This recovery copy is not there any more.')
    if (await this.#isLive(id, note)) throw new UserError(`Another studio has ${note.name} open: close it there first.`)
    return note
  }

  async #note(id: string): Promise<RecoveryNote | null> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return null
    try {
      return noteSchema.parse(JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')))
    } catch {
      return null
    }
  }

  async #isLive(id: string, { pid, host }: RecoveryNote): Promise<boolean> {
    if (own.has(id)) return true
    if (host === hostname() && (pid === process.pid || !isRunning(pid))) return false
    const touched = await stat(this.#path(id, 'json')).catch(() => null)
    return touched !== null && Date.now() - touched.mtimeMs < SILENCE
  }

  async #remove(id: string): Promise<void> {
    await rm(this.#path(id, 'json'), { force: true })
    await rm(this.#path(id, 'kan'), { force: true })
  }

  #path(id: string, ending: 'json' | 'kan'): string {
    return join(this.#folder, `${id}.${ending}`)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
