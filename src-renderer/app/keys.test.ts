import { expect, test } from 'vitest'
import { keyOf, shortcutText } from './keys'

const press = (
  key: string,
  held: { ctrlKey?: boolean; metaKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('modifiers stand before the key, the letter in lower case', () => {
  expect(keyOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+z')
  expect(keyOf(press('x'), false)).toBe('x')
})

test('Cmd is the modifier of a Mac, Ctrl that of others', () => {
  expect(keyOf(press('s', { metaKey: true }), true)).toBe('Mod+s')
  expect(keyOf(press('s', { metaKey: true }), false)).toBe('s')
  expect(shortcutText('Mod+Shift+S', true)).toBe('⌘⇧S')
  expect(shortcutText('Mod+Shift+S', false)).toBe('Ctrl+Shift+S')
})
