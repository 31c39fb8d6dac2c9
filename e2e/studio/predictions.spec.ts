/** How good is it? R² rises while the network trains, the worst rows are named, a file is predicted and saved. */
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

async function showPredictions({ page }: Studio): Promise<void> {
  await page.getByRole('tab', { name: 'Predictions' }).click()
}

/** R² of a split as it stands in the table; NaN while there is none. */
async function r2(studio: Studio, split: string): Promise<number> {
  const cell = studio.page.getByTestId(`r2-${split}`)
  return (await cell.count()) === 0 ? Number.NaN : Number((await cell.textContent())?.replace('−', '-'))
}

test('R² rises while the network trains, and the worst rows are named', async ({ studio }) => {
  await showPredictions(studio)
  await expect(studio.page.getByText('what the network predicts will be drawn here')).toBeVisible()
  await studio.button('One step').click()
  await expect.poll(() => r2(studio, 'train')).toBeLessThan(0.5)
  await studio.button('Train').click()
  await expect.poll(() => r2(studio, 'validation'), 'live').toBeGreaterThan(0.95)
  await studio.pause()
  await expect.poll(() => r2(studio, 'train')).toBeGreaterThan(0.95)
  await expect(studio.page.getByText(/^Of all 1\s000 rows/)).toBeVisible()
  await expect(studio.page.getByRole('img', { name: /^True against predicted f: 800 train, 200 val/ })).toBeVisible()

  await studio.button('Worst rows').click()
  const worst = studio.page.getByRole('table', { name: /largest residuals of f/ })
  await expect(worst.getByRole('row')).toHaveCount(21)
  const first = worst.getByRole('button').first()
  await expect(first).toHaveText(/^row \d+, (train|validation)$/)
  await first.click()
  await expect(first).toHaveAttribute('aria-pressed', 'true')
  // Without a split's points the other one's rows are listed.
  await studio.button('train').click()
  await expect(worst.getByRole('button', { name: /, train$/ })).toHaveCount(0)
  await expect(studio.page.getByRole('img', { name: 'True against predicted f: 200 validation' })).toBeVisible()
})
