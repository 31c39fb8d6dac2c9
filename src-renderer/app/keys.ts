/** How keys are written: for comparing on any keyboard, and for people. */

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> &
  Partial<Pick<KeyboardEvent, 'getModifierState'>>

/** `Mod+Alt+Shift+z`: modifiers in this order, then the key in lower case. */
export function keyOf(event: Press, mac = isMac): string {
  const key = letterOf(event)
  // AltGr is Ctrl and Alt to Windows, but there it is a way to write a sign: what it writes counts.
  const writes = event.getModifierState?.('AltGraph') === true
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey]
  // Shift says how a sign is written (? is Shift+7 or Shift+ß), unless it makes a capital of a letter or goes with Enter.
  const shifted = event.shiftKey && (isLetter(key) || key.length > 1)
  return [
    other && !writes ? 'Other+' : '',
    mod && !writes ? 'Mod+' : '',
    event.altKey && !writes ? 'Alt+' : '',
    shifted ? 'Shift+' : '',
    key,
  ].join('')
}

/**
 * The letter that is printed on the key. Where a keyboard writes others (я, ν, or the signs that Option gives on a Mac), it is
 * the Latin one of the same place, as every system takes it for shortcuts.
 */
function letterOf({ key, code, altKey }: Press): string {
  const own = key.length === 1 ? key.toLowerCase() : key
  const foreign = own === 'Dead' || (own.length === 1 && (own > '~' || (altKey && !isLetter(own))))
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1]
  return foreign && place !== undefined ? place.toLowerCase() : own
}

const isLetter = (key: string) => key.length === 1 && key.toLowerCase() !== key.toUpperCase()

/** Every key that means an action, as {@link keyOf} writes them. */
export function keysOf({
  shortcut,
  alsoKeys = [],
}: {
  readonly shortcut?: string
  readonly alsoKeys?: readonly string[]
}): readonly string[] {
  return [...(shortcut === undefined ? [] : [shortcut]), ...alsoKeys].map((written) => {
    const [modifiers, key] = partsOf(written)
    return modifiers.join('') + (key === 'Space' ? ' ' : key.length === 1 ? key.toLowerCase() : key)
  })
}

/** `['Mod+', 'Shift+']` and `Z`; the key may be + itself. */
function partsOf(shortcut: string): readonly [modifiers: readonly string[], key: string] {
  const modifiers = shortcut.match(/(?:Mod|Alt|Shift)\+(?=.)/g) ?? []
  return [modifiers, shortcut.slice(modifiers.join('').length)]
}

const MAC: Readonly<Record<string, string>> = { 'Mod+': '⌘', 'Alt+': '⌥', 'Shift+': '⇧' }
const NAMES: Readonly<Record<string, string>> = {
  ...{ Delete: 'Del', Escape: 'Esc', '-': '−' },
  ...{ ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' },
}

/** A shortcut as this computer writes it: Ctrl+S, ⌘S. */
export function shortcutText(shortcut: string, mac = isMac): string {
  const [modifiers, key] = partsOf(shortcut)
  const held = modifiers.map((modifier) => (mac ? MAC[modifier] : modifier.replace('Mod', 'Ctrl')))
  return held.join('') + (NAMES[key] ?? key)
}

/** As `aria-keyshortcuts` wants it. */
export const ariaShortcut = (shortcut: string, mac = isMac): string =>
  shortcut.replace('Mod+', mac ? 'Meta+' : 'Control+').replace(/\+$/, 'Plus')
