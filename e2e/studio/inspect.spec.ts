/** What the inspector tells of an edge, a node and a layer, and curves that are shaped by hand. */

import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

/** The curve of the selected edge as the inspector draws it. */
const curve = (studio: Studio) => studio.page.locator('.curve-line')
async function shapeOf(studio: Studio): Promise<string> {
  // Until the data are known it is drawn over another range.
  await expect(studio.page.locator('.swatch.data')).toBeVisible()
  return (await curve(studio).getAttribute('d')) ?? ''
}

async function middleOf(studio: Studio, selector: string, nth = 0) {
  const box = await studio.page.locator(selector).nth(nth).boundingBox()
  if (box === null) throw new Error(`${selector} is not shown`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('a point of a curve is dragged, the loss follows, and one undo brings the curve back', async ({ studio }) => {
  const { page } = studio
  await studio.trainPast(200)
  await studio.selectEdge('x → h₁')
  const before = await shapeOf(studio)
  const others = studio.page.locator('.curve-handle')
  await expect(others).toHaveCount(8)
  const kept = await middleOf(studio, '.curve-handle', 6)
  const taken = await middleOf(studio, '.curve-handle', 2)
  await page.mouse.move(taken.x, taken.y)
  await page.mouse.down()
  await page.mouse.move(taken.x, taken.y - 40, { steps: 10 })
  await page.mouse.up()
  await expect.poll(() => shapeOf(studio)).not.toBe(before)
  await expect(studio.button('Undo')).toBeEnabled()
  const after = await middleOf(studio, '.curve-handle', 6)
  expect(Math.abs(after.x - kept.x)).toBeLessThan(1)
  await page.keyboard.press('Control+z')
  await expect.poll(() => shapeOf(studio)).toBe(before)
})

test('a curve follows a line that is drawn over it, and a point moves by the arrow keys', async ({ studio }) => {
  const { page } = studio
  await studio.trainPast(200)
  await studio.selectEdge('y → h₂')
  const before = await shapeOf(studio)
  await studio.button('Draw').click()
  const box = await page.locator('svg.curve').boundingBox()
  if (box === null) throw new Error('there is no plot')
  await page.mouse.move(box.x + 60, box.y + 60)
  await page.mouse.down()
  for (let k = 1; k <= 20; k++) await page.mouse.move(box.x + 60 + 6 * k, box.y + 60 + 3 * k)
  await page.mouse.up()
  await expect.poll(() => shapeOf(studio)).not.toBe(before)
  const drawn = await shapeOf(studio)
  await studio.button('Draw').click()
  await page.locator('.curve-handle').nth(4).focus()
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(() => shapeOf(studio)).not.toBe(drawn)
})

test('an input ranks its edges, and a click on one selects it', async ({ studio }) => {
  await studio.trainPast(100)
  const { page } = studio
  await studio.clickInput(0)
  await expect(page.getByRole('heading', { name: 'Goes out 5' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Values of the node from/ })).toBeVisible()
  await page.getByRole('button', { name: /^Select edge x → h₃/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /x → h₃/ })).toBeVisible()
})

test("a layer's grid is placed over a range, and taken back", async ({ studio }) => {
  const { page } = studio
  await studio.button(/^Layer 1: Spline/).click()
  await expect(page.locator('.layer-basis path')).toHaveCount(8)
  await studio.fill('Range to', '3')
  await expect(studio.button('Undo')).toBeEnabled()
  await expect(page.getByLabel('Range to')).toHaveValue('3')
  await studio.fill('Range from', '5')
  await expect(page.getByLabel('Range from')).toHaveValue('-1')
  await page.keyboard.press('Control+z')
  await expect(page.getByLabel('Range to')).toHaveValue('1')
})
