/** Pruning by a threshold: seen before it is done, done while it trains, taken back to the bit, compacted for nothing. */
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { readModel } from '../../src-main/files/model'
import { parameterCount } from '../../src-shared/kan/parameters'
import { forward } from '../../src-shared/numerics/network'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

/** What the studio holds, by its file: all numbers to the bit. */
async function saved(studio: Studio, folder: string, name: string) {
  await studio.saveAs(join(folder, `${name}.kan`))
  return readModel(join(folder, `${name}.kan`))
}

const bar = (studio: Studio) => studio.page.getByRole('group', { name: 'Prune by a threshold' })
const slider = (studio: Studio) => bar(studio).getByRole('slider', { name: 'Threshold' })
const prunedIn = ({ specification }: Awaited<ReturnType<typeof readModel>>) =>
  specification.layers.reduce((sum, layer) => sum + layer.pruned.length, 0)

/** How many edges the bar says would go. */
async function offered(within: Locator): Promise<number> {
  const label = await within.getByRole('button', { name: /^Prune \d+ edge/ }).textContent()
  return Number(/\d+/.exec(label ?? '')?.[0])
}

/** How many edges the bar says would go, once the last scores of a training have come. */
async function finallyOffered(within: Locator): Promise<number> {
  let before = -1
  await expect(async () => {
    const last = before
    before = await offered(within)
    expect(before).toBe(last)
  }).toPass({ intervals: [500] })
  return before
}

async function regularized(studio: Studio): Promise<void> {
  await studio.fill('Regularization λ', '0.02')
}

test('prunes by a threshold while it trains, and undo brings everything back', async ({ studio, place }) => {
  const { page } = studio
  await regularized(studio)
  await studio.trainOn(200)
  await page.keyboard.press('Shift+X')
  await expect(slider(studio)).toBeFocused()
  await slider(studio).fill('0')
  await expect(bar(studio).getByText('Nothing would go.')).toBeVisible()
  // Scores move while it trains, and may soon stand above what was the end.
  await expect(async () => {
    await slider(studio).press('End')
    await expect(bar(studio).getByText(/weak edges stay: else no way/)).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(bar(studio).getByText(/validation .* → /)).toBeVisible()
  await expect.poll(() => offered(bar(studio))).toBe(13)
  const step = await studio.step()
  await slider(studio).press('Enter')
  await expect(bar(studio).getByText('Nothing would go.')).toBeVisible()
  await expect.poll(() => studio.step(), 'the training goes on').toBeGreaterThan(step)
  await bar(studio).getByRole('button', { name: 'Find' }).click()
  await expect(bar(studio).getByRole('button', { name: 'Find' }), 'a search ends while the weights move').toBeVisible()
  await studio.pause()
  const pruned = await saved(studio, place.folder, 'pruned')
  expect(prunedIn(pruned)).toBe(13)

  await page.keyboard.press('Escape')
  await expect(bar(studio)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Edge .*pruned/ })).toHaveCount(0)
  expect(prunedIn(await saved(studio, place.folder, 'back'))).toBe(0)
})

test('counts what then goes, undone to the bit while it stands still; compacting changes no output', async ({
  studio,
  place,
}) => {
  const { page } = studio
  await regularized(studio)
  await studio.trainPast(1500)
  const before = await saved(studio, place.folder, 'before')
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Prune by a threshold' }).click()
  await bar(studio).getByLabel('Threshold as a number').fill('0.5')
  await bar(studio).getByLabel('Threshold as a number').press('Enter')
  await expect.poll(() => offered(bar(studio))).toBeGreaterThan(4)
  const count = await finallyOffered(bar(studio))
  await expect(bar(studio).getByText(new RegExp(`^${count} edges, \\d nodes?, \\d+ parameters$`))).toBeVisible()
  await bar(studio)
    .getByRole('button', { name: /^Prune \d/ })
    .click()
  await expect(bar(studio).getByText('Nothing would go.')).toBeVisible()
  const pruned = await saved(studio, place.folder, 'pruned')
  expect(prunedIn(pruned)).toBe(count)
  expect(pruned.parameters.map(({ weights }) => weights)).toEqual(before.parameters.map(({ weights }) => weights))

  await bar(studio)
    .getByRole('button', { name: /^Compact by/ })
    .click()
  await expect(bar(studio).getByRole('button', { name: /^Compact/ })).toHaveCount(0)
  const compacted = await saved(studio, place.folder, 'compacted')
  expect(parameterCount(compacted.specification)).toBeLessThan(parameterCount(pruned.specification))
  const rows = Float64Array.from({ length: 40 }, (_, k) => Math.sin(k + 1))
  const outputs = forward(pruned.specification, pruned.parameters, rows)
  forward(compacted.specification, compacted.parameters, rows).forEach((value, k) => {
    // A file has float32.
    expect(Math.abs(value - (outputs[k] ?? 0))).toBeLessThan(1e-5)
  })

  await page.keyboard.press('Control+z')
  await expect(bar(studio).getByRole('button', { name: /^Compact by/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect.poll(() => offered(bar(studio))).toBe(count)
  const back = await saved(studio, place.folder, 'back')
  expect(back.parameters).toEqual(before.parameters)
  expect(back.specification.layers).toEqual(before.specification.layers)
})

test('finds how much can go until the loss rises, leaves locked edges unless it is told, and Esc changes nothing', async ({
  studio,
}) => {
  const { page } = studio
  await regularized(studio)
  await studio.trainPast(2000)
  await page.keyboard.press('Shift+X')
  await bar(studio).getByLabel('Until loss rises by').fill('1e9')
  await bar(studio).getByLabel('Until loss rises by').press('Enter')
  await bar(studio).getByRole('button', { name: 'Find' }).click()
  await expect.poll(() => offered(bar(studio))).toBe(13)
  await page.keyboard.press('Escape')
  await expect(bar(studio)).toHaveCount(0)
  await expect(studio.button('Undo')).toBeDisabled()
  await page.keyboard.press('Shift+X')
  await expect.poll(() => offered(bar(studio)), 'the threshold is remembered').toBe(13)
  await page.keyboard.press('Shift+X')

  await studio.selectEdge('x → h₁')
  await studio.inspector.getByRole('button', { name: 'Lock' }).click()
  await page.keyboard.press('Shift+X')
  const asked = bar(studio).getByLabel(/locked edge, too/)
  await expect(asked).not.toBeChecked()
  const kept = await offered(bar(studio))
  await asked.check()
  await expect.poll(() => offered(bar(studio))).toBeGreaterThan(kept)
})
