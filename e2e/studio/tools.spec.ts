/** The tools Lock, Tie and Prune, the selection of many things, and groups of inputs: by pointer and by keyboard. */

import { join } from 'node:path'
import { readModel } from '../../src-main/files/model'
import { edgeCurve } from '../../src-shared/numerics/curve'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

/** How many edges are said to be so. */
const edges = (studio: Studio, state: string) => studio.button(new RegExp(`^Edge .*${state}`))

/** The curve of an edge as the inspector draws it. */
async function curveOf(studio: Studio, edge: string): Promise<string> {
  await studio.selectEdge(edge)
  // Until the data are known it is drawn over another range.
  await expect(studio.page.locator('.swatch.data')).toBeVisible()
  const curve = studio.page.getByRole('img', { name: 'Curve of the edge' }).locator('path').last()
  return (await curve.getAttribute('d')) ?? ''
}

/** Values of all curves out of each input, as a saved network has them. */
async function firstCurves(path: string) {
  const { specification, parameters } = await readModel(path)
  const [layer] = specification.layers
  const [numbers] = parameters
  if (!layer || !numbers) throw new Error('the network has no layer')
  const points = Array.from({ length: 21 }, (_, p) => p / 10 - 1)
  const of = (input: number) =>
    Array.from({ length: layer.nodes }, (_, output) => [
      ...edgeCurve(layer, numbers, 2, [input, output], points),
    ]).flat()
  return { x: of(0), y: of(1) }
}

test('Lock keeps a curve by one click, also while the others train', async ({ studio }) => {
  await studio.button('Lock').click()
  await studio.clickCurve(0, 0, 1)
  await expect(studio.button(/^Edge x → h₂.*locked/)).toHaveCount(1)
  await studio.page.keyboard.press('v')
  const before = await curveOf(studio, 'x → h₂')
  const other = await curveOf(studio, 'y → h₂')
  await studio.trainPast(100)
  expect(await curveOf(studio, 'x → h₂')).toBe(before)
  expect(await curveOf(studio, 'y → h₂')).not.toBe(other)
})

test('a stroke with Tie ties three edges, which share one curve from then on, and one undo parts them', async ({
  studio,
}) => {
  await studio.trainPast(50)
  await studio.button('Tie').click()
  await studio.dragOver([0, 0, 0], [0, 0, 1])
  await expect(edges(studio, 'tied')).toHaveCount(3)
  await studio.page.keyboard.press('v')
  await studio.trainPast(200)
  const first = await curveOf(studio, 'x → h₁')
  expect(first).toMatch(/^M/)
  expect(await curveOf(studio, 'x → h₂')).toBe(first)
  await studio.page.keyboard.press('Control+z')
  await expect(edges(studio, 'tied')).toHaveCount(0)
})

test('an edge is tied to another by two clicks and untied by a third, and of two layers only one is tied', async ({
  studio,
}) => {
  await studio.button('Tie').click()
  await studio.clickCurve(0, 0, 0)
  await studio.clickCurve(0, 1, 3)
  await expect(studio.button(/^Edge x → h₁.*tied to y → h₄/)).toHaveCount(1)
  await studio.clickCurve(0, 1, 3)
  await expect(edges(studio, 'tied')).toHaveCount(0)
  await studio.dragOver([0, 0, 0], [1, 1, 0])
  const note = studio.page.getByRole('region', { name: 'Notifications' })
  await expect(note).toContainText('Only edges of one layer can be tied')
})

test('a rectangle prunes many edges while training goes on, as one step of undo', async ({ studio }) => {
  await studio.trainOn()
  await studio.button('Prune').click()
  await studio.dragOver([0, 0, 1], [0, 1, 2], ['Shift'])
  await expect(edges(studio, 'pruned')).toHaveCount(4)
  await studio.button('Undo').hover()
  await expect(studio.page.locator('.tooltip')).toContainText('Prune 4 edges')
  const step = await studio.step()
  await expect.poll(() => studio.step()).toBeGreaterThan(step + 20)
  await studio.page.keyboard.press('Control+z')
  await expect(edges(studio, 'pruned')).toHaveCount(0)
  await studio.pause()

  await studio.selectEdge('x → h₂')
  await studio.page.keyboard.press('l')
  await studio.dragOver([0, 0, 1], [0, 1, 2], ['Shift'])
  await expect(edges(studio, 'pruned')).toHaveCount(4)
  await expect(
    studio.page.getByText('1 of these 4 edges was locked: it is pruned like the others and stays locked.'),
  ).toBeVisible()
})

