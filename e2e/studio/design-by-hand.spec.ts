/** Is a network designed by hand as fast as it is thought of? */
import { expect, test } from '../doors/test'

test('a network is copied as text, pasted as one step, and undone, while it trains', async ({ studio }) => {
  await studio.button('Train').click()
  await expect.poll(() => studio.step()).toBeGreaterThan(20)
  await studio.page.keyboard.press('Control+c')
  await expect(studio.page.getByText('Copied the network with its 156 parameters')).toBeVisible()
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await studio.page.keyboard.press('Control+v')
  await expect(studio.button(/^Layer 3,/)).toHaveCount(0)
  await studio.button('Undo').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await studio.pause()
})
