/** A person's own table: dropped, trained, saved, opened again, predicted. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeModel } from '../../src-main/files/model'
import { helloModel } from '../../src-main/studio/hello'
import { kanStudio } from '../doors/root'
import { expect, test } from '../doors/test'

/** y = x², z does not matter. */
const table = (rows: number) =>
  ['x,z,y', ...Array.from({ length: rows }, (_, r) => [r / rows, (r * 7) % 11, (r / rows) ** 2].join(','))].join('\n')

test('a CSV is dropped, trained, saved and predicted', async ({ studio, place }) => {
  const csv = join(place.folder, 'squares.csv')
  await writeFile(csv, table(200))
  await studio.drop(csv)
  await expect(studio.page.getByRole('heading', { name: 'squares.csv' })).toBeVisible()
  await expect(studio.field('Use y as')).toHaveValue('target')
  await studio.field('Use z as').selectOption('ignore')
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge x → h₁/)).toBeAttached()
  await expect(studio.button(/^Edge z → /)).toHaveCount(0)

  await studio.trainPast(1500)
  const saved = join(place.folder, 'squares.kan')
  await studio.saveAs(saved)
  const { stdout } = await kanStudio('predict', saved, '--data', csv)
  const predicted = stdout.trim().split(/\r?\n/)
  expect(predicted[0]).toBe('y')
  expect(predicted).toHaveLength(201)
  expect(Math.abs(Number(predicted[151]) - 0.75 ** 2)).toBeLessThan(0.05)
})

test('a run that learns its rows by heart says so, and one click goes back to where it did best', async ({
  studio,
  place,
}) => {
  const noise = (r: number) => Math.sin(12.9898 * (r + 1)) * 43758.5453
  const rows = Array.from({ length: 60 }, (_, r) => [0, 1, 2].map((k) => noise(3 * r + k) % 1).join(','))
  const csv = join(place.folder, 'noise.csv')
  await writeFile(csv, ['x,z,y', ...rows].join('\n'))
  await studio.drop(csv)
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge x → h₁/)).toBeAttached()
  await studio.trainPast(1500)

  const back = studio.button(/^Go back to step .*, validation /)
  await expect(back).toHaveCount(1)
  await expect(studio.page.getByText(/^Overfitting: since step \d+ validation rose from/)).toBeVisible()
  const validation = /validation (.*)$/.exec((await back.textContent()) ?? '')?.[1] ?? ''
  await expect(studio.page.getByTestId('validation')).not.toHaveText(validation)
  const trained = await studio.loss()
  const step = await studio.step()

  await studio.page.reload()
  await expect(back, 'a reload of the window does not lose it').toHaveCount(1)
  await studio.page.keyboard.press('Control+k')
  await studio.page.getByRole('combobox', { name: 'Search commands' }).fill('go back')
  await expect(studio.page.getByRole('option').first()).toContainText(`validation ${validation}`)
  await studio.page.keyboard.press('Enter')
  await expect(studio.page.getByTestId('validation')).toHaveText(validation)
  await expect(back).toHaveCount(0)
  expect(await studio.step(), 'training is not taken back').toBe(step)
  await studio.page.keyboard.press('Control+z')
  await expect.poll(() => studio.loss()).toBe(trained)
  await back.click()
  await expect(studio.page.getByTestId('validation')).toHaveText(validation)
})

test('saved, closed and opened again, the predictions are the same to the bit', async ({ open, place }) => {
  const first = await open()
  await first.trainPast(200)
  const kan = join(place.folder, 'hello ü 温.kan')
  await first.saveAs(kan)
  await first.door.close()

  const second = await open()
  await second.openModel(kan)
  await expect.poll(() => second.step()).toBeGreaterThan(200)
  const copy = join(place.folder, 'copy.kan')
  await second.saveAs(copy)

  const data = join(place.folder, 'points.csv')
  await writeFile(data, 'x,y\n-0.5,0.25\n0,0\n0.75,-1\n')
  const [one, two] = await Promise.all([kan, copy].map((path) => kanStudio('predict', path, '--data', data)))
  expect(one?.stdout).toMatch(/^f\r?\n-?\d/)
  expect(two?.stdout).toBe(one?.stdout)
})

test('another table shows its own data under the curves, and begins a network of its own', async ({
  studio,
  place,
}) => {
  await studio.trainPast(20)
  await studio.selectEdge('y → h₁')
  const bars = studio.page.getByRole('img', { name: 'Curve of the edge' }).locator('rect')
  await expect(bars).not.toHaveCount(0)
  const heights = () => bars.evaluateAll((all) => all.filter((bar) => Number(bar.getAttribute('height')) > 0).length)
  expect(await heights()).toBeGreaterThan(10)
  const csv = join(place.folder, 'switch.csv')
  await writeFile(
    csv,
    `level,switch,out\n${Array.from({ length: 60 }, (_, i) => `${i},${i % 2},${i + (i % 2)}`).join('\n')}\n`,
  )
  await studio.drop(csv)
  await studio.button('Use this table').click()
  await expect.poll(() => studio.step()).toBe(0)
  await expect(studio.button(/^File: switch/)).toBeVisible()
  await expect.poll(heights, 'a switch has two values').toBe(2)
})

