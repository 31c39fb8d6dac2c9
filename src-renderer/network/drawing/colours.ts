/** The theme's tokens as a canvas needs them, read from CSS once a theme. */

const TOKENS = {
  canvas: '--canvas',
  panel: '--panel',
  raised: '--raised',
  line: '--line',
  lineStrong: '--line-strong',
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  ghost: '--ghost',
  accent: '--accent',
  accentSoft: '--accent-soft',
  frozen: '--frozen',
  tied: '--tied',
  tied2: '--tied-2',
  tied3: '--tied-3',
  tied4: '--tied-4',
  tied5: '--tied-5',
  symbolic: '--symbolic',
  low: '--train',
  high: '--valid',
  warn: '--warn',
  font: '--font',
  mono: '--mono',
} as const

/** Colours, and the two font families, as CSS writes them. */
export type Colours = Readonly<Record<keyof typeof TOKENS, string>>

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element)
  const read = (token: string) => style.getPropertyValue(token).trim()
  return Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token)])) as Colours
}

/** Red, green and blue of any CSS colour, 0 … 255. */
export function rgb(context: CanvasRenderingContext2D, colour: string): readonly [number, number, number] {
  context.fillStyle = colour
  const normal = String(context.fillStyle)
  if (normal.startsWith('#')) {
    const value = Number.parseInt(normal.slice(1), 16)
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
  }
  const [r = 0, g = 0, b = 0] = normal.match(/[\d.]+/g)?.map(Number) ?? []
  return [r, g, b]
}
