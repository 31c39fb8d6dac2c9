/** What computes: chosen in the top bar while it trains, and training goes on where it was. */

import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

// Engines that run anywhere; the graphics card's own tests lose it and go back to it (src-main/compute/session-lost.test.ts).
const chip = (studio: Studio) => studio.button(/^(WASM|Reference|TensorFlow)( ·|$)/)

async function choose(studio: Studio, engine: string): Promise<void> {
  await chip(studio).click()
  await studio.page.getByRole('menuitemcheckbox', { name: new RegExp(`^${engine}`) }).click()
  await expect(chip(studio)).toHaveText(new RegExp(`^${engine}`))
}

test('the engine is changed while it trains, and the loss goes on falling', async ({ studio }) => {
  await choose(studio, 'Reference')
  await studio.button('One step').click()
  await expect.poll(() => studio.step()).toBe(1)
  const first = await studio.loss()
  await studio.trainOn(5)
  await choose(studio, 'WASM')
  const before = await studio.step()
  expect(before, 'it did not begin anew').toBeGreaterThan(5)
  await expect.poll(() => studio.loss()).toBeLessThan(first / 100)
  await choose(studio, 'Reference')
  const step = await studio.step()
  expect(step).toBeGreaterThan(before)
  await expect.poll(() => studio.step()).toBeGreaterThan(step)
  expect(await studio.loss()).toBeLessThan(first / 50)
  await studio.pause()
})

test('the palette changes it too', async ({ studio }) => {
  await studio.page.keyboard.press('Control+k')
  await studio.page.keyboard.type('compute with reference')
  await studio.page.keyboard.press('Enter')
  await expect(chip(studio)).toHaveText(/^Reference/)
  await chip(studio).click()
  await expect(studio.page.getByRole('menuitemcheckbox', { name: /^Reference/ })).toBeChecked()
  await expect(studio.page.getByRole('menuitemcheckbox', { name: /^Automatic/ })).not.toBeChecked()
})

test('a process that dies inside TensorFlow goes on with another engine from the last checkpoint', async ({
  studio,
}) => {
  await chip(studio).click()
  const item = studio.page.getByRole('menuitemcheckbox', { name: /^TensorFlow/ })
  // There is no compiler everywhere to install it.
  test.skip((await item.getAttribute('aria-disabled')) === 'true', 'TensorFlow is not installed on this machine')
  await item.click()
  await studio.trainPast(20)
  const [checkpoint, loss] = [await studio.step(), await studio.loss()]
  await studio.trainOn(checkpoint + 5)
  await expect(chip(studio)).toHaveText(/^TensorFlow/)
  process.kill(studio.computePid(), 'SIGSEGV')
  const alert = studio.page.getByRole('alert')
  await expect(alert).toContainText('It computed with TensorFlow: resumed, training goes on with WASM.')
  await studio.button('Resume from the last checkpoint').click()
  await expect(alert).toHaveCount(0)
  expect(await studio.step(), 'it does not begin anew').toBeGreaterThanOrEqual(checkpoint)
  await expect(chip(studio)).toHaveText(/^WASM/)
  await expect.poll(() => studio.loss()).toBeLessThan(loss)
  await studio.pause()
})
