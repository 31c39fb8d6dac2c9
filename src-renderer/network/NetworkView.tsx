/** The network editor as a React component: a thin skin over `editor.ts`, with headers and the list for screen readers. */
import type { NetworkHandle } from './editor'
import './network.css'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { LayerEdges } from '../../src-shared/contract/telemetry'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Specification } from '../../src-shared/kan/specification'
import { columnWidths } from '../../src-shared/kan/ways'
import { EdgeList } from './EdgeList'
import { createEditor, type Editor, type EditorInputs } from './editor'
import { Headers } from './Headers'
import { edgeCount } from './place/layout'
import type { Orientation } from './place/turn'
import type { Seen } from './place/view'
import { placeHeaders } from './place-headers'
import type { EdgeAddress, NetworkLive, Selection, Tool } from './types'

export interface NetworkViewProps {
  specification: Specification
  /** Another number where another network is on the screen, which is shown as a whole then. */
  opened: number
  /** Read in the draw loop, never through React: the newest numbers. */
  live: NetworkLive
  selection: Selection
  /** Edges whose curves are shown elsewhere. */
  listed: readonly (readonly EdgeAddress[])[]
  tool: Tool
  /** The edge that waits for the one to be tied to. */
  tying: EdgeAddress | null
  theme: 'light' | 'dark'
  /** Left to right, or from the bottom up. */
  orientation: Orientation
  hidesPruned: boolean
  showsValues: boolean
  onSelect(selection: Selection): void
  /** The edge under the pointer, or the one that the arrow keys stand on: what X and L act on. */
  onHover(edge: EdgeAddress | null): void
  /** Edges were painted with Tie, or chosen with it; none where it gives up. */
  onTie(edges: readonly EdgeAddress[]): void
  /** What a tool did: one step of undo for a stroke. */
  onEdit(edit: Edit, said: string | null): void
  onAddLayer(at: number): void
  /** These edges' curves are drawn from now on. */
  onWatch(edges: readonly LayerEdges[]): void
  /** Where everything is drawn by now, and on what: for what floats over the network. */
  onSeen?(seen: Seen, surface: HTMLElement): void
  ref?: Ref<NetworkHandle>
  /** Floats over the canvas: tools, zoom. */
  children?: ReactNode
}

export function NetworkView(props: NetworkViewProps) {
  const { specification, opened, live, selection, listed, tool, tying, theme, orientation, hidesPruned, showsValues } =
    props
  const surface = useRef<HTMLDivElement>(null)
  const edges = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const nodes = useRef<HTMLCanvasElement>(null)
  const tip = useRef<HTMLDivElement>(null)
  const headers = useRef<HTMLDivElement>(null)
  const say = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(null)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const elements = {
      surface: surface.current,
      edges: edges.current,
      overlay: overlay.current,
      nodes: nodes.current,
      tip: tip.current,
    }
    if (!isComplete(elements)) return
    const made = createEditor(elements, latest.current, {
      onSelect: (next) => latest.current.onSelect(next),
      onHover: (edge) => latest.current.onHover(edge),
      onTie: (edges) => latest.current.onTie(edges),
      onEdit: (edit, said) => latest.current.onEdit(edit, said),
      onSeen(seen, view) {
        if (headers.current !== null) placeHeaders(headers.current, seen)
        elements.surface.style.backgroundPosition = `${view.x}px ${view.y}px`
        latest.current.onSeen?.(seen, elements.surface)
      },
      onWatch: (edges) => latest.current.onWatch(edges),
      onSay(words) {
        if (say.current !== null) say.current.textContent = words
      },
    })
    editor.current = made
    return () => {
      editor.current = null
      made.destroy()
    }
  }, [])

  useEffect(() => {
    const inputs: EditorInputs = {
      specification,
      opened,
      live,
      selection,
      listed,
      tool,
      tying,
      theme,
      orientation,
      hidesPruned,
      showsValues,
    }
    editor.current?.update(inputs)
  }, [specification, opened, live, selection, listed, tool, tying, theme, orientation, hidesPruned, showsValues])

  useImperativeHandle(
    props.ref,
    (): NetworkHandle => ({
      fit: () => editor.current?.fit(),
      zoomBy: (factor) => editor.current?.zoomBy(factor),
      showSelection: () => editor.current?.showSelection(),
      focus: () => editor.current?.focus(),
      sight: () => editor.current?.sight() ?? null,
    }),
  )

  return (
    <div className="network">
      <div
        ref={surface}
        className="network-surface"
        data-tool={tool}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard, and this one takes arrow keys
        tabIndex={0}
        aria-label={`Network ${columnWidths(specification).join(', ')} with ${edgeCount(specification)} edges. Arrow keys walk edges and nodes, Enter selects one, Shift adds to the selection.`}
      >
        <canvas ref={edges} className="network-layer network-edges" />
        <canvas ref={overlay} className="network-layer" />
        <canvas ref={nodes} className="network-layer" />
      </div>
      <Headers
        ref={headers}
        specification={specification}
        selection={selection}
        onSelect={props.onSelect}
        onAddLayer={props.onAddLayer}
      />
      <EdgeList specification={specification} live={live} selection={selection} onSelect={props.onSelect} />
      <div ref={say} className="unseen" aria-live="polite" />
      <div ref={tip} className="network-tip" aria-hidden="true" hidden />
      {props.children}
    </div>
  )
}

type Complete<T> = { readonly [K in keyof T]: NonNullable<T[K]> }

function isComplete<T extends Readonly<Record<string, Element | null>>>(elements: T): elements is T & Complete<T> {
  return Object.values(elements).every((element) => element !== null)
}
