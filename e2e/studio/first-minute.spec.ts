/** The first minute: start it, press Train, watch the loss fall, prune an edge and take it back. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../doors/test'

test('a first start shows a network that trains, and the loss falls on the screen', async ({ studio }) => {
  await studio.button('One step').click()
  await expect.poll(() => studio.step()).toBe(1)
  const first = await studio.loss()
  await studio.button('Train').click()
  await expect.poll(() => studio.loss()).toBeLessThan(first / 100)
  await studio.pause()
  const step = await studio.step()
  await studio.page.waitForTimeout(300)
  expect(await studio.step(), 'a paused training stands still').toBe(step)
})

test('one step is one step', async ({ studio }) => {
  await studio.button('One step').click()
  await expect.poll(() => studio.step()).toBe(1)
  await studio.page.keyboard.press('s')
  await expect.poll(() => studio.step()).toBe(2)
})

// Case U3.
test('how the loss is shown adds no step to it, and its figures stay when panels go', async ({ studio, place }) => {
  const once = async (step: number) => {
    await studio.button('One step').click()
    await expect.poll(() => studio.step()).toBe(step)
  }
  // Of more than 10 000 steps the run's file has only some.
  await studio.fill('Steps', '1000')
  await once(1)
  await studio.button('log').click()
  await studio.button('smooth').click()
  await once(2)
  await studio.button('Dark theme').click()
  await studio.button('Build panel').click()
  await studio.button('Inspector').click()
  await once(3)
  const validation = studio.page.getByTestId('validation')
  await expect(validation).toHaveText(/^\d/)
  const [run = ''] = await readdir(join(place.folder, 'runs'))
  const metrics = () => readFile(join(place.folder, 'runs', run, 'metrics.csv'), 'utf8')
  const steps = async () =>
    (await metrics())
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => Number(row.split(',')[0]))
  await expect.poll(steps).toEqual([0, 1, 2, 3])
  await studio.button('Build panel').click()
  await studio.trainOn()
  await expect(studio.page.getByText(/ left$/)).toBeVisible()
  await expect(validation).toBeVisible()
})

test('Space trains and pauses after a click on any button, and presses the one that the keyboard has walked to', async ({
  studio,
}) => {
  await studio.button('smooth').click()
  await studio.page.keyboard.press(' ')
  await expect.poll(() => studio.step()).toBeGreaterThan(0)
  await studio.page.keyboard.press(' ')
  await studio.standStill()
  await studio.page.keyboard.press('Tab')
  await studio.button('One step').focus()
  const step = await studio.step()
  await studio.page.keyboard.press(' ')
  await expect.poll(() => studio.step()).toBe(step + 1)
})

test('an edge is pruned by one click and comes back with its curve', async ({ studio }) => {
  await studio.trainPast(100)
  await studio.clickCurve(0, 0, 1)
  await expect(studio.page.getByRole('heading', { name: 'x → h₂' })).toBeVisible()
  const curve = studio.page.getByRole('img', { name: 'Curve of the edge' }).locator('path').last()
  const before = await curve.getAttribute('d')
  const loss = await studio.loss()

  await studio.inspector.getByRole('button', { name: 'Prune' }).click()
  await expect(studio.button(/^Edge x → h₂.*pruned/)).toHaveCount(1)
  await expect(studio.page.getByTestId('score')).toHaveText('0')

  await expect.poll(() => studio.loss(), 'what it cost is told at once').toBeGreaterThan(1.2 * loss)

  await studio.page.keyboard.press('Control+z')
  await expect.poll(() => studio.loss()).toBeLessThan(1.2 * loss)
  await expect(studio.button(/^Edge x → h₂.*pruned/)).toHaveCount(0)
  await expect(studio.page.getByTestId('score')).not.toHaveText('0')
  expect(await curve.getAttribute('d'), 'the curve is the same to the bit').toBe(before)
})

test('the prune tool takes an edge out by one click on its curve', async ({ studio }) => {
  await studio.page.keyboard.press('x')
  await studio.clickCurve(0, 1, 3)
  await expect(studio.button(/^Edge y → h₄.*pruned/)).toHaveCount(1)
  await expect(studio.button(/^Edge .*pruned/)).toHaveCount(1)
})

test('L locks the selected edge and keeps its curve while the others train', async ({ studio }) => {
  await studio.selectEdge('y → h₁')
  const curve = studio.page.getByRole('img', { name: 'Curve of the edge' }).locator('path').last()
  await studio.page.keyboard.press('l')
  await expect(studio.button('Unlock')).toBeVisible()
  await studio.trainPast(5)
  const before = await curve.getAttribute('d')
  await studio.trainPast(200)
  expect(await curve.getAttribute('d')).toBe(before)
})

test('start again gives the first network back, and undo the trained one', async ({ studio }) => {
  await studio.trainPast(100)
  const trained = await studio.step()
  const loss = await studio.loss()
  const empty = studio.page.getByText('the loss will be drawn here')
  await studio.button('Start again from the seed').click()
  await expect.poll(() => studio.step()).toBe(0)
  await expect(empty).toBeVisible()
  await studio.button('Undo').click()
  await expect.poll(() => studio.step()).toBe(trained)
  await expect.poll(() => studio.loss()).toBe(loss)
  await expect(empty).toHaveCount(0)
})
