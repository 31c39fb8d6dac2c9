/** Which panels stand around the network: those that a person wants, and in a little window only what leaves it room. */
import { create } from 'zustand'

export const SIDES = ['build', 'inspector'] as const
export type Side = (typeof SIDES)[number]
export type DockTab = 'loss' | 'predictions' | 'data' | 'benchmark' | 'log'

interface Panels {
  /** Too narrow for the network between two panels: one at a time lies over it. */
  readonly narrow: boolean
  /** Too low for the network above the dock, which is only its tabs until it is asked for. */
  readonly low: boolean
  /** Sides that a person put away, where there is room for both. */
  readonly away: readonly Side[]
  /** What lies over the network of a narrow window. */
  readonly over: Side | null
  /** Of the sides beside the network, in CSS pixels whatever the window's size. */
  readonly widths: Readonly<Record<Side, number>>
  /** Whether the dock is open, in a window that is high enough and in a low one. */
  readonly dock: { readonly high: boolean; readonly low: boolean }
  readonly tab: DockTab
}

/** Windows up to these sizes, in CSS pixels: 1440 × 900 at 200 % are 720 × 450. */
const NARROW = '(max-width: 900px)'
const LOW = '(max-height: 560px)'

const AWAY_KEY = 'kan-studio.panels-away'
const WIDTHS_KEY = 'kan-studio.panel-widths'

export const usePanels = create<Panels>(() => ({
  narrow: false,
  low: false,
  away: [],
  over: null,
  widths: { build: 252, inspector: 288 },
  dock: { high: true, low: false },
  tab: 'loss',
}))

const { setState: set, getState: get } = usePanels

export const isSideShown = ({ narrow, over, away }: Panels, side: Side): boolean =>
  narrow ? over === side : !away.includes(side)

export const isDockOpen = ({ low, dock }: Panels): boolean => (low ? dock.low : dock.high)

/** Shows a side or puts it away. */
export function toggleSide(side: Side): void {
  const { narrow, over, away } = get()
  if (narrow) {
    set({ over: over === side ? null : side })
    return
  }
  const next = away.includes(side) ? away.filter((other) => other !== side) : [...away, side]
  localStorage.setItem(AWAY_KEY, next.join())
  set({ away: next })
}

/** A person gave a side another width. */
export function keepWidth(side: Side, width: number): void {
  const widths = { ...get().widths, [side]: Math.round(width) }
  localStorage.setItem(WIDTHS_KEY, [widths.build, widths.inspector].join())
  set({ widths })
}

export function openDock(isOpen: boolean): void {
  const { low, dock } = get()
  set({ dock: low ? { ...dock, low: isOpen } : { ...dock, high: isOpen } })
}

/** Chooses what the dock shows, and opens it for that. */
export function showTab(tab: DockTab): void {
  openDock(true)
  set({ tab })
}

/** Keeps to the window's size from now on, and to what was put away and widened before. */
export function followWindow(): void {
  const kept = localStorage.getItem(AWAY_KEY) ?? ''
  set({ away: SIDES.filter((side) => kept.split(',').includes(side)) })
  const [build, inspector] = (localStorage.getItem(WIDTHS_KEY) ?? '').split(',').map(Number)
  if (build && inspector) set({ widths: { build, inspector } })
  for (const [query, name] of [
    [NARROW, 'narrow'],
    [LOW, 'low'],
  ] as const) {
    const media = matchMedia(query)
    const follow = () => set({ [name]: media.matches })
    media.addEventListener('change', follow)
    follow()
  }
}
