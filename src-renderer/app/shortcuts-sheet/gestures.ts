/** What the mouse and the keys of the canvas do: what no action has a shortcut for. */

interface Gesture {
  /** As it is said: `Drag`, `Shift+Click`; keys in it as in a shortcut. */
  readonly how: string
  readonly title: string
}

export const GESTURES: readonly { readonly title: string; readonly gestures: readonly Gesture[] }[] = [
  {
    title: 'Mouse on the network',
    gestures: [
      { how: 'Click', title: 'Select an edge, a node or a layer' },
      { how: 'Shift+Click', title: 'Add it to what is selected, or take it away' },
      { how: 'Drag', title: 'Move the picture; with Lock, Tie or Prune: do it to every edge on the way' },
      { how: 'Shift+Drag', title: 'With any tool: all edges, or nodes, in a rectangle' },
      { how: 'Click a bracket', title: 'Select the inputs of a group' },
      { how: 'Wheel', title: 'Zoom to the pointer' },
      { how: 'Double click', title: 'Beside everything: show the whole network' },
      { how: 'Right click', title: 'Menu of what is under the pointer' },
    ],
  },
  {
    title: 'Building by hand',
    gestures: [
      { how: 'Drag a block', title: 'Into a gap or past an end: a new layer; onto a layer: its basis' },
      { how: 'Click a block', title: 'Pick it up; the next click in the network puts it down' },
      { how: 'Enter on a block', title: 'Pick it up; arrow keys choose the place, Enter puts it down' },
      { how: "Drag a layer's name", title: 'Move the layer' },
      { how: 'Drag a hidden node', title: 'Move it within its layer' },
      { how: 'Drag below the nodes', title: 'The handle there makes the layer wider or narrower' },
      { how: "Wheel on a layer's name", title: 'One node more or fewer' },
      { how: 'Click a number of nodes', title: 'Type another' },
    ],
  },
  {
    title: 'Keys on the network',
    gestures: [
      { how: '← → ↑ ↓', title: 'Walk along edges and nodes' },
      { how: 'Enter', title: 'Select what has the focus; with Lock, Tie or Prune: do it' },
      { how: 'Shift+Enter', title: 'Add it to what is selected, or take it away' },
      { how: 'Shift+↑ ↓', title: 'Select the next one, too' },
      { how: 'Shift+F10', title: 'Menu of what has the focus' },
      { how: 'Esc', title: 'Select nothing, end a stroke' },
    ],
  },
]
