/** What goes wrong, and what is left: a killed process, a killed window, a diverging run. */
import { expect, test } from '../doors/test'

test('the compute process is killed while training: one click resumes from the last checkpoint', async ({ studio }) => {
  await studio.trainPast(50)
  const checkpoint = await studio.step()
  await studio.trainOn(checkpoint)
  process.kill(studio.computePid(), 'SIGKILL')
  const alert = studio.page.getByRole('alert')
  await expect(alert).toContainText(/comput/i)
  // A page that is loaded only now offers it as well.
  if (studio.door.name === 'browser') await studio.page.reload()
  await studio.button('Resume from the last checkpoint').click()
  await expect(alert).toHaveCount(0)
  expect(await studio.step(), 'it does not begin anew').toBeGreaterThanOrEqual(checkpoint)
  await expect.poll(() => studio.step()).toBeGreaterThan(checkpoint)
  await studio.pause()
})

test('the studio is killed with unsaved changes: they are offered back', async ({ open }) => {
  const first = await open()
  await first.selectEdge('x → h₃')
  await first.page.keyboard.press('x')
  await expect(first.button(/^Edge x → h₃.*pruned/)).toBeAttached()
  // Recovery copies are made every few seconds.
  await first.page.waitForTimeout(6000)
  await first.door.kill()

  const second = await open()
  await expect(second.page.getByRole('alert')).toContainText('Unsaved changes')
  await second.button('Open them').click()
  await expect(second.button(/^Edge x → h₃.*pruned/)).toBeAttached()
})

test('a run that diverges says where, and a lower rate goes on at once', async ({ studio }) => {
  await studio.fill('Learning rate', '1e25')
  await studio.button('Train').click()
  await expect(studio.page.getByRole('alert')).toContainText(/step \d/)
  await studio.page.getByRole('button', { name: /^Use learning rate/ }).click()
  await studio.fill('Learning rate', '0.001')
  const step = await studio.step()
  await studio.button('Train').click()
  await expect.poll(() => studio.step()).toBeGreaterThan(step)
  await studio.pause()
})
