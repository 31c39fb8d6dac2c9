/** How fast is it? A benchmark is set up, watched, cancelled, and taken along as figures that say the same everywhere. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

const panel = ({ page }: Pick<Studio, 'page'>) => page.getByRole('tabpanel', { name: 'Benchmark' })

/** better_kan's benchmark, small enough for a test. */
async function setUpSmall({ page }: Studio): Promise<void> {
  await page.getByRole('tab', { name: 'Benchmark' }).click()
  for (const [field, value] of [
    ['Inputs', '4'],
    ['Hidden nodes', '8'],
    ['Batch sizes', '50'],
    ['Repetitions', '2'],
  ] as const)
    await panel({ page }).getByLabel(field, { exact: true }).fill(value)
  // Whatever else is installed on this machine.
  for (const other of await panel({ page })
    .getByRole('checkbox', { name: /^(tensorflow|webgpu)$/i })
    .all())
    await other.uncheck()
}

const figures = ({ page }: Studio) => page.getByRole('table', { name: 'Figures of better_kan 2024, changed' })

/** Until it has ended: then it can be run again. */
async function ended(studio: Studio): Promise<void> {
  await expect(studio.button('Run')).toBeVisible({ timeout: 60_000 })
}

test('a benchmark is measured and taken along: as CSV of the figures on the screen, as Markdown, and as a page that loads nothing', async ({
  studio,
  place,
  browser,
}) => {
  await setUpSmall(studio)
  await expect(studio.page.getByText(/^7 rows, about/)).toBeVisible()
  await studio.button('Run').click()
  await ended(studio)
  const rows = figures(studio).locator('tbody tr')
  await expect(rows).toHaveCount(7)

  const exported = (item: string, path: string) => studio.exported('Export the report', item, path)
  const csv = (await exported('Save as CSV…', join(place.folder, 'bench.csv'))).toString()
  const [heading = [], ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  expect(heading.slice(0, 7).join()).toBe(
    'method,forward ms,backward ms,forward GB,backward GB,num params,num trainable params',
  )
  const median = heading.indexOf('step median ms')
  for (const [r, line] of lines.entries()) {
    const row = rows.nth(r)
    await expect(row.getByRole('button')).toHaveText(line[0] ?? '')
    // Three digits of it, the quartiles behind.
    const shown = Number.parseFloat((await row.getByRole('cell').nth(2).textContent()) ?? '')
    expect(Math.abs(shown / Number(line[median]) - 1)).toBeLessThan(0.01)
  }
  const markdown = (await exported('Save as Markdown…', join(place.folder, 'bench.md'))).toString()
  expect(markdown).toMatch(/\| spline-wasm\+l1 +\|/)

  const html = join(place.folder, 'bench.html')
  await exported('Save as HTML…', html)
  const apart = await browser.newContext({ offline: true })
  const page = await apart.newPage()
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('requestfailed', (request) => faults.push(request.url()))
  await page.goto(pathToFileURL(html).href)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/benchmark|better_kan/i)
  await expect(page.getByRole('rowheader', { name: 'mlp-wasm' }).first()).toBeVisible()
  await apart.close()
  expect(faults).toEqual([])

  // Ratios are to the row that is clicked.
  await rows.last().getByRole('button').click()
  await expect(rows.last().getByRole('cell').nth(2)).toContainText('×1.00')
})

