/** Everyone can use it: axe finds no serious fault, light and dark. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../doors/test'

for (const theme of ['Light', 'Dark'])
  test(`axe finds no serious fault in the ${theme.toLowerCase()} theme`, async ({ studio }, info) => {
    const toTheme = studio.button(`${theme} theme`)
    if (await toTheme.isVisible()) await toTheme.click()
    await studio.trainPast(20)
    await studio.selectEdge('x → h₁')
    // Electron opens its window outside of any context that axe could add a page to.
    const axe = new AxeBuilder({ page: studio.page }).setLegacyMode(info.project.name === 'desktop')
    const faults = async () => {
      const { violations } = await axe.analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }
    expect(await faults()).toEqual([])
    await studio.page.getByRole('tab', { name: 'Predictions' }).click()
    await studio.button('Worst rows').click()
    await expect(studio.page.getByRole('table', { name: /largest residuals/ })).toBeVisible()
    expect(await faults()).toEqual([])
    await studio.page.getByRole('tab', { name: 'Benchmark' }).click()
    await expect(studio.button('Run')).toBeVisible()
    expect(await faults(), 'what a benchmark measures').toEqual([])
    await studio.page.keyboard.press('Shift+X')
    await studio.page.getByRole('slider', { name: 'Threshold' }).press('End')
    await expect(studio.page.getByText(/weak edges stay/)).toBeVisible()
    expect(await faults(), 'the bar that prunes').toEqual([])
    await studio.page.keyboard.press('Escape')
    for (const key of ['Control+k', '?']) {
      await studio.page.keyboard.press(key)
      await expect(studio.page.getByRole('dialog')).toBeVisible()
      expect(await faults(), `what ${key} opens`).toEqual([])
      await studio.page.keyboard.press('Escape')
      await expect(studio.page.getByRole('dialog')).toHaveCount(0)
    }
  })
