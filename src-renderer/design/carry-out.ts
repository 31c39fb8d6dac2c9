/** Makes of a plan the edit that it comes to: one after the other, each of the network as it is by then. */
import { edit, live, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { editOf, letGo, type Plan, useDesign } from './plan'
import { narrowedWords } from './words'

let last: Promise<void> = Promise.resolve()

/** What was planned stays in sight until it is so. */
export function carryOut(plan: Plan): Promise<void> {
  useDesign.setState({ plan, grip: 'nothing' })
  last = last.then(() => carryOutNow(plan))
  return last
}

async function carryOutNow(plan: Plan): Promise<void> {
  const before = designNow()
  const change = before && editOf(plan, before, live.importance)
  if (before !== null && change) {
    await edit(change, change.type === 'remove-nodes' ? narrowedWords(before, change.layer, change.nodes) : null)
  }
  const after = designNow()
  const done = after !== before ? (useStudio.getState().document?.undo ?? '') : ''
  if (useDesign.getState().plan === plan) letGo(done && `Done: ${done}`)
  if (!change || before === null || after === null || after === before) return
  if (change.type === 'move-nodes') {
    const nodes = change.nodes.map((_, k) => ({ layer: change.layer + 1, index: change.to + k }))
    useUi.setState({ selection: { type: 'nodes', nodes } })
  }
  if (change.type === 'move-layer') useUi.setState({ selection: { type: 'layers', layers: [change.to] } })
}

const designNow = () => useStudio.getState().document?.specification ?? null
