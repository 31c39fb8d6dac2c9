/** Actions: one list behind the menu, the keys, the tooltips, the palette and the sheet of shortcuts. */
import { expect, test } from '../doors/test'

test('the menu at the mark has every action, with its shortcut, and greys out what cannot be done', async ({
  studio,
}, info) => {
  test.skip(info.project.name === 'desktop', 'the desktop has a native menu')
  const { page } = studio
  await studio.button('Menu').click()
  await page.getByRole('menuitem', { name: 'Edit' }).press('ArrowRight')
  await expect(page.getByRole('menuitem', { name: /^Undo/ })).toBeDisabled()
  // The pointer may cross other items on its way into a submenu; the keyboard leaves it at once.
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('menuitem', { name: 'Training' }).click()
  await page.getByRole('menuitem', { name: /^One step/ }).click()
  await expect.poll(() => studio.step()).toBe(1)

  await studio.button('Menu').click()
  await page.getByRole('menuitem', { name: 'Tools' }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Prune/ }).click()
  await expect(page.getByRole('button', { name: 'Prune', pressed: true })).toBeVisible()
})

test('a button that cannot be pressed says why, to pointer and keyboard', async ({ studio }) => {
  const { page } = studio
  const undo = studio.button('Undo')
  await expect(undo).toBeDisabled()
  await undo.focus()
  await expect(page.getByText('There is nothing to undo.')).toBeVisible()
  await studio.button('One step').hover()
  await expect(page.locator('.tooltip').getByText('S', { exact: true })).toBeVisible()
})

test('a key is where it is printed or, on a Cyrillic keyboard, at the same place', async ({ studio }) => {
  const { page } = studio
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  const press = (key: string, code: string, held = {}) => page.dispatchEvent('body', 'keydown', { key, code, ...held })
  await press('z', 'KeyY', { ctrlKey: true })
  await expect(studio.button(/^Layer 3,/)).toHaveCount(0)
  await press('Я', 'KeyZ', { ctrlKey: true, shiftKey: true })
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await press('ч', 'KeyX')
  await expect(page.getByRole('button', { name: 'Prune', pressed: true })).toBeVisible()
})

test('keys that are typed into a field do nothing else', async ({ studio }) => {
  const { page } = studio
  await studio.button('Add layer').click()
  await studio.button(/^Layer 1, Spline/).click()
  const nodes = studio.field('Nodes')
  await nodes.fill('7')
  await nodes.press('x')
  await nodes.press('Control+z')
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Select', exact: true, pressed: true })).toBeVisible()
  await nodes.fill('7')
  await nodes.press('Enter')
  await expect(studio.button(/^Layer 1, Spline.* 7 nodes$/)).toBeVisible()
  await nodes.press('Control+z')
  await expect(studio.button(/^Layer 1, Spline.* 5 nodes$/)).toBeVisible()
})

test('the history lists every change, and a click goes there and back, also while it trains', async ({ studio }) => {
  const { page } = studio
  await expect(studio.button('History')).toBeDisabled()
  await studio.button('Add layer').click()
  await studio.button(/^Layer 1, Spline/).click()
  await studio.fill('Nodes', '7')
  await studio.field('Basis').selectOption('Chebyshev')
  await expect(studio.button(/^Layer 1, Chebyshev/)).toBeVisible()
  await studio.trainOn()

  await studio.button('History').click()
  const steps = page.getByRole('menuitemradio')
  const names = ['Change layer 1 to Chebyshev', 'Change layer 1 to 7 nodes', 'Add spline layer 2', 'As it was opened']
  await expect(steps).toHaveText(names)
  await expect(steps.first()).toBeChecked()
  await steps.nth(2).click()
  await expect(studio.button(/^Layer 1, Spline.* 5 nodes$/)).toBeVisible()
  await expect(steps.nth(2)).toBeChecked()
  await expect(steps.first()).toHaveText(/taken back/)
  const step = await studio.step()
  expect(step).toBeGreaterThan(20)
  await expect.poll(() => studio.step(), 'the training goes on').toBeGreaterThan(step)
  await expect(page.getByRole('separator', { name: /^Trained .+ steps$/ }), 'at either place').toHaveCount(2)
  await steps.first().click()
  await expect(studio.button(/^Layer 1, Chebyshev.* 7 nodes$/)).toBeVisible()
  await page.keyboard.press('Escape')
  await studio.pause()
})

test('the palette finds actions by a few letters, what was used last first, and says why one cannot be done', async ({
  studio,
}) => {
  const { page } = studio
  const query = page.getByRole('combobox', { name: 'Search commands' })
  const options = page.getByRole('option')
  await page.keyboard.press('Control+k')
  await query.fill('adlay')
  await expect(options.first()).toHaveText(/^Add layer/)
  await page.keyboard.press('Enter')
  await expect(query).toHaveCount(0)
  await expect(studio.button(/^Layer 3,/)).toBeVisible()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([/^Add layer/])
  await query.fill('redo')
  await expect(options.first()).toHaveText(/There is nothing to redo/)
  await expect(options.first()).toBeDisabled()
  await page.keyboard.press('Enter')
  await expect(query, 'what cannot be done leaves it open').toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(query).toHaveCount(0)
})

test('the palette finds a layer, an input and a node by name, and selects it', async ({ studio }) => {
  const { page } = studio
  await studio.button('Find an action…').click()
  for (const [typed, heading] of [
    ['layer 2', /Spline/],
    ['x', /^x/],
    ['h3', /^h₃/],
  ] as const) {
    if (typed !== 'layer 2') await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search commands' }).fill(typed)
    await page.getByRole('group', { name: 'In the network' }).getByRole('option').first().click()
    await expect(studio.inspector.getByRole('heading', { level: 1 })).toHaveText(heading)
  }
})

test('the sheet of shortcuts has every key and what the mouse does, and is searched', async ({ studio }) => {
  const { page } = studio
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard and mouse' })
  for (const title of ['File', 'Edit', 'Tools', 'Training', 'View', 'Mouse on the network'])
    await expect(sheet.getByRole('region', { name: title, exact: true })).toBeVisible()
  await page.keyboard.type('undo')
  await expect(sheet.getByRole('definition').first()).toHaveText('Ctrl+Z')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: 'Prune', pressed: true })).toBeVisible()
})
