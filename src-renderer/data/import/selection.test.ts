import { expect, test } from 'vitest'
import { clicked, NOTHING, stepped } from './selection'

const shown = ['a', 'b', 'c', 'd', 'e']
const plain = { shift: false, mod: false }
const shift = { shift: true, mod: false }
const mod = { shift: false, mod: true }

test('a click selects one column, a second click none', () => {
  const one = clicked(NOTHING, shown, 'b', plain)
  expect([...one.names]).toEqual(['b'])
  expect([...clicked(one, shown, 'b', plain).names]).toEqual([])
  expect([...clicked(one, shown, 'c', plain).names]).toEqual(['c'])
})

test('Shift selects from the anchor, forwards and back', () => {
  const range = clicked(clicked(NOTHING, shown, 'b', plain), shown, 'd', shift)
  expect([...range.names]).toEqual(['b', 'c', 'd'])
  expect([...clicked(range, shown, 'a', shift).names]).toEqual(['a', 'b'])
})

test('Ctrl adds and takes away', () => {
  const two = clicked(clicked(NOTHING, shown, 'a', plain), shown, 'd', mod)
  expect([...two.names]).toEqual(['a', 'd'])
  expect([...clicked(two, shown, 'a', mod).names]).toEqual(['d'])
})

test('an anchor that is not shown any more begins no range', () => {
  const before = clicked(NOTHING, shown, 'b', plain)
  expect([...clicked(before, ['c', 'd', 'e'], 'e', shift).names]).toEqual(['e'])
})

test('arrow keys walk within the list, and Shift takes the columns on the way along', () => {
  const first = stepped(NOTHING, shown, null, 1, false)
  expect(first.current).toBe('a')
  const second = stepped(first.selection, shown, first.current, 2, true)
  expect(second.current).toBe('c')
  expect([...second.selection.names]).toEqual(['a', 'b', 'c'])
  expect(stepped(second.selection, shown, 'e', Number.POSITIVE_INFINITY, false).current).toBe('e')
  expect(stepped(NOTHING, [], null, 1, false).current).toBeNull()
})
