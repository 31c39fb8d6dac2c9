/** The application's menu does what its items say, and the window's title follows. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './desktop'

test('training, one step and start again work from the menu, and the title tells how far it is', async ({
  desktop,
}) => {
  const { studio } = desktop
  await desktop.menu('Training', 'One step')
  await expect.poll(() => studio.step()).toBe(1)
  expect(await desktop.title()).toBe('• hello — KAN Studio')
  await desktop.menu('Training', 'Train or pause')
  await expect.poll(() => studio.step()).toBeGreaterThan(50)
  await expect.poll(() => desktop.title()).toMatch(/^\d+ % · • hello — KAN Studio$/)
  await desktop.menu('Training', 'Train or pause')
  await expect(studio.button('Train')).toBeVisible()
  await expect.poll(() => desktop.title()).toBe('• hello — KAN Studio')
  await desktop.menu('Training', 'Start again from the seed')
  await expect.poll(() => studio.step()).toBe(0)
})

test('undo and redo work from the menu', async ({ desktop }) => {
  const { studio } = desktop
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await desktop.menu('Edit', 'Undo')
  await expect(studio.button(/^Layer 3,/)).toHaveCount(0)
  await expect.poll(() => desktop.title()).toBe('hello — KAN Studio')
  await desktop.menu('Edit', 'Redo')
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
})

test('tools, theme and tables work from the menu', async ({ desktop, place }) => {
  const { page } = desktop.studio
  for (const tool of ['Prune', 'Lock', 'Select']) {
    await desktop.menu('Tools', tool)
    await expect(page.getByRole('button', { name: tool, pressed: true })).toBeVisible()
  }
  const theme = () => page.evaluate(() => getComputedStyle(document.body).colorScheme)
  const before = await theme()
  await desktop.menu('View', 'Light or dark')
  await expect.poll(theme).not.toBe(before)

  const csv = join(place.folder, 'line.csv')
  await writeFile(csv, 'x,y\n1,2\n2,4\n3,6\n')
  await desktop.chooseFile(csv)
  await desktop.menu('File', 'Open table…')
  await expect(page.getByRole('heading', { name: 'line.csv' })).toBeVisible()
})

test('its keys are the window’s own: each acts once', async ({ desktop }) => {
  const { studio } = desktop
  await studio.page.keyboard.press('s')
  await expect.poll(() => studio.step()).toBe(1)
  await studio.page.waitForTimeout(300)
  expect(await studio.step()).toBe(1)
})

test('what cannot be done is grey, and the tool in hand is ticked, as in the window', async ({ desktop }) => {
  const { studio } = desktop
  const item = (id: string) =>
    desktop.app.evaluate(({ Menu }, which) => {
      const found = Menu.getApplicationMenu()?.getMenuItemById(which)
      return found && { label: found.label, enabled: found.enabled, on: found.checked, keys: found.accelerator ?? null }
    }, id)
  await expect.poll(() => item('edit.undo')).toEqual({ label: 'Undo', enabled: false, on: false, keys: 'CmdOrCtrl+Z' })
  await studio.button('Add layer').click()
  await expect.poll(() => item('edit.undo')).toMatchObject({ enabled: true })
  await studio.page.keyboard.press('x')
  await expect.poll(() => item('tool.prune')).toMatchObject({ on: true, keys: 'X' })
  expect(await item('tool.select')).toMatchObject({ on: false })
  await desktop.menu('Tools', 'Prune')
  await expect.poll(() => item('tool.prune')).toMatchObject({ on: true })
})
