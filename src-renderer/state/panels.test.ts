import { afterEach, expect, test, vi } from 'vitest'
import { isDockOpen, isSideShown, openDock, SIDES, showTab, toggleSide, usePanels } from './panels'

vi.stubGlobal('localStorage', { setItem: () => {} })
const first = usePanels.getState()
afterEach(() => usePanels.setState(first, true))

const sides = () => SIDES.filter((side) => isSideShown(usePanels.getState(), side))

test('where there is room, each side is put away and shown again by itself', () => {
  expect(sides()).toEqual(['build', 'inspector'])
  toggleSide('build')
  expect(sides()).toEqual(['inspector'])
  toggleSide('inspector')
  expect(sides()).toEqual([])
  toggleSide('build')
  expect(sides()).toEqual(['build'])
})

test('in a narrow window no side covers the network until it is asked for, and then one at a time', () => {
  usePanels.setState({ narrow: true })
  expect(sides()).toEqual([])
  toggleSide('build')
  toggleSide('inspector')
  expect(sides()).toEqual(['inspector'])
  toggleSide('inspector')
  expect(sides()).toEqual([])
  usePanels.setState({ narrow: false })
  expect(sides()).toEqual(['build', 'inspector'])
})

test('in a low window the dock is closed until a tab is asked for; a high one keeps its own', () => {
  const isOpen = () => isDockOpen(usePanels.getState())
  usePanels.setState({ low: true })
  expect(isOpen()).toBe(false)
  showTab('data')
  expect(isOpen()).toBe(true)
  openDock(false)
  usePanels.setState({ low: false })
  expect(isOpen()).toBe(true)
  expect(usePanels.getState().tab).toBe('data')
})
