/** What the canvas shows: the way that the network runs, and how near it is looked at. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

const zoomOf = async ({ page }: Studio) =>
  Number.parseInt((await page.locator('output').first().textContent()) ?? '', 10)

test('from the bottom up: clicks, arrow keys and widths follow, and it is remembered', async ({ studio }) => {
  const { page } = studio
  const surface = page.getByRole('application')
  await page.keyboard.press('o')
  await studio.clickCurve(0, 1, 2, 'up')
  await expect(page.getByRole('heading', { name: 'y → h₃' })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'x → h₃' })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'h₃ node, layer 1' })).toBeVisible()

  const handle = page.getByRole('slider', { name: 'Width of layer 1' })
  const box = await handle.boundingBox()
  if (!box) throw new Error('there is no handle')
  await page.mouse.move(box.x + 8, box.y + 18)
  await page.mouse.down()
  await page.mouse.move(box.x - 60, box.y + 18, { steps: 6 })
  await page.mouse.up()
  await expect(surface).not.toHaveAccessibleName(/^Network 2, 5, 1 /)
  await page.reload()
  await studio.ready()
  const header = await page.getByRole('button', { name: /^Layer 2:/ }).boundingBox()
  const inputs = await page.getByText('Inputs', { exact: true }).last().boundingBox()
  expect(header?.y ?? 0).toBeLessThan((inputs?.y ?? 0) - 200)
})

test('what is selected is zoomed to, and the whole network shown again', async ({ studio }) => {
  const { page } = studio
  await studio.selectEdge('x → h₂')
  const before = await zoomOf(studio)
  expect(before).toBe(100)
  await page.keyboard.press('Shift+F')
  await expect.poll(() => zoomOf(studio)).toBeGreaterThan(before + 30)
  await page.keyboard.press('f')
  await expect.poll(() => zoomOf(studio)).toBe(before)
})

test('a network for another table is shown as a whole, however near the last one was looked at', async ({
  studio,
  place,
}) => {
  const csv = join(place.folder, 'other.csv')
  const rows = Array.from({ length: 50 }, (_, r) => [r, (r * 7) % 11, (r * 3) % 5, r % 2].join(','))
  await writeFile(csv, ['a,b,c,d', ...rows].join('\n'))
  await studio.page.getByRole('application').focus()
  await studio.page.keyboard.press('+')
  await studio.page.keyboard.press('+')
  await expect.poll(() => zoomOf(studio)).toBeGreaterThan(150)
  await studio.drop(csv)
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge a → h₁/)).toBeAttached()
  await expect.poll(() => zoomOf(studio)).toBe(100)
})

test('pruned edges are ghosts that a click brings back, or out of sight and out of reach', async ({ studio }) => {
  const { page } = studio
  await studio.selectEdge('x → h₂')
  await studio.inspector.getByRole('button', { name: 'Prune' }).click()
  await expect(studio.button(/^Edge x → h₂, .*pruned/)).toBeAttached()
  await page.keyboard.press('Escape')
  await studio.clickCurve(0, 0, 1)
  await expect(page.getByRole('heading', { name: 'x → h₂' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('h')
  await studio.clickCurve(0, 0, 1)
  await expect(page.getByRole('heading', { name: 'x → h₂' })).toHaveCount(0)
  await page.keyboard.press('h')
  await studio.clickCurve(0, 0, 1)
  await expect(page.getByRole('heading', { name: 'x → h₂' })).toBeVisible()
})

test('nodes are found by a screen reader, and show what they are worth unless a person prefers their names', async ({
  studio,
}) => {
  const { page } = studio
  const nodes = page.getByRole('list', { name: 'Nodes of the network' })
  await expect(nodes.getByRole('button')).toHaveCount(8)
  await nodes.getByRole('button', { name: 'Node h₂, 2 in, 1 out' }).focus()
  await expect(page.getByRole('heading', { name: 'h₂ node, layer 1' })).toBeVisible()
  await page.keyboard.press('Escape')

  // Orange, in the middle of the canvas, where nothing else is.
  const orange = () =>
    page.evaluate(() => {
      const canvas = document.querySelectorAll('canvas')[2]
      const context = canvas?.getContext('2d')
      if (!canvas || !context) throw new Error('there is no canvas')
      const { data } = context.getImageData(canvas.width * 0.4, 0, canvas.width * 0.2, canvas.height)
      let count = 0
      for (let p = 0; p < data.length; p += 4) {
        if ((data[p + 3] ?? 0) > 200 && (data[p] ?? 0) - (data[p + 2] ?? 0) > 60) count++
      }
      return count
    })
  await expect.poll(orange).toBeGreaterThan(10)
  await page.getByRole('application').focus()
  await page.keyboard.press('n')
  await expect.poll(orange).toBe(0)
})
