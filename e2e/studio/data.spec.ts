/** What are the data like? Columns against the grid and the target, any row of the table, thousands of columns. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

const showData = ({ page }: Studio) => page.getByRole('tab', { name: 'Data', exact: true }).click()
const columns = ({ page }: Studio) => page.getByRole('listbox', { name: 'Columns of the data' })
const facts = ({ page }: Studio, name: string) => page.getByRole('region', { name: `Column ${name}`, exact: true })

/** y rises with a, and falls by groups of colour; 5 000 rows, one of which lacks its height. */
const harvest = (rows: number) =>
  [
    'a,height,colour,y',
    ...Array.from({ length: rows }, (_, r) => {
      const colour = r % 2
      return [r, r === 70 ? '' : (r * 37) % 101, colour === 0 ? 'red' : 'blue', 3 * r - 9000 * colour].join(',')
    }),
  ].join('\n')

async function useHarvest(studio: Studio, folder: string): Promise<void> {
  const csv = join(folder, 'harvest.csv')
  await writeFile(csv, harvest(5000))
  await studio.drop(csv)
  await studio.field('Use a as').selectOption('input')
  await studio.page.getByRole('button', { name: /^height/ }).click()
  await studio.field('Missing').selectOption('drop')
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge a → h₁/)).toBeAttached()
}

test('columns are shown against the target, sorted by how closely they go with it', async ({ studio, place }) => {
  await showData(studio)
  await expect(studio.page.getByRole('img', { name: /^x against f: 1\s000 of 1\s000 rows, r 0\.\d\d/ })).toBeVisible()
  await expect(studio.page.getByRole('img', { name: /^Histogram of x.*0 values lie outside/ })).toBeVisible()

  await useHarvest(studio, place.folder)
  const options = columns(studio).getByRole('option')
  await expect(options).toHaveText([/^a, input/, /^height, /, /^colour, /, /^y, target/])
  await studio.field('Order').selectOption('by correlation')
  await expect(options).toHaveText([/^y, target, r 1\.00/, /^colour, /, /^a, /, /^height, /])
  await options.nth(1).click()
  await expect(facts(studio, 'colour')).toContainText('category: 2 inputs')
  await expect(
    studio.page.getByRole('img', { name: /^colour against y: 2\s000 of 4\s999 rows, η 0\.\d\d\.$/ }),
  ).toBeVisible()
  await columns(studio).press('ArrowDown')
  await expect(facts(studio, 'a')).toContainText('4 999')

  await studio.trainPast(20)
  await expect(studio.page.getByRole('img', { name: /^a against y.* with what the network says/ })).toBeVisible()
  await studio.field('Find a column').fill('HEI')
  await expect(options).toHaveCount(1)
})

test('any row is jumped to, and marks say what becomes of it', async ({ studio, place }) => {
  await showData(studio)
  await useHarvest(studio, place.folder)
  await studio.button('Rows').click()
  const table = studio.page.getByRole('table', { name: 'Rows' })
  await expect(table).toHaveAttribute('aria-rowcount', '5001')
  await expect(table.getByRole('columnheader', { name: 'colour' })).toBeVisible()
  await studio.fill('Go to row', '71')
  await expect(table.getByRole('rowheader', { name: /^71 ?, left out/ })).toBeVisible()
  await studio.fill('Go to row', '5000')
  await expect(table.getByRole('cell', { name: '4999', exact: true })).toBeVisible()
  await expect(studio.page.getByText('1 left out')).toBeVisible()
  expect(await table.getByRole('row').count(), 'only what is in sight').toBeLessThan(60)
})

test('what lies off the grid is counted, and one click fits the grid', async ({ studio, place }) => {
  const csv = join(place.folder, 'raw.csv')
  await writeFile(csv, ['a,y', ...Array.from({ length: 800 }, (_, r) => [r / 200, r].join(','))].join('\n'))
  await studio.drop(csv)
  await studio.field('Scaling').selectOption('none')
  await studio.button('Use this table').click()
  await showData(studio)
  await expect(facts(studio, 'a')).toContainText('75 % off grid')
  await facts(studio, 'a').getByRole('button', { name: 'Fit grid to data' }).click()
  await expect(facts(studio, 'a')).toContainText(/grid \S+ … 4\.00/)
  await expect(facts(studio, 'a').getByRole('button')).toHaveCount(0)
  await studio.page.keyboard.press('Control+z')
  await expect(facts(studio, 'a')).toContainText('off grid599 · 75 %')
})

test('hundreds of columns are listed as they come into sight', async ({ studio, place }) => {
  const names = Array.from({ length: 600 }, (_, c) => `c${c}`)
  const rows = Array.from({ length: 30 }, (_, r) => names.map((_, c) => ((r + 1) * (c + 1) * 0.6180339887498949) % 1))
  const csv = join(place.folder, 'genes.csv')
  await writeFile(csv, [names, ...rows].map((row) => row.join(',')).join('\n'))
  await studio.drop(csv)
  await studio.button('Use this table').click()
  await showData(studio)
  const list = columns(studio)
  await expect(list.getByRole('option', { name: /^c0 ?, input/ })).toBeVisible()
  expect(await list.getByRole('option').count()).toBeLessThan(40)
  await list.press('End')
  await expect(list.getByRole('option', { name: /^c599 ?, target/ })).toHaveAttribute('aria-selected', 'true')
  await expect(facts(studio, 'c599')).toBeVisible()
})

for (const theme of ['Light', 'Dark'])
  test(`axe finds no serious fault in the data, ${theme.toLowerCase()}`, async ({ studio, place }, info) => {
    const toTheme = studio.button(`${theme} theme`)
    if (await toTheme.isVisible()) await toTheme.click()
    await useHarvest(studio, place.folder)
    await showData(studio)
    const axe = new AxeBuilder({ page: studio.page }).setLegacyMode(info.project.name === 'desktop')
    const faults = async () => {
      const { violations } = await axe.analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }
    await columns(studio)
      .getByRole('option', { name: /^colour/ })
      .click()
    await expect(facts(studio, 'colour')).toBeVisible()
    expect(await faults()).toEqual([])
    await studio.button('Rows').click()
    await expect(studio.page.getByRole('table', { name: 'Rows' }).getByRole('cell').first()).toBeVisible()
    expect(await faults()).toEqual([])
  })
