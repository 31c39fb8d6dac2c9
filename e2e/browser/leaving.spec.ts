/** In a browser nobody but the page asks before changes are given up. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../doors/test'

test('another document waits until the changes of the open one are saved, given up or kept', async ({
  studio,
  place,
}) => {
  const { page } = studio
  const dialog = page.getByRole('dialog', { name: 'Save “hello” first?' })
  const makeNew = async () => {
    await page.keyboard.press('Control+Alt+n')
  }
  const change = async (edge: string) => {
    await studio.selectEdge(edge)
    await studio.inspector.getByRole('button', { name: 'Prune', exact: true }).click()
    await expect(page.getByText('· edited')).toBeVisible()
  }
  await change('x → h₁')
  await makeNew()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('· edited')).toBeVisible()

  await makeNew()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByLabel('File name').fill('kept')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('· edited')).toHaveCount(0)
  expect(existsSync(join(place.folder, 'kept.kan'))).toBe(true)

  // The document that comes next has nothing selected.
  await expect(page.getByRole('heading', { name: 'hello model' })).toBeVisible()
  await change('y → h₁')
  const zoom = page.getByRole('group', { name: 'Zoom' })
  await studio.button('Zoom in').click()
  await expect(zoom).not.toContainText('100 %')
  await page.keyboard.press('Control+Alt+n')
  await dialog.getByRole('button', { name: 'Go on without them' }).click()
  await expect(page.getByText('· edited')).toHaveCount(0)
  await expect(zoom, 'it is shown whole').toContainText('100 %')
})
