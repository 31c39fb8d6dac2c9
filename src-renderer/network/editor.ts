/** The network editor without React: takes a specification and live numbers, draws once a frame when something changed. */

import type { LayerEdges } from '../../src-shared/contract/telemetry'
import type { Specification } from '../../src-shared/kan/specification'
import { prunedMasks } from '../../src-shared/kan/ways'
import { createCanvases, onPixelRatio } from './drawing/canvases'
import { type Colours, readColours } from './drawing/colours'
import { createDensity } from './drawing/draw-density'
import { drawSlotPair } from './drawing/draw-edges'
import { drawNodes } from './drawing/draw-nodes'
import { drawOverlay } from './drawing/draw-overlay'
import { createRefresher, createWatcher, refreshAll } from './drawing/fresh'
import { createNodePictures } from './drawing/node-pictures'
import type { Scene } from './drawing/scene'
import { contextGesture } from './hand/context-gesture'
import { createFocus } from './hand/focus'
import { zoomGesture } from './hand/gestures'
import { createHand, type HandEvents } from './hand/hand'
import { highlightsOf } from './hand/highlights'
import { createHover } from './hand/hover'
import { keyboardGesture } from './hand/keyboard'
import { pointerGesture } from './hand/pointer'
import { createCurves } from './numbers/curves'
import { createNumbers } from './numbers/numbers'
import type { Sight } from './picture/picture'
import { boxOf, boxOfSelection } from './place/boxes'
import { groupAt } from './place/brackets'
import { FITTED, type Point, type Size, type View } from './place/geometry'
import { type Hit, hitTest } from './place/hit'
import { type Layout, layoutNetwork } from './place/layout'
import { boxInWindow, fromWindow, type Orientation, toWindow, viewFromWindow } from './place/turn'
import { type Seen, see, viewOf, wayIntoSight } from './place/view'
import type { EdgeAddress, NetworkLive, Selection, Tool } from './types'

export interface EditorInputs {
  readonly specification: Specification
  /** Another number where another network is on the screen. */
  readonly opened: number
  readonly live: NetworkLive
  readonly selection: Selection
  /** Edges whose curves are shown elsewhere, and asked for wherever they are. */
  readonly listed: readonly (readonly EdgeAddress[])[]
  readonly tool: Tool
  /** The edge that waits for the one to be tied to. */
  readonly tying: EdgeAddress | null
  readonly theme: 'light' | 'dark'
  readonly orientation: Orientation
  readonly hidesPruned: boolean
  /** Whether hidden nodes show their values over two inputs. */
  readonly showsValues: boolean
}

export interface EditorEvents extends HandEvents {
  onHover(edge: EdgeAddress | null): void
  /** Something moved on the screen: for what is not on the canvas. */
  onSeen(seen: Seen, view: View): void
  /** These edges' curves are drawn from now on. */
  onWatch(edges: readonly LayerEdges[]): void
  /** For screen readers. */
  onSay(words: string): void
}

export interface EditorElements {
  /** Takes pointer and keyboard. */
  readonly surface: HTMLElement
  /** From bottom to top: still edges, what stands out, nodes. */
  readonly edges: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  readonly nodes: HTMLCanvasElement
  readonly tip: HTMLElement
}

/** What an application's own actions may ask of the editor. */
export interface NetworkHandle {
  /** Shows the whole network. */
  fit(): void
  /** Zooms about the middle of the window by a factor. */
  zoomBy(factor: number): void
  /** Zooms to what is selected; does nothing where nothing is. */
  showSelection(): void
  /** Gives the keyboard to the network, for the arrow keys. */
  focus(): void
  /** What is seen now, with all its curves; null before anything is. */
  sight(): Sight | null
}

export interface Editor extends NetworkHandle {
  update(inputs: EditorInputs): void
  destroy(): void
}

/** What must be done again in the next frame; `view` is everything. */
interface Stale {
  readonly view: boolean
  readonly edges: boolean
  readonly overlay: boolean
  readonly nodes: boolean
  readonly hover: boolean
}
const NOTHING: Stale = { view: false, edges: false, overlay: false, nodes: false, hover: false }
const EVERYTHING: Stale = { view: true, edges: true, overlay: true, nodes: true, hover: true }

