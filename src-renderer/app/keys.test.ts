import { expect, test } from 'vitest'
import { ariaShortcut, keyOf, keysOf, shortcutText } from './keys'

const press = (
  key: string,
  held: {
    code?: string
    ctrlKey?: boolean
    metaKey?: boolean
    shiftKey?: boolean
    altKey?: boolean
    getModifierState?: (name: string) => boolean
  } = {},
) => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

test('modifiers stand before the key, the letter in lower case', () => {
  expect(keyOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+z')
  expect(keyOf(press('x'), false)).toBe('x')
  expect(keyOf(press(' ', { shiftKey: true }), false)).toBe(' ')
  expect(keyOf(press('Tab', { shiftKey: true }), false)).toBe('Shift+Tab')
})

test('Cmd is the modifier of a Mac, Ctrl that of others, and the other one is no plain key', () => {
  expect(keyOf(press('s', { metaKey: true }), true)).toBe('Mod+s')
  expect(keyOf(press('s', { metaKey: true }), false)).toBe('Other+s')
  expect(keyOf(press('x', { ctrlKey: true }), true)).toBe('Other+x')
  expect(shortcutText('Mod+Shift+S', true)).toBe('⌘⇧S')
  expect(shortcutText('Mod+Shift+S', false)).toBe('Ctrl+Shift+S')
})

test('a German keyboard has Z and Y where they are printed, and ? above ß', () => {
  expect(keyOf(press('z', { code: 'KeyY', ctrlKey: true }), false)).toBe('Mod+z')
  expect(keyOf(press('?', { code: 'Minus', shiftKey: true }), false)).toBe('?')
  expect(keyOf(press('ö', { code: 'Semicolon' }), false)).toBe('ö')
})

test('a Cyrillic keyboard has the letters of the same places', () => {
  expect(keyOf(press('я', { code: 'KeyZ', ctrlKey: true }), false)).toBe('Mod+z')
  expect(keyOf(press('Я', { code: 'KeyZ', ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+z')
  expect(keyOf(press('ч', { code: 'KeyX' }), false)).toBe('x')
  expect(keyOf(press('?', { code: 'Digit7', shiftKey: true }), false)).toBe('?')
})

test('Option on a Mac writes signs, and AltGr does: the first is a shortcut, the second is not', () => {
  expect(keyOf(press('Dead', { code: 'KeyN', metaKey: true, altKey: true }), true)).toBe('Mod+Alt+n')
  expect(keyOf(press('@', { code: 'KeyL', metaKey: true, altKey: true }), true)).toBe('Mod+Alt+l')
  const altGr = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' }
  expect(keyOf(press('€', { code: 'KeyE', ...altGr }), false)).not.toContain('Mod')
  expect(keyOf(press('~', { code: 'BracketRight', ...altGr }), false)).toBe('~')
})

test('shortcuts are compared as keys are written', () => {
  expect(keysOf({ shortcut: 'Mod+Shift+Z', alsoKeys: ['Mod+Y'] })).toEqual(['Mod+Shift+z', 'Mod+y'])
  expect(keysOf({ shortcut: 'Space', alsoKeys: ['+', 'Mod++', 'Shift+Delete'] })).toEqual([
    ' ',
    '+',
    'Mod++',
    'Shift+Delete',
  ])
  expect(shortcutText('Mod++', false)).toBe('Ctrl++')
  expect(shortcutText('Shift+Delete', true)).toBe('⇧Del')
  expect(shortcutText('Alt+ArrowLeft', false)).toBe('Alt+←')
  expect(ariaShortcut('Mod+Shift+Z', false)).toBe('Control+Shift+Z')
  expect(ariaShortcut('+', false)).toBe('Plus')
})
