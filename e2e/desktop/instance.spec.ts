/** One application with one window: how it starts, what a second start does, and that nothing of it stays behind. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ended } from '../doors/processes'
import { expect, test } from './desktop'

test('a second start with a model opens it in the first window, relative to where it was started', async ({
  desktop,
  place,
}) => {
  const elsewhere = join(place.folder, 'elsewhere')
  await mkdir(elsewhere)
  await desktop.studio.saveAs(join(elsewhere, 'other.kan'))
  await desktop.menu('File', 'New')
  await expect.poll(() => desktop.title()).toBe('hello — KAN Studio')
  expect(await desktop.startAgain(place.state, elsewhere, 'other.kan')).toBe(0)
  await expect.poll(() => desktop.title()).toBe('other.kan — KAN Studio')
  expect(desktop.app.windows()).toHaveLength(1)
})

test('a second start with a file that is no model says so and leaves the open one', async ({ desktop, place }) => {
  await desktop.answer('OK')
  await desktop.startAgain(place.state, place.folder, 'nowhere.kan')
  await expect.poll(() => desktop.asked()).toEqual([expect.stringMatching(/nowhere\.kan/)])
  expect(await desktop.title()).toBe('hello — KAN Studio')
})

test('a model named at the start is open', async ({ start, place }) => {
  const first = await start()
  await first.studio.trainPast(20)
  const step = await first.studio.step()
  const path = join(place.folder, 'größe 温.kan')
  await first.studio.saveAs(path)
  await first.closeWindow()
  await first.ended()

  const second = await start(path)
  await expect.poll(() => second.title()).toBe('größe 温.kan — KAN Studio')
  await expect.poll(() => second.studio.step()).toBe(step)
})

test('the compute process ends with the window', async ({ desktop }) => {
  await desktop.studio.button('Train').click()
  await expect.poll(() => desktop.studio.step()).toBeGreaterThan(20)
  const compute = desktop.computePid()
  await desktop.answer('Don’t save')
  await desktop.closeWindow()
  await desktop.ended()
  await ended(compute)
})

test('the compute process ends when Electron is killed', async ({ desktop }) => {
  await desktop.studio.button('Train').click()
  await expect.poll(() => desktop.studio.step()).toBeGreaterThan(20)
  const compute = desktop.computePid()
  await desktop.studio.door.kill()
  await ended(compute)
})

test('a signal to end asks nothing, and what was not saved is offered at the next start', async ({ start }) => {
  const first = await start()
  await first.studio.button('Add layer').click()
  await expect(first.studio.button(/^Layer 3,/)).toBeVisible()
  process.kill(first.pid, 'SIGTERM')
  await first.ended()

  const second = await start()
  await expect(second.studio.page.getByRole('alert')).toContainText('Unsaved changes')
  await second.studio.button('Open them').click()
  await expect(second.studio.button(/^Layer 3,/)).toBeVisible()
  await expect.poll(() => second.title()).toBe('• hello — KAN Studio')
})

test('a page that dies is loaded again, and nothing of the work is lost', async ({ desktop }) => {
  await desktop.studio.button('Add layer').click()
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
  await desktop.answer('Load again')
  await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => desktop.asked()).toEqual(['The window stopped working.'])
  const layers = () =>
    desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `[...document.querySelectorAll('button')].some((button) => /^Layer 3,/.test(button.getAttribute('aria-label') ?? button.textContent))`,
      ),
    )
  await expect.poll(layers).toBe(true)
})
