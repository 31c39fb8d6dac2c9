/** What can be undone and redone: edits that take edits back, each with the words a person reads. */
import type { Edit } from '../../src-shared/kan/edits'

export interface Entry {
  /** Stays the same through undo and redo, so that a place in the history can be recognised. */
  readonly id: number
  /** Takes the change back (on the undo stack) or makes it again (on the redo stack). */
  readonly edit: Edit
  readonly description: string
  /** Whether it sets the step counter back or forth, as a reset does: training must not run meanwhile. */
  readonly rewinds: boolean
}

/** More are forgotten from the oldest on: an entry can hold a whole layer. */
const MOST_ENTRIES = 200

export class UndoHistory {
  #undo: Entry[] = []
  #redo: Entry[] = []
  #next = 1

  get undo(): Entry | null {
    return this.#undo.at(-1) ?? null
  }

  get redo(): Entry | null {
    return this.#redo.at(-1) ?? null
  }

  /** Where in the history the document stands. */
  get place(): number {
    return this.undo?.id ?? 0
  }

  /** A new change was made; what had been undone cannot be made again. */
  push(entry: Omit<Entry, 'id'>): void {
    this.#undo.push({ id: this.#next++, ...entry })
    if (this.#undo.length > MOST_ENTRIES) this.#undo.shift()
    this.#redo = []
  }

  /** The newest change was taken back; `again` makes it anew. */
  undone(again: Edit): void {
    const entry = this.#undo.pop()
    if (entry) this.#redo.push({ ...entry, edit: again })
  }

  /** The change taken back last was made anew; `back` takes it back. */
  redone(back: Edit): void {
    const entry = this.#redo.pop()
    if (entry) this.#undo.push({ ...entry, edit: back })
  }
}
