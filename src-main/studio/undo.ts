/** What can be undone and redone: edits that take edits back, each with the words a person reads. */
import type { DataChoice } from '../../src-shared/contract/job'
import type { HistoryView } from '../../src-shared/contract/studio'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Run } from './runs'

export interface Entry {
  /** Stays the same through undo and redo, so that a place in the history can be recognised. */
  readonly id: number
  /** Takes the change back (on the undo stack) or makes it again (on the redo stack). */
  readonly edit: Edit
  readonly description: string
  readonly beyond: Beyond
  /** The movement of a hand that the change is part of, if it comes in pieces. */
  readonly stroke?: string
}

/** What belongs to the other side of a change besides the network: only what the change exchanged. */
export interface Beyond {
  /** The run that it comes from, where the step counter is set back or forth, as a reset does. */
  readonly run?: Run | null
  readonly data?: DataChoice | null
  /** Where it is saved, where it is another network. */
  readonly path?: string | null
}

/** What takes back what was just taken back. */
export type Back = Pick<Entry, 'edit' | 'beyond'>

/** What is more is forgotten from the oldest on: an entry can hold the numbers of a whole network. */
const MOST_ENTRIES = 200
const MOST_BYTES = 256 * 2 ** 20

interface Kept extends Entry {
  readonly bytes: number
  readonly trained: number
}

export class UndoHistory {
  #undo: Kept[] = []
  #redo: Kept[] = []
  #next = 1
  /** The newest entry that was forgotten: the place below all others. */
  #bottom: HistoryView['bottom'] = { place: 0, trained: 0 }
  /** The network's step counter, up to where its steps were counted. */
  #step: number

  /** @param step what the network was trained before */
  constructor(step = 0) {
    this.#step = step
  }

  get undo(): Entry | null {
    return this.#undo.at(-1) ?? null
  }

  get redo(): Entry | null {
    return this.#redo.at(-1) ?? null
  }

  /** Where in the history the document stands. */
  get place(): number {
    return this.undo?.id ?? this.#bottom.place
  }

  /** All that is kept, from the oldest change to the last that can be made again. */
  get view(): HistoryView {
    const steps = [...this.#undo, ...[...this.#redo].reverse()]
    return {
      bottom: this.#bottom,
      steps: steps.map(({ id, description, trained }) => ({ place: id, description, trained })),
      place: this.place,
      step: this.#step,
    }
  }

  /** The network was trained up to a step, or lost some of its steps, while it stood at this place. */
  trainedTo(step: number): void {
    const more = step - this.#step
    const newest = this.#undo.pop()
    if (newest) this.#undo.push({ ...newest, trained: newest.trained + more })
    else this.#bottom = { ...this.#bottom, trained: this.#bottom.trained + more }
    this.#step = step
  }

  /** The step counter was set back or forth by a change. */
  countsFrom(step: number): void {
    this.#step = step
  }

  /** How many changes to take back (negative) or to make again, to stand at a place; null where it is not kept. */
  wayTo(place: number): number | null {
    const { bottom, steps } = this.view
    const at = (which: number) => (which === bottom.place ? 0 : steps.findIndex((step) => step.place === which) + 1)
    return place !== bottom.place && at(place) === 0 ? null : at(place) - at(this.place)
  }

  /**
   * A new change was made; what had been undone cannot be made again. The pieces of a stroke are one change: its first one
   * knows how all was before.
   */
  push(entry: Omit<Entry, 'id'>): void {
    const last = this.#undo.at(-1)
    const goesOn = entry.stroke !== undefined && entry.stroke === last?.stroke && this.#redo.length === 0
    const first = goesOn ? this.#undo.pop() : undefined
    this.#undo.push({ ...(first ?? { ...entry, bytes: bytesIn(entry.edit), trained: 0 }), id: this.#next++ })
    this.#redo = []
    this.#forget()
  }

  /** The newest change was taken back; `again` makes it anew. */
  undone(again: Back): void {
    const entry = this.#undo.pop()
    if (entry) this.#redo.push({ ...entry, ...again, bytes: bytesIn(again.edit) })
    this.#forget()
  }

  /** The change taken back last was made anew; `back` takes it back. */
  redone(back: Back): void {
    const entry = this.#redo.pop()
    if (entry) this.#undo.push({ ...entry, ...back, bytes: bytesIn(back.edit) })
    this.#forget()
  }

  /** The newest entry stays however large it is. */
  #forget(): void {
    let held = [...this.#undo, ...this.#redo].reduce((sum, { bytes }) => sum + bytes, 0)
    while (this.#undo.length > 1 && (this.#undo.length > MOST_ENTRIES || held > MOST_BYTES)) {
      const oldest = this.#undo.shift()
      if (oldest === undefined) return
      this.#bottom = { place: oldest.id, trained: oldest.trained }
      held -= oldest.bytes
    }
  }
}

/** About the bytes that the numbers in a value take. */
function bytesIn(value: unknown): number {
  if (typeof value === 'number') return 8
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, inside) => sum + bytesIn(inside), 0)
}
