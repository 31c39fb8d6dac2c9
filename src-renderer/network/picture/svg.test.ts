import { expect, test } from 'vitest'
import { SvgDrawing } from './svg'

const drawing = () =>
  new SvgDrawing({
    frame: { x: 10, y: 20, width: 300, height: 200 },
    title: 'a < b & "c"',
    measureText: (text) => ({ width: 6 * text.length }) as TextMetrics,
    imageOf: () => ({ href: 'data:image/png;base64,AA==', width: 4, height: 2 }),
  })

test('the frame is the part that is shown, and the title says what it is', () => {
  const svg = drawing().toString()
  expect(svg).toContain('width="300" height="200" viewBox="10 20 300 200"')
  expect(svg).toContain('<title>a &lt; b &amp; &quot;c&quot;</title>')
})

test('paths are moved, scaled and turned as a canvas does it when they are traced', () => {
  const svg = drawing()
  svg.save()
  svg.translate(100, 50)
  svg.rotate(Math.PI / 2)
  svg.scale(2, 2)
  svg.beginPath()
  svg.moveTo(0, 0)
  svg.lineTo(10, 0)
  svg.bezierCurveTo(10, 0, 0, 10, 1, 1)
  svg.restore()
  svg.strokeStyle = '#123456'
  svg.lineWidth = 3
  svg.setLineDash([2, 4])
  svg.globalAlpha = 0.5
  svg.stroke()
  expect(svg.toString()).toContain(
    '<path d="M100 50L100 70C100 70 80 50 98 52" fill="none" stroke="#123456" stroke-width="3" stroke-opacity="0.5" stroke-dasharray="2 4"/>',
  )
})

test('a circle is closed, and many shapes are one path', () => {
  const svg = drawing()
  svg.beginPath()
  for (const x of [10, 40]) {
    svg.moveTo(x + 5, 10)
    svg.arc(x, 10, 5, 0, 2 * Math.PI)
  }
  svg.fillStyle = 'red'
  svg.fill()
  const paths = svg.toString().match(/<path /g)
  expect(paths).toHaveLength(1)
  expect(svg.toString()).toContain('M15 10L15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10ZM45 10')
})

test('texts stay texts, in their font, anchored as they were', () => {
  const svg = drawing()
  svg.font = '600 11.5px system-ui, "Segoe UI", sans-serif'
  svg.textAlign = 'right'
  svg.textBaseline = 'middle'
  svg.fillText('x → h₁', 50, 60)
  expect(svg.toString()).toContain(
    `<text x="50" y="64.03" font-family="system-ui, 'Segoe UI', sans-serif" font-size="11.5" font-weight="600" text-anchor="end" fill="#000">x → h₁</text>`,
  )
  expect(svg.measureText('abc').width).toBe(18)
})

test('a picture is shown in its part, pixel by pixel', () => {
  const svg = drawing()
  svg.imageSmoothingEnabled = false
  svg.drawImage({} as CanvasImageSource, 1, 0, 2, 2, 100, 100, 50, 60)
  expect(svg.toString()).toContain(
    '<svg x="100" y="100" width="50" height="60" viewBox="1 0 2 2" preserveAspectRatio="none">',
  )
  expect(svg.toString()).toContain('image-rendering="pixelated"')
})

test('what belongs together is a group with a name', () => {
  const svg = drawing()
  svg.group('Nodes')
  svg.fillRect(0, 0, 10, 10)
  svg.group('Layers')
  expect(svg.toString()).toMatch(/<g><title>Nodes<\/title>\n<path .*\/>\n<\/g>\n<g><title>Layers<\/title>\n<\/g>/)
})