test('two inputs that are grouped have equal curves, and go their own ways when the group is dissolved', async ({
  studio,
  place,
}) => {
  await studio.trainPast(50)
  await studio.clickInput(0)
  await studio.clickInput(1, { modifiers: ['Shift'] })
  await expect(studio.page.getByRole('heading', { name: '2 nodes' })).toBeVisible()
  await studio.clickInput(1, { button: 'right' })
  await studio.page.getByRole('menuitem', { name: 'Group inputs' }).click()
  await expect(edges(studio, 'tied')).toHaveCount(10)
  const cost = studio.page.getByText(/^Put 2 inputs into group 1: validation .* → .*\.$/)
  await expect(cost, 'what it did to the loss').toBeVisible()
  await studio.button('Undo this change').click()
  await expect(edges(studio, 'tied')).toHaveCount(0)
  await expect(cost).toHaveCount(0)
  await studio.page.keyboard.press('Control+Shift+z')
  await expect(edges(studio, 'tied')).toHaveCount(10)
  await studio.trainPast(150)
  await studio.saveAs(join(place.folder, 'grouped.kan'))
  const grouped = await firstCurves(join(place.folder, 'grouped.kan'))
  expect(grouped.x).toEqual(grouped.y)
  expect(new Set(grouped.x).size, 'curves, not lines').toBeGreaterThan(50)

  await studio.clickInput(0, { button: 'right' })
  await studio.page.getByRole('menuitem', { name: 'Dissolve group' }).click()
  await expect(edges(studio, 'tied')).toHaveCount(0)
  await studio.trainPast(300)
  await studio.saveAs(join(place.folder, 'parted.kan'))
  const parted = await firstCurves(join(place.folder, 'parted.kan'))
  expect(parted.x).not.toEqual(parted.y)
})

test('many edges are selected, told of and pruned together', async ({ studio }) => {
  await studio.dragOver([0, 0, 0], [0, 1, 1], ['Shift'])
  await expect(studio.page.getByRole('heading', { name: '4 edges' })).toBeVisible()
  await studio.page.keyboard.press('Control+a')
  await expect(studio.page.getByRole('heading', { name: '10 edges' })).toBeVisible()
  await expect(studio.page.getByRole('img', { name: /^Scores of 10 edges/ })).toBeVisible()
  await studio.inspector.getByRole('button', { name: 'Prune 10 edges' }).click()
  await expect(edges(studio, 'pruned')).toHaveCount(10)
  await studio.inspector.getByRole('button', { name: 'Bring back 10 edges' }).click()
  await expect(edges(studio, 'pruned')).toHaveCount(0)
})

test('several layers change their basis in one step', async ({ studio }) => {
  await studio.button(/^Layer 1: Spline/).click()
  await studio.button(/^Layer 2: Spline/).click({ modifiers: ['Shift'] })
  await studio.field('Basis').selectOption('Chebyshev')
  await expect(studio.button(/^Layer [12]: Chebyshev/)).toHaveCount(2)
  await studio.button('Undo').click()
  await expect(studio.button(/^Layer [12]: Spline/)).toHaveCount(2)
})

test('all of it goes by keyboard alone', async ({ studio }) => {
  const { keyboard } = studio.page
  const press = async (...keys: string[]) => {
    for (const key of keys) await keyboard.press(key)
  }
  await studio.page.getByRole('application').focus()
  // The first edge, x → h₁: locked, and its menu is at hand.
  await press('ArrowDown', 'l')
  await expect(studio.button(/^Edge x → h₁.*locked/)).toHaveCount(1)
  await press('Shift+F10')
  await studio.page.getByRole('menuitem', { name: 'Unlock' }).press('Enter')
  await expect(edges(studio, 'locked')).toHaveCount(0)
  // The next three are selected and tied, then pruned, then come back.
  await press('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 't')
  await expect(edges(studio, 'tied')).toHaveCount(3)
  await press('x')
  await expect(edges(studio, 'pruned')).toHaveCount(3)
  await press('Control+z', 'Control+z')
  await expect(edges(studio, 'pruned|tied')).toHaveCount(0)
  // Both inputs, left of the first edges, become a group and are parted again.
  await press('Escape', 'ArrowDown', 'ArrowLeft', 'Shift+ArrowDown', 'Control+g')
  await expect(edges(studio, 'tied')).toHaveCount(10)
  await press('Control+Shift+g')
  await expect(edges(studio, 'tied')).toHaveCount(0)
})
