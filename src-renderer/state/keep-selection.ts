/** What is selected, under the pointer or waiting for a tie follows the network: what an edit took away is let go. */
import { NO_SELECTION, presentIn } from '../network/selection/selection'
import type { EdgeAddress } from '../network/types'
import { useStudio } from './studio'
import { useUi } from './ui'

export function keepSelection(): void {
  useStudio.subscribe(({ document }, before) => {
    const specification = document?.specification
    if (specification === undefined || specification === before.document?.specification) return
    const has = (at: EdgeAddress) => presentIn(specification, { type: 'edges', edges: [at] }) !== NO_SELECTION
    const { selection, hovered, tying, tool } = useUi.getState()
    const present = presentIn(specification, selection)
    if (present !== selection) useUi.setState({ selection: present })
    if (hovered !== null && !has(hovered)) useUi.setState({ hovered: null })
    if (tying !== null && !has(tying.from)) useUi.setState({ tying: null, tool: tool === 'tie' ? tying.back : tool })
  })
}
