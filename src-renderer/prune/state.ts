/** What the prune bar would take: chosen anew whenever scores, design or wishes change, shown as ghosts, its loss foretold. */
import { create } from 'zustand'
import type { PruneLoss } from '../../src-shared/contract/pruning'
import type { Convention } from '../../src-shared/contract/telemetry'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { pruneUntil } from '../../src-shared/numerics/prune-until'
import { choosePruning, type Pruning, type PruningRule } from '../../src-shared/numerics/pruning'
import { edit, live, studio, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { type Range, rangeOf, widened } from './scale'

interface PruneState {
  readonly rule: PruningRule
  /** The slider's; null before any score is known. */
  readonly range: Range | null
  /** What would go; null where that is not known. */
  readonly pruning: Pruning | null
  readonly loss: PruneLoss | null
  /** Whether that is still of what would have gone before. */
  readonly stale: boolean
  /** Why the loss is not known, in a sentence. */
  readonly problem: string | null
  /** By how many percent the loss may rise, where a threshold is looked for. */
  readonly limit: number
  /** Which part of that is done; null where none is under way. */
  readonly searched: number | null
  /** What came of the last one. */
  readonly note: string | null
}

/** As the original programs have them. */
const THRESHOLDS: Readonly<Record<Convention, number>> = { l1: 1e-2, attribution: 3e-2 }
/** While it trains the loss is asked for again after this many milliseconds, and no more than this part of the time. */
const AGAIN = 400
const COST = 20

export const usePrune = create<PruneState>(() => ({
  rule: { what: 'edges', threshold: THRESHOLDS.l1, locked: 'keep' },
  range: null,
  pruning: null,
  loss: null,
  stale: false,
  problem: null,
  limit: 5,
  searched: null,
  note: null,
}))

const { setState: set, getState: get } = usePrune
let stopFollowing: (() => void) | null = null
let search: AbortController | null = null

export function togglePruneBar(): void {
  if (useUi.getState().pruneOpen) closePruneBar()
  else openPruneBar()
}

function openPruneBar(): void {
  useUi.setState({ pruneOpen: true })
  set({ range: null, loss: null, problem: null, note: null })
  seen = null
  const leave = [live.subscribe(follow), useStudio.subscribe(follow)]
  stopFollowing = () => {
    for (const stop of leave) stop()
  }
  follow()
  choose()
}

export function closePruneBar(): void {
  search?.abort()
  stopFollowing?.()
  stopFollowing = null
  set({ pruning: null })
  useUi.setState({ pruneOpen: false })
  live.haunt(null)
}

/** Wishes from the bar: shown at once. */
export function setRule(change: Partial<PruningRule>): void {
  set({ rule: { ...get().rule, ...change }, note: null })
  if (stopFollowing !== null) chooseSoon()
}

export function setConvention(convention: Convention): void {
  live.score(convention)
  set({ range: null })
  setRule({ threshold: THRESHOLDS[convention] })
}

export const setLimit = (limit: number) => set({ limit })

/** Prunes what is shown, as one step of undo. */
export async function pruneNow(): Promise<void> {
  if (choosing !== 0) choose()
  const { pruning } = get()
  if (pruning !== null && pruning.edges > 0) await edit({ type: 'prune-to-mean', slots: pruning.layers })
}

/** Looks for the threshold up to which the loss keeps to the limit, and shows it. */
export async function searchThreshold(): Promise<void> {
  const specification = useStudio.getState().document?.specification
  const scores = specification && scoresNow(specification)
  if (!specification || !scores || search !== null) return
  const { rule, limit } = get()
  const control = new AbortController()
  search = control
  const name = crypto.randomUUID()
  set({ searched: 0, note: null })
  try {
    const found = await pruneUntil({
      ...{ specification, scores, rule, limit: limit / 100, signal: control.signal },
      lossOf: (layers) => studio().pruneLoss({ layers, rows: 'many', search: name }),
      onProgress: (searched) => set({ searched }),
    })
    if (found === null) set({ note: `Even the weakest costs more than ${limit} %.` })
    else setRule({ threshold: found.threshold })
  } catch (error) {
    if (!control.signal.aborted) set({ note: (error as Error).message })
  } finally {
    search = null
    set({ searched: null })
  }
}

export const stopSearch = () => search?.abort()

/** What the last choice was made of. */
let seen: { readonly specification: Specification | undefined; readonly importance: unknown } | null = null

function follow(): void {
  const specification = useStudio.getState().document?.specification
  if (seen?.specification === specification && seen?.importance === live.importance) return
  seen = { specification, importance: live.importance }
  chooseSoon()
}

/** The frame in which what goes is chosen anew: a slider moves more often than it is drawn. */
let choosing = 0

function chooseSoon(): void {
  if (choosing === 0) choosing = requestAnimationFrame(choose)
}

/** The live scores, where they are of this design. */
function scoresNow(specification: Specification): readonly Float32Array[] | null {
  const scores = live.importance?.map((layer) => layer.scores)
  const fit = specification.layers.every(({ nodes }, l) => scores?.[l]?.length === nodes * inputsOf(specification, l))
  return scores !== undefined && fit ? scores : null
}

function choose(): void {
  cancelAnimationFrame(choosing)
  choosing = 0
  if (stopFollowing === null) return
  const specification = useStudio.getState().document?.specification
  const scores = specification ? scoresNow(specification) : null
  if (!specification || scores === null) {
    set({ pruning: null, loss: null })
    live.haunt(null)
    return
  }
  const { rule, range, pruning: before } = get()
  const pruning = choosePruning(specification, scores, rule)
  set({ pruning, range: widened(range, rangeOf(scores)) })
  if (before === null || !samePruning(before, pruning)) {
    live.haunt(ghostsOf(specification, pruning))
    set({ stale: true })
    ask(0)
  } else ask(AGAIN)
}

function ghostsOf(specification: Specification, { layers }: Pruning): readonly Uint8Array[] {
  return specification.layers.map(({ nodes }, l) => {
    const mask = new Uint8Array(nodes * inputsOf(specification, l))
    for (const e of layers[l] ?? []) mask[e] = 1
    return mask
  })
}

function samePruning(a: Pruning, b: Pruning): boolean {
  return a.layers.length === b.layers.length && a.layers.every((slots, l) => sameSlots(slots, b.layers[l]))
}

const sameSlots = (a: Uint32Array, b: Uint32Array | undefined) =>
  a.length === b?.length && a.every((slot, k) => slot === b[k])

let asking = false
let waiting: number | null = null
let restUntil = 0

/** Asks for the loss, one question at a time: the newest wish is asked for when the answer to the last is there. */
function ask(wait: number): void {
  if (asking || (waiting !== null && wait > 0)) return
  if (waiting !== null) window.clearTimeout(waiting)
  // What a person waits for comes first; what only follows the training waits its turn.
  waiting = window.setTimeout(askNow, wait === 0 ? 0 : Math.max(wait, restUntil - performance.now()))
}

async function askNow(): Promise<void> {
  waiting = null
  const { pruning } = get()
  if (pruning === null || stopFollowing === null) return
  asking = true
  try {
    const loss = await studio().pruneLoss({ layers: pruning.layers, rows: 'few', search: null })
    restUntil = performance.now() + COST * loss.milliseconds
    const now = get().pruning
    set({ loss, problem: null, stale: now !== null && !samePruning(now, pruning) })
  } catch (error) {
    set({ loss: null, problem: (error as Error).message })
  } finally {
    asking = false
  }
  const now = get().pruning
  if (now !== null && now !== pruning) ask(samePruning(now, pruning) ? AGAIN : 0)
}
