/** Closing the window with changes asks, and each answer does what it says. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { kanStudio } from '../doors/root'
import { type Desktop, expect, test } from './desktop'

const QUESTION = 'Save the changes to “hello”?'

async function change({ studio }: Desktop): Promise<void> {
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
}

test('without changes it closes at once', async ({ desktop }) => {
  await desktop.closeWindow()
  await desktop.ended()
})

test('Cancel stays, with the change', async ({ desktop }) => {
  await change(desktop)
  await desktop.answer('Cancel')
  await desktop.closeWindow()
  await expect.poll(() => desktop.asked()).toEqual([QUESTION])
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
  // And it may be asked again.
  await desktop.menu('File', process.platform === 'darwin' ? 'New' : 'Quit')
  await expect.poll(() => desktop.asked()).toEqual([QUESTION, QUESTION])
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
})

test('Don’t save closes, and nothing is offered at the next start', async ({ start }) => {
  const first = await start()
  await change(first)
  await first.answer('Don’t save')
  await first.closeWindow()
  await first.ended()

  const second = await start()
  await expect.poll(() => second.title()).toBe('hello — KAN Studio')
  await expect(second.studio.page.getByRole('alert')).toHaveCount(0)
})

test('Save asks where, saves, and closes', async ({ desktop, place }) => {
  const path = join(place.folder, 'kept.kan')
  await change(desktop)
  await desktop.answer('Save')
  await desktop.chooseFile(path)
  await desktop.closeWindow()
  await desktop.ended()
  expect((await kanStudio('info', path)).stdout).toMatch(/\[2, ?5, ?\d+, ?1\]/)
})

test('Save, but no place for it: the window stays', async ({ desktop, place }) => {
  await change(desktop)
  await desktop.answer('Save')
  await desktop.chooseFile(null)
  await desktop.closeWindow()
  await expect.poll(() => desktop.asked()).toEqual([QUESTION])
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
  expect(await desktop.title()).toBe('• hello — KAN Studio')
  await expect(access(join(place.folder, 'hello.kan'))).rejects.toThrow()
})

test('Save, but the file cannot be written: a sentence, and the window stays', async ({ desktop, place }) => {
  await change(desktop)
  await desktop.answer('Save')
  await desktop.chooseFile(join(place.folder, 'nowhere', 'a.kan'))
  await desktop.closeWindow()
  await expect.poll(() => desktop.asked()).toEqual([QUESTION, expect.stringContaining('nowhere')])
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
})

test('a signal to end does not wait for the answer, and keeps the change', async ({ start }) => {
  const first = await start()
  await change(first)
  await first.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => new Promise(() => {})
  })
  await first.closeWindow()
  process.kill(first.pid, 'SIGTERM')
  await first.ended()

  const second = await start()
  await expect(second.studio.page.getByRole('alert')).toContainText('Unsaved changes')
})

test('opening another model asks too', async ({ desktop, place }) => {
  const path = join(place.folder, 'first.kan')
  await desktop.studio.saveAs(path)
  await change(desktop)
  await desktop.answer('Cancel')
  await desktop.menu('File', 'New')
  await expect.poll(() => desktop.asked()).toEqual([QUESTION])
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
  await desktop.answer('Don’t save')
  await desktop.menu('File', 'New')
  await expect(desktop.studio.button(/^Layer 3,/)).toHaveCount(0)
})