export function createEditor(elements: EditorElements, first: EditorInputs, events: EditorEvents): Editor {
  const { surface } = elements
  const canvases = createCanvases([elements.edges, elements.overlay, elements.nodes])
  const curves = createCurves()
  const density = createDensity()
  const numbers = createNumbers()
  const pictures = createNodePictures(() => invalidate('nodes'))
  const refresh = createRefresher()
  const watch = createWatcher()

  let inputs = first
  let size: Size = { width: 0, height: 0 }
  let view: View = FITTED
  let layout: Layout | null = null
  let seen: Seen | null = null
  let gone: readonly Uint8Array[] | null = null
  let colours: Colours | null = null
  let stale: Stale = { ...NOTHING, view: true }
  let frame = 0

  const invalidate = (...parts: (keyof Stale)[]) => {
    stale = { ...stale, ...Object.fromEntries(parts.map((part) => [part, true])) }
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  const hand = createHand(() => ({ seen, inks: numbers.inks, inputs }), events)
  const zoomer = zoomGesture(
    surface,
    () => inputs.tool,
    (next) => {
      view = next
      if (layout !== null) seen = see(layout, viewFromWindow(layout, view), gone)
      invalidate('view')
    },
  )
  const focus = createFocus(() => ({ ...inputs, importance: inputs.live.importance }), hand, {
    ...events,
    onFocus(at) {
      if (at !== null) {
        hover.move(null)
        reveal(at)
        // Before the next frame: the next key may come sooner.
        hover.tell(at)
      }
      invalidate('overlay', 'nodes', 'hover')
    },
  })
  const hover = createHover(
    elements,
    () => ({
      ...inputs,
      importance: inputs.live.importance,
      nodes: numbers.nodes,
      size,
      focused: focus.at,
      moving: zoomer.moving,
      dragging: hand.dragging,
    }),
    events.onHover,
  )
  const turned = (at: Point) => (layout === null ? at : fromWindow(layout, at))
  const stopPointer = pointerGesture(surface, () => inputs.tool, turned, {
    hover(at) {
      hover.move(at)
      invalidate('hover')
      if (inputs.tying !== null) invalidate('overlay')
    },
    click(at, adding) {
      focus.clear()
      hand.click(at, adding)
    },
    doubleClick(at) {
      if (seen !== null && hitTest(seen, at) === null && groupAt(seen, at) === null) zoomer.fit()
    },
    dragBegin(drag, at) {
      focus.clear()
      hand.dragBegin(drag, at)
    },
    dragMove(from, to) {
      hand.dragMove(from, to)
      invalidate('overlay', 'nodes')
    },
    dragEnd() {
      hand.dragEnd()
      invalidate('overlay', 'nodes', 'hover')
    },
    dragCancel() {
      hand.dragCancel()
      invalidate('overlay', 'nodes', 'hover')
    },
  })
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return
    const { width, height } = entry.contentRect
    if (width === size.width && height === size.height) return
    size = { width, height }
    layout = null
    // At once: a frame later the old picture would have been stretched.
    stale = { ...stale, view: true }
    cancelAnimationFrame(frame)
    draw()
  })
  observer.observe(surface)
  const stopDensity = onPixelRatio(() => invalidate('view'))
  let unsubscribe = inputs.live.subscribe(() => invalidate())

  const stopKeys = keyboardGesture(surface, () => inputs.orientation, focus)
  const stopMenus = contextGesture(surface, {
    menu(at) {
      hover.hide()
      hand.choose(turned(at))
    },
    place() {
      const at = focus.choose()
      const box = at === null || seen === null ? null : boxOf(seen, at)
      return box === null || seen === null ? { x: size.width / 2, y: size.height / 2 } : toWindow(seen, box)
    },
  })

  /** Pans so far that an edge's slot or a node can be seen. */
  function reveal(at: Hit) {
    const box = seen === null ? null : boxOf(seen, at)
    if (box === null || seen === null) return
    const { x, y } = wayIntoSight(boxInWindow(seen, box), size)
    if (x !== 0 || y !== 0) zoomer.panBy(x, y)
  }

  function draw() {
    frame = 0
    if (size.width < 2 || size.height < 2) return
    const { specification, live } = inputs
    colours ??= readColours(surface)
    if (canvases.fit(size, inputs.orientation)) stale = EVERYTHING
    if (layout === null) {
      const context = canvases.contexts[2]
      if (context !== undefined) context.font = `11.5px ${colours.font}`
      layout = layoutNetwork(
        specification,
        size,
        (text) => context?.measureText(text).width ?? text.length * 6,
        inputs.orientation,
      )
      zoomer.update(size, Math.max(4, 4 / layout.natural))
      gone = inputs.hidesPruned ? prunedMasks(specification) : null
      seen = null
    }
    seen ??= see(layout, viewFromWindow(layout, view), gone)
    const moved = stale.view
    if (numbers.take(specification, live)) {
      curves.update(specification, live)
      stale = { ...stale, view: true }
    }
    if (stale.view) stale = EVERYTHING
    if (inputs.showsValues) pictures.follow(specification, live, colours)
    const scene = sceneOf(seen, colours)
    if (stale.hover && hover.look(seen)) stale = { ...stale, overlay: true, nodes: true }
    const { selection, tool } = inputs
    const preview = hand.read()
    if (preview.words !== null) hover.say(preview.words, seen)
    const tying = inputs.tying === null ? null : { from: inputs.tying, to: hover.pointer }
    const highlights = highlightsOf(seen, numbers.inks, {
      selection,
      hovered: hover.at,
      focused: focus.at,
      tool,
      tying,
      ...preview,
    })
    const standing = highlights.focused?.type === 'edge' ? highlights.focused : null
    const standOut = [...highlights.selected, highlights.hovered, standing]
    const fresh = refresh(scene, standOut)
    const watched = watch(scene, [...standOut, ...inputs.listed.flat()])
    if (watched !== null) events.onWatch(watched)
    if (fresh.changed) stale = { ...stale, edges: true, overlay: true }

    const work = stale
    stale = NOTHING
    const [edges, overlay, nodes] = canvases.contexts
    if (work.edges && edges !== undefined) {
      clear(edges)
      for (const pair of seen.pairs) {
        if (pair.type === 'slots') drawSlotPair(edges, scene, pair)
        else density.draw(edges, scene, pair)
      }
    }
    if (work.overlay && overlay !== undefined) {
      clear(overlay)
      drawOverlay(overlay, scene, highlights)
      const dim = highlights.cone.length > 0 && seen.pairs.every((pair) => pair.type === 'slots')
      surface.classList.toggle('network-dimmed', dim)
    }
    if (work.nodes && nodes !== undefined) {
      clear(nodes)
      drawNodes(nodes, scene, numbers.nodes, highlights.nodes)
    }
    if (moved) events.onSeen(seen, view)
    if (!fresh.complete) invalidate()
  }

  function sceneOf(seen: Seen, colours: Colours): Scene {
    const { specification, showsValues } = inputs
    return { specification, seen, inks: numbers.inks, curves, colours, pictures: showsValues ? pictures : null }
  }

  function clear(context: CanvasRenderingContext2D) {
    const longest = Math.max(size.width, size.height)
    context.clearRect(0, 0, longest, longest)
  }

  return {
    update(next) {
      const before = inputs
      inputs = next
      const { specification, orientation, hidesPruned } = before
      const isSame = next.specification === specification && next.orientation === orientation
      if (!isSame || next.hidesPruned !== hidesPruned) {
        layout = null
        invalidate('view')
      }
      if (next.opened !== before.opened || next.orientation !== orientation) zoomer.reset()
      if (next.theme !== before.theme) {
        colours = null
        invalidate('view')
      }
      if (next.live !== before.live) {
        unsubscribe()
        unsubscribe = next.live.subscribe(() => invalidate())
        invalidate()
      }
      if (next.listed !== before.listed) invalidate()
      if (next.showsValues !== before.showsValues) invalidate('nodes')
      const { selection, tool, tying } = before
      if (next.selection !== selection || next.tool !== tool || next.tying !== tying)
        invalidate('overlay', 'nodes', 'hover')
    },
    fit: () => zoomer.fit(),
    zoomBy: (factor) => zoomer.zoomBy(factor),
    showSelection() {
      const box = seen === null ? null : boxOfSelection(seen, inputs.selection)
      if (seen !== null && box !== null && layout !== null) zoomer.show(viewOf(boxInWindow(seen, box), view, layout))
    },
    focus: () => surface.focus(),
    sight() {
      if (seen === null || colours === null) return null
      const scene = sceneOf(seen, colours)
      refreshAll(scene)
      return { scene, nodes: numbers.nodes }
    },
    destroy() {
      cancelAnimationFrame(frame)
      unsubscribe()
      observer.disconnect()
      stopDensity()
      stopPointer()
      stopKeys()
      stopMenus()
      zoomer.destroy()
      pictures.destroy()
      hover.destroy()
    },
  }
}