test('a project whose table was moved asks for it, and goes on with all that was chosen', async ({ studio, place }) => {
  const csv = join(place.folder, 'squares.csv')
  await writeFile(csv, table(120))
  await studio.drop(csv)
  await studio.field('Use z as').selectOption('ignore')
  await studio.button('Use this table').click()
  await studio.trainPast(50)
  const kan = join(place.folder, 'moved.kan')
  await studio.saveAs(kan)

  const away = join(place.folder, 'away.csv')
  await writeFile(away, table(120))
  await rm(csv)
  await rm(join(place.folder, 'data'), { recursive: true, force: true })
  await studio.openModel(kan)
  const section = studio.page.getByRole('alert').filter({ hasText: 'squares.csv' })
  await expect(section).toContainText('There is no ')
  await studio.door.answerFileDialog(away)
  await studio.button('Find the file…').click()
  if (studio.door.name === 'browser') await studio.button(/^away\.csv/).click()
  await expect(section).toHaveCount(0)
  await expect(studio.page.getByText('120 rows')).toBeVisible()
  await expect(studio.button(/^Edge z → /)).toHaveCount(0)
  await studio.trainPast(20)
})

test('a network that does not fit its table says so, and fits with one click', async ({ studio, place }) => {
  const csv = join(place.folder, 'one.csv')
  await writeFile(csv, ['x,f', ...Array.from({ length: 40 }, (_, r) => `${r / 40},${(r / 40) ** 2}`)].join('\n'))
  const kan = join(place.folder, 'two-inputs.kan')
  const { specification, ...numbers } = helloModel()
  const job = { data: { file: csv, inputs: ['x'], targets: ['f'] } }
  await writeModel(kan, { ...numbers, specification: { ...specification, history: { step: 0, job } } })
  await studio.openModel(kan)
  const misfit = studio.page.getByRole('alert').filter({ hasText: 'input' })
  await expect(misfit).toContainText(/1 input.*2/)
  await expect(studio.button('Train')).toBeDisabled()
  await studio.button('Fit the network to the data').click()
  await expect(misfit).toHaveCount(0)
  await expect(studio.button(/^Edge x → h₁/)).toBeAttached()
  await expect(studio.button(/^Edge y → /)).toHaveCount(0)
  await studio.trainPast(20)
})

test('cells that are pasted are a table, but not into a field', async ({ studio, place }) => {
  const paste = (selector: string) =>
    studio.page
      .locator(selector)
      .first()
      .evaluate((target) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', 'u\tv\r\n1\t2\r\n3\t4\r\n5\t7\r\n')
        target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      })
  await paste('input')
  await expect(studio.page.getByRole('dialog')).toHaveCount(0)
  await paste('body')
  await expect(studio.page.getByRole('heading', { name: /^pasted-[\d-]+\.tsv$/ })).toBeVisible()
  await expect(studio.field('Use v as')).toHaveValue('target')
  const [name = ''] = await readdir(join(place.folder, 'data'))
  expect(await readFile(join(place.folder, 'data', name), 'utf8')).toBe('u\tv\r\n1\t2\r\n3\t4\r\n5\t7\r\n')
})

test('a column of text is a category, but no target', async ({ studio, place }) => {
  const csv = join(place.folder, 'mixed.csv')
  const rows = Array.from({ length: 40 }, (_, r) => [r / 40, ['red', 'green', 'blue'][r % 3], (r % 3) + r / 80])
  await writeFile(csv, ['a,colour,c', ...rows.map((row) => row.join(','))].join('\n'))
  await studio.drop(csv)
  await expect(studio.field('Use colour as')).toHaveValue('input')
  await studio.field('Use colour as').selectOption('target')
  await expect(studio.page.getByRole('status')).toContainText('“colour” is text')
  await expect(studio.button('Use this table')).toBeDisabled()
  await studio.field('Use colour as').selectOption('input')
  // The values become inputs by the alphabet, and by hand in another order.
  await studio.page
    .getByRole('button', { name: /^colour/ })
    .first()
    .click()
  const order = studio.page.getByRole('list', { name: 'Order of the inputs' }).getByRole('button')
  await expect(order).toHaveText(['1blue', '2green', '3red'])
  await order.last().press('Alt+ArrowUp')
  await expect(order).toHaveText(['1blue', '2red', '3green'])
  await order.last().dragTo(order.first())
  await expect(order).toHaveText(['1green', '2blue', '3red'])
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge colour = red → h₁/)).toBeAttached()
  await studio.trainPast(20)
})

test('a damaged model is refused in one sentence and the open one stays', async ({ studio, place }) => {
  await studio.trainPast(20)
  const step = await studio.step()
  const kan = join(place.folder, 'hello.kan')
  await studio.saveAs(kan)
  const bytes = await readFile(kan)
  const broken = join(place.folder, 'broken.kan')
  await writeFile(broken, bytes.subarray(0, bytes.length / 2))
  await studio.openModel(broken)
  await expect(studio.page.getByRole('region', { name: 'Notifications' })).toContainText(/broken\.kan/)
  expect(await studio.step()).toBe(step)
})
