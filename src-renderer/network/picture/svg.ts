/** A drawing as SVG text: paths, texts in their fonts, and pictures as they are. */
import type { Drawing } from '../drawing/drawing'

interface SvgOptions {
  /** The part of the drawing that is shown. */
  readonly frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly title: string
  /** Width of a text in a font, as a canvas tells it. */
  readonly measureText: (text: string, font: string) => TextMetrics
  /** What is in a part of a picture: the address of the whole, and its size. */
  readonly imageOf: (image: CanvasImageSource) => {
    readonly href: string
    readonly width: number
    readonly height: number
  }
}

/** [a, b, c, d, e, f]: x' = a·x + c·y + e, y' = b·x + d·y + f. Only moved, turned and evenly scaled. */
type Matrix = readonly [number, number, number, number, number, number]

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' }

/** Two decimals: finer than any printer, and half the size. */
const round = (value: number) => String(Math.round(value * 100) / 100 || 0)
const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

export class SvgDrawing implements Drawing {
  fillStyle: Drawing['fillStyle'] = '#000'
  strokeStyle: Drawing['strokeStyle'] = '#000'
  globalAlpha = 1
  lineWidth = 1
  lineCap: CanvasLineCap = 'butt'
  lineJoin: CanvasLineJoin = 'miter'
  font = '10px sans-serif'
  textAlign: CanvasTextAlign = 'left'
  textBaseline: CanvasTextBaseline = 'alphabetic'
  imageSmoothingEnabled = true
  private dash: readonly number[] = []
  private matrix: Matrix = [1, 0, 0, 1, 0, 0]
  /** The values of all of these as they were. */
  private readonly saved: object[] = []
  private readonly parts: string[] = []
  private path: string[] = []
  private inGroup = false

  constructor(private readonly options: SvgOptions) {}

  /** What is drawn from now on is one thing with a name. */
  group(name: string): void {
    if (this.inGroup) this.parts.push('</g>')
    this.parts.push(`<g><title>${escaped(name)}</title>`)
    this.inGroup = true
  }

