/** Pictures of the network: as SVG and as PNG, saved and copied. */
import { join } from 'node:path'
import { expect, test } from '../doors/test'

test('the network is saved as SVG: curves as paths, names as text, on white', async ({ studio, place }) => {
  await studio.trainPast(20)
  const bytes = await studio.exported('Export', 'Save as SVG…', join(place.folder, 'hello.svg'))
  const text = bytes.toString('utf8')
  const found = await studio.page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
    const { documentElement: root } = document
    const all = (selector: string) => [...root.querySelectorAll(selector)]
    return {
      errors: all('parsererror').length,
      title: root.querySelector('title')?.textContent,
      size: [Number(root.getAttribute('width')), Number(root.getAttribute('height'))],
      groups: all('g > title').map((title) => title.textContent),
      texts: all('text').map((node) => node.textContent),
      fonts: all('text').every((node) => /system-ui|mono/.test(node.getAttribute('font-family') ?? '')),
      curves: all('path').reduce((sum, path) => sum + (path.getAttribute('d')?.match(/L/g)?.length ?? 0), 0),
      lines: all('path').reduce((sum, path) => sum + (path.getAttribute('d')?.match(/C/g)?.length ?? 0), 0),
      white: root.querySelector('path')?.getAttribute('fill'),
    }
  }, text)
  expect(found.errors).toBe(0)
  expect(found.title).toBe('hello: [2, 5, 1]')
  expect(found.groups).toEqual(['Paper', 'Edges of layer 1', 'Edges of layer 2', 'Nodes', 'Layers'])
  for (const name of ['x', 'y', 'f', 'h₁', 'h₅', 'Inputs', 'Spline']) expect(found.texts).toContain(name)
  expect(found.fonts).toBe(true)
  // Two halves of each of the 15 edges, and more than ten points a curve.
  expect(found.lines).toBeGreaterThanOrEqual(30)
  expect(found.curves).toBeGreaterThan(150)
  expect(found.white).toBe('#ffffff')
  const [width = 0, height = 0] = found.size
  expect(width).toBeGreaterThan(400)
  expect(height).toBeGreaterThan(300)
  expect(width).toBeLessThan((await studio.page.getByRole('application').boundingBox())?.width ?? 0)
  // Pixels are text in an SVG, and may spell anything.
  expect(text.replace(/base64,[^"]*/g, '')).not.toMatch(/NaN|undefined/)
})

test('the network is saved as PNG, three pixels for one, and in the dark on white all the same', async ({
  studio,
  place,
}) => {
  await studio.button('Dark theme').click()
  const bytes = await studio.exported('Export', 'Save as PNG…', join(place.folder, 'hello.png'))
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
  const picture = await studio.page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([data], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(image, 0, 0)
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height)
    let dark = 0
    for (let p = 0; p < pixels.length; p += 4) if ((pixels[p] ?? 255) < 100) dark++
    return { width: image.width, height: image.height, corner: [...pixels.subarray(0, 4)], dark }
  }, bytes.toString('base64'))
  expect(picture.width).toBeGreaterThan(1200)
  expect(picture.height).toBeGreaterThan(900)
  expect(picture.corner).toEqual([255, 255, 255, 255])
  expect(picture.dark).toBeGreaterThan(2000)
})

test('the picture is copied as pixels and as SVG text', async ({ studio }) => {
  const { page, door } = studio
  if (door.name === 'browser') await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await studio.button('Export').click()
  await page.getByRole('menuitem', { name: 'Copy picture' }).click()
  await expect(page.getByText('Copied as a picture.')).toBeVisible()
  await studio.button('Export').click()
  await page.getByRole('menuitem', { name: 'Copy as SVG' }).click()
  await expect(page.getByText('Copied as SVG text.')).toBeVisible()
  // The desktop's page may not read what it wrote.
  if (door.name === 'browser') {
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/^<svg [\s\S]*<\/svg>\s*$/)
  }
})
