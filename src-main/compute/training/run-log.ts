/** `log.txt` of a run: what happened when, a line each. */
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RUN_FILES } from '../../files/run'

export class RunLog {
  private writing: Promise<void> = Promise.resolve()

  /** @param tell hears every line as well */
  constructor(
    private readonly folder: string,
    private readonly tell: (line: string, warning: boolean) => void,
  ) {}

  /** A log that cannot be written must not stop the training that it tells of. */
  add(line: string, warning = false): void {
    this.tell(line, warning)
    const dated = `${new Date().toISOString()} ${line}\n`
    this.writing = this.writing.then(() => appendFile(join(this.folder, RUN_FILES.log), dated)).catch(() => undefined)
  }

  /** Resolves when every line so far is on disk. */
  written(): Promise<void> {
    return this.writing
  }
}
