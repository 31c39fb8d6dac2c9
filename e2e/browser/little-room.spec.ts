/** At 200 % zoom, which makes a laptop's window 720 × 450, everything can still be seen and reached. */
import type { Locator } from '@playwright/test'
import { expect, test } from '../doors/test'

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error('it is not on the screen')
  return box
}

async function expectApart(...locators: Locator[]): Promise<void> {
  const boxes = await Promise.all(locators.map(boxOf))
  boxes.forEach((a, n) => {
    for (const b of boxes.slice(n + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
      expect(apart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`).toBe(true)
    }
  })
}

for (const size of [
  { width: 720, height: 450 },
  { width: 1000, height: 640 },
])
  test(`at ${size.width} × ${size.height} the network has room beside the bar that prunes`, async ({ studio }) => {
    const { page } = studio
    await page.setViewportSize(size)
    await page.keyboard.press('Shift+X')
    const bar = page.getByRole('group', { name: 'Prune by a threshold' })
    await expect(bar).toBeVisible()
    const floating = ['Score of edges', 'Zoom'].map((name) => page.getByRole('group', { name }))
    await expectApart(bar, page.getByRole('toolbar', { name: 'Tools' }), ...floating)
    const network = await boxOf(page.getByRole('application'))
    expect(network.height).toBeGreaterThan(250)
    expect(network.width).toBeGreaterThan(400)
    // Refitted: the curve is where the whole network in this room has it.
    await page.keyboard.press('Escape')
    await studio.clickCurve(0, 0, 1)
    await expect(studio.button(/^Edge x → h₂.*/)).toHaveAttribute('aria-pressed', 'true')
  })

test('in a narrow window the sides lie over the network one at a time, in a low one the dock is its tabs', async ({
  studio,
}) => {
  const { page } = studio
  await studio.fill('Learning rate', '1e25')
  await page.setViewportSize({ width: 720, height: 450 })
  const build = page.getByRole('complementary', { name: 'Build' })
  await expect(build).toHaveCount(0)
  await expect(studio.inspector).toHaveCount(0)
  await studio.button('Build panel').click()
  await expect(build).toBeVisible()
  await studio.button('Inspector').click()
  await expect(studio.inspector).toBeVisible()
  await expect(build).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(studio.inspector).toHaveCount(0)

  // What is said of a run that diverged lies over the tools, not over what the bar that prunes leaves of the network.
  await page.keyboard.press('Shift+X')
  await studio.button('Train').click()
  const banner = page.getByRole('alert')
  expect((await boxOf(banner)).y).toBeGreaterThan((await boxOf(page.getByRole('toolbar', { name: 'Tools' }))).y - 16)
  await banner.getByRole('button', { name: 'Dismiss' }).click()
  await expect(banner).toHaveCount(0)
  await page.keyboard.press('Escape')

  const panel = page.getByRole('tabpanel')
  await expect(panel).toHaveCount(0)
  await page.getByRole('tab', { name: 'Data' }).click()
  await expect(panel).toBeVisible()
  await studio.button('Hide the dock').click()
  await expect(panel).toHaveCount(0)
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(panel).toBeVisible()
  await expect(build).toBeVisible()
  expect((await boxOf(build)).width).toBe(252)
})