  toString(): string {
    const { frame, title } = this.options
    const [x, y, width, height] = [frame.x, frame.y, frame.width, frame.height].map(round)
    const size = `width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"`
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`,
      `<title>${escaped(title)}</title>`,
      ...this.parts,
      ...(this.inGroup ? ['</g>'] : []),
      '</svg>\n',
    ].join('\n')
  }

  beginPath(): void {
    this.path = []
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${this.at(x, y)}`)
  }

  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${this.at(x, y)}`)
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.path.push(`C${this.at(ax, ay)} ${this.at(bx, by)} ${this.at(x, y)}`)
  }

  /** Clockwise. A whole circle is two halves: an arc cannot end where it begins. */
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const point = (angle: number) => this.at(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
    const r = round(radius * this.scaling)
    const middle = (from + to) / 2
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${point(from)}`)
    for (const end of [middle, to]) this.path.push(`A${r} ${r} 0 0 1 ${point(end)}`)
    if (to - from >= 2 * Math.PI) this.path.push('Z')
  }

  roundRect(x: number, y: number, width: number, height: number, radius = 0): void {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2))
    const [right, bottom] = [x + width, y + height]
    const turn = (toX: number, toY: number) =>
      `A${round(r * this.scaling)} ${round(r * this.scaling)} 0 0 1 ${this.at(toX, toY)}`
    this.path.push(`M${this.at(x + r, y)}L${this.at(right - r, y)}${turn(right, y + r)}`)
    this.path.push(`L${this.at(right, bottom - r)}${turn(right - r, bottom)}L${this.at(x + r, bottom)}`)
    this.path.push(`${turn(x, bottom - r)}L${this.at(x, y + r)}${turn(x + r, y)}Z`)
  }

  fill(): void {
    this.add(`fill="${this.fillStyle}"${this.opacity('fill')}`)
  }

  stroke(): void {
    const { lineWidth, lineCap, lineJoin, dash } = this
    const s = this.scaling
    this.add(
      `fill="none" stroke="${this.strokeStyle}" stroke-width="${round(lineWidth * s)}"${this.opacity('stroke')}` +
        (lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`) +
        (lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`) +
        (dash.length === 0 ? '' : ` stroke-dasharray="${dash.map((length) => round(length * s)).join(' ')}"`),
    )
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const path = this.path
    this.path = [
      `M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`,
    ]
    this.fill()
    this.path = path
  }

  fillText(text: string, x: number, y: number): void {
    const { font, textAlign, textBaseline } = this
    const [, weight, size = '10', family = 'sans-serif'] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(font) ?? []
    // Programs that draw vectors know no other baseline.
    const down = textBaseline === 'middle' ? Number(size) * 0.35 : 0
    const [a, b, c, d] = this.matrix
    const upright = a === 1 && b === 0 && c === 0 && d === 1
    const [px, py] = this.point(x, y + down)
    const place = upright
      ? `x="${round(px)}" y="${round(py)}"`
      : `transform="matrix(${[a, b, c, d, px, py].map(round).join(' ')})"`
    const anchor = ANCHORS[textAlign]
    this.parts.push(
      `<text ${place} font-family="${escaped(family.replaceAll('"', "'"))}" font-size="${round(Number(size))}"` +
        (weight === undefined ? '' : ` font-weight="${weight}"`) +
        (anchor === undefined ? '' : ` text-anchor="${anchor}"`) +
        ` fill="${this.fillStyle}"${this.opacity('fill')}>${escaped(text)}</text>`,
    )
  }

  /** As the canvas does with nine arguments: a part of a picture into a rectangle. */
  drawImage(image: CanvasImageSource, ...places: readonly number[]): void {
    const [sx = 0, sy = 0, sw = 1, sh = 1, x = 0, y = 0, width = 0, height = 0] = places
    const { href, width: w, height: h } = this.options.imageOf(image)
    const look = this.imageSmoothingEnabled ? '' : ' image-rendering="pixelated" style="image-rendering:pixelated"'
    this.parts.push(
      `<g transform="matrix(${this.matrix.map(round).join(' ')})">` +
        `<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ` +
        `viewBox="${[sx, sy, sw, sh].map(round).join(' ')}" preserveAspectRatio="none">` +
        `<image width="${w}" height="${h}" preserveAspectRatio="none"${look} href="${href}"/></svg></g>`,
    )
  }

  measureText(text: string): TextMetrics {
    return this.options.measureText(text, this.font)
  }

  save(): void {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin, dash } = this
    const { font, textAlign, textBaseline, imageSmoothingEnabled, matrix } = this
    const lines = { fillStyle, strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin, dash }
    this.saved.push({ ...lines, font, textAlign, textBaseline, imageSmoothingEnabled, matrix })
  }

  restore(): void {
    Object.assign(this, this.saved.pop())
  }

  transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const [ma, mb, mc, md] = this.matrix
    const [x, y] = this.point(e, f)
    this.matrix = [ma * a + mc * b, mb * a + md * b, ma * c + mc * d, mb * c + md * d, x, y]
  }

  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y)
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    this.transform(cos, sin, -sin, cos, 0, 0)
  }

  scale(x: number, y: number): void {
    this.transform(x, 0, 0, y, 0, 0)
  }

  setLineDash(dash: Iterable<number>): void {
    this.dash = [...dash]
  }

  private get scaling(): number {
    return Math.hypot(this.matrix[0], this.matrix[1])
  }

  private point(x: number, y: number): readonly [number, number] {
    const [a, b, c, d, e, f] = this.matrix
    return [a * x + c * y + e, b * x + d * y + f]
  }

  private at(x: number, y: number): string {
    return this.point(x, y).map(round).join(' ')
  }

  private opacity(of: 'fill' | 'stroke'): string {
    const { globalAlpha } = this
    return globalAlpha === 1 ? '' : ` ${of}-opacity="${round(globalAlpha)}"`
  }

  private add(look: string): void {
    if (this.path.length > 0) this.parts.push(`<path d="${this.path.join('')}" ${look}/>`)
  }
}