test('no repetitions are refused, a program that fails leaves the other rows, and what was measured before a cancel is kept', async ({
  studio,
}) => {
  const { page } = studio
  const field = (name: string) => panel(studio).getByLabel(name, { exact: true })
  await setUpSmall(studio)
  await field('Repetitions').fill('0')
  await expect(page.getByText('The number of repetitions is a whole number from 1 to 1000000.')).toBeVisible()
  await expect(studio.button('Run')).toHaveAttribute('aria-disabled', 'true')

  await field('Repetitions').fill('1')
  for (const method of ['RBF', 'Chebyshev', 'Perceptron']) await field(method).uncheck()
  await field('Program').fill('broken')
  await field('Command').fill('exit 1')
  await studio.button('Add program').click()
  await studio.button('Run').click()
  await ended(studio)
  const failed = figures(studio).getByRole('row', { name: /^broken/ })
  await expect(failed).toContainText(studio.door.name === 'desktop' ? 'exit status 1' : 'may not run')
  await expect(figures(studio).getByRole('button', { name: 'spline-wasm', exact: true })).toBeVisible()

  await studio.button('Set up').click()
  await field('broken').uncheck()
  await field('Repetitions').fill('1000000')
  await field('Hidden nodes').fill('1')
  await field('Batch sizes').fill('1')
  await studio.button('Run').click()
  await expect(studio.button('Cancel')).toBeVisible()
  await studio.button('Cancel').click()
  await ended(studio)
  await studio.button('Set up').click()
  await expect(page.getByRole('region', { name: 'Kept reports' }).getByRole('listitem').first()).toContainText(/2 rows/)
})

test('a race on the open data is drawn over time, kept, and taken along as figures that say the same', async ({
  studio,
  place,
}) => {
  const { page } = studio
  await setUpSmall(studio)
  await panel(studio).getByLabel('RBF', { exact: true }).uncheck()
  await studio.button('Accuracy').click()
  await panel(studio).getByLabel('Seconds each', { exact: true }).fill('1')
  await studio.button('Race').click()
  await ended(studio)
  const chart = panel(studio).getByRole('img', {
    // The first network's data have no test rows.
    name: /^Loss of the validation rows over seconds: spline-wasm .*, chebyshev-wasm /,
  })
  await expect(chart).toBeVisible()
  await expect(panel(studio).getByText('as there are no test rows')).toBeVisible()

  const csv = (await studio.exported('Export the report', 'Save as CSV…', join(place.folder, 'race.csv'))).toString()
  const [heading, ...lines] = csv.trim().split('\n')
  expect(heading).toBe('method,seconds,validation mse')
  const last = lines.filter((line) => line.startsWith('spline-wasm,')).at(-1)
  const loss = Number(last?.split(',')[2])
  const shown = ((await chart.getAttribute('aria-label')) ?? '').match(/spline-wasm ([\d.]+)(?:e−(\d+))? /)
  expect(Number(`${shown?.[1]}e-${shown?.[2] ?? 0}`) / loss).toBeCloseTo(1, 1)
  const html = (await studio.exported('Export the report', 'Save as HTML…', join(place.folder, 'race.html'))).toString()
  expect(html).toContain('Race on the hello data')
  expect(html).not.toMatch(/<script|src=|href=/)

  // A benchmark has samples; a race does not.
  await studio.button('Export the report').click()
  await expect(page.getByRole('menuitem', { name: 'Save every sample as CSV…' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.keyboard.press('Escape')
  await studio.button('Set up').click()
  await page
    .getByRole('region', { name: 'Kept reports' })
    .getByRole('button', { name: /^Race on the hello data.*2 candidates/ })
    .click()
  await expect(chart).toBeVisible()
})

test('a page that is loaded anew in the midst of a benchmark shows what is measured so far, and goes on', async ({
  studio,
}) => {
  const { page } = studio
  await setUpSmall(studio)
  const field = (name: string) => panel(studio).getByLabel(name, { exact: true })
  for (const method of ['RBF', 'Chebyshev', 'Perceptron']) await field(method).uncheck()
  // Rounds of some seconds each.
  await field('Hidden nodes').fill('50')
  await field('Batch sizes').fill('500')
  await field('Repetitions').fill('3000')
  await studio.button('Run').click()
  const row = figures(studio).getByRole('button', { name: 'spline-wasm', exact: true })
  await expect(row).toBeVisible({ timeout: 60_000 })
  await page.reload()
  await studio.ready()
  await page.getByRole('tab', { name: 'Benchmark' }).click()
  await expect(row).toBeVisible()
  await expect(panel(studio).getByRole('progressbar', { name: 'Benchmark' })).toBeVisible()
  await studio.button('Cancel').click()
  await ended(studio)
  await expect(row).toBeVisible()
})
