/** What a person sees between dropping a table and training on it: guesses, problems, thousands of columns. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

const comma = (value: number) => value.toFixed(3).replace('.', ',')

/** Yield = 3·temperature + height, with German numbers. */
const german = (rows: number) =>
  [
    'Temperatur;Höhe;Ertrag',
    ...Array.from({ length: rows }, (_, r) => {
      const [temperature, height] = [1.5 + ((r * 7) % 20) / 2, ((r * 11) % 30) / 10]
      return [temperature, height, 3 * temperature + height].map(comma).join(';')
    }),
  ].join('\n')

const cell = (studio: Studio, text: string) => studio.page.getByRole('cell', { name: text, exact: true })
const sheet = (studio: Studio, name: string) => studio.page.getByRole('dialog', { name })

test('a German table is understood, a changed guess is followed by the table, and the network trains on it', async ({
  studio,
  place,
}) => {
  const csv = join(place.folder, 'ertrag.csv')
  await writeFile(csv, german(120))
  await studio.drop(csv)
  const dialog = sheet(studio, 'ertrag.csv')
  await expect(studio.field('Separator detected')).toHaveValue(';')
  await expect(studio.field('Decimal detected')).toHaveValue(',')
  await expect(cell(studio, '1.500').first()).toBeVisible()
  await expect(studio.field('Use Ertrag as')).toHaveValue('target')

  await studio.field('First line detected').selectOption('a row')
  await expect(dialog.getByRole('button', { name: /^Temperatur/ })).toHaveCount(0)
  await expect(cell(studio, 'Temperatur')).toBeVisible()
  await studio.field('First line chosen').selectOption('names')
  await expect(dialog.getByRole('button', { name: /^Temperatur/ })).toBeVisible()
  await studio.button('Back to what was detected').click()
  await expect(studio.field('First line detected')).toHaveValue('true')

  await studio.field('Use Höhe as').selectOption('ignore')
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge Temperatur → h₁/)).toBeAttached()
  await expect(studio.button(/^Edge Höhe → /)).toHaveCount(0)
  await studio.trainPast(20)
  expect(await studio.loss()).toBeGreaterThan(0)

  await studio.button('Change how it is read…').click()
  await expect(studio.field('Use Höhe as')).toHaveValue('ignore')
  await studio.field('Use Höhe as').selectOption('input')
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge Höhe → h₁/)).toBeAttached()
  await studio.page.keyboard.press('Control+z')
  await expect(studio.button(/^Edge Höhe → /)).toHaveCount(0)
  await studio.page.keyboard.press('Control+z')
  await expect(studio.button(/^Edge x → h₁/)).toBeAttached()
})

test('cells that are no numbers are listed with their lines, and training waits for a decision', async ({
  studio,
  place,
}) => {
  const csv = join(place.folder, 'readings.csv')
  const rows = Array.from({ length: 60 }, (_, r) => [r / 60, r === 6 ? 'five' : r % 9, r / 30])
  await writeFile(csv, ['a,b,y', ...rows.map((row) => row.join(','))].join('\n'))
  await studio.drop(csv)
  const problems = studio.page.getByRole('region', { name: 'Problems' })
  await expect(problems).toContainText('1 cell of b is not a number')
  await expect(problems).toContainText('line 8')
  await expect(studio.button('Use this table')).toBeDisabled()
  await problems.getByRole('button', { name: 'Drop 1 row' }).click()
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge b → h₁/)).toBeAttached()
  await expect(studio.page.getByText('59 rows')).toBeVisible()
})

test('thousands of columns are searched, selected and given a role at once', async ({ studio, place }) => {
  const names = Array.from({ length: 3000 }, (_, c) => `c${c}`)
  const rows = Array.from({ length: 12 }, (_, r) => names.map((_, c) => ((r + 1) * (c + 1) * 0.6180339887498949) % 1))
  const csv = join(place.folder, 'genes.csv')
  await writeFile(csv, [names, ...rows].map((row) => row.join(',')).join('\n'))
  await studio.drop(csv)
  await expect(studio.field('Use c0 as')).toHaveValue('input')
  await studio.field('Find columns').fill('c100..c199')
  await expect(studio.page.getByText('100 of 3 000')).toBeVisible()
  await studio.button('all shown').click()
  await studio.page.getByRole('region', { name: 'Selected columns' }).getByRole('button', { name: 'ignore' }).click()
  await expect(studio.page.getByRole('status')).toContainText('2 899 inputs → c2999')
  await studio.field('Find columns').fill('')
  const list = studio.page.getByRole('listbox', { name: 'Columns' })
  await list.getByRole('option', { name: /^c1 / }).click()
  await list.getByRole('option', { name: /^c9 / }).click({ modifiers: ['Shift'] })
  await expect(studio.page.getByRole('region', { name: 'Selected columns' })).toContainText('9 columns')
  await list.press('x')
  await expect(studio.page.getByRole('status')).toContainText('2 890 inputs → c2999')
  expect(await studio.page.locator('select').count(), 'controls of what is in sight only').toBeLessThan(60)
})

for (const theme of ['Light', 'Dark'])
  test(`axe finds no serious fault in the sheet of a table, ${theme.toLowerCase()}`, async ({
    studio,
    place,
  }, info) => {
    const toTheme = studio.button(`${theme} theme`)
    if (await toTheme.isVisible()) await toTheme.click()
    const csv = join(place.folder, 'ertrag.csv')
    await writeFile(csv, german(40))
    await studio.drop(csv)
    await studio.page.getByRole('button', { name: /^Temperatur/ }).click()
    await expect(studio.page.getByRole('region', { name: 'Selected columns' })).toBeVisible()
    const axe = new AxeBuilder({ page: studio.page }).setLegacyMode(info.project.name === 'desktop')
    const { violations } = await axe.analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })

test('a table that cannot be loaded says why in the sheet, with every choice kept, and no message lies on its buttons', async ({
  studio,
  place,
}) => {
  const csv = join(place.folder, 'ertrag.csv')
  await writeFile(csv, german(60).replace('1,500', '0,000'))
  await studio.drop(join(place.folder, 'ertrag.csv'))
  const dialog = sheet(studio, 'ertrag.csv')
  await dialog.getByRole('button', { name: /^Temperatur/ }).click()
  await studio.field('Transform').selectOption('logarithm')
  await studio.button('Use this table').click()
  await expect(dialog.getByRole('status')).toContainText(/Temperatur.*line 2.*logarithm/)
  await expect(studio.field('Transform')).toHaveValue('log')
  await expect(studio.page.getByRole('dialog', { name: 'Error' })).toHaveCount(0)
  await studio.field('Transform').selectOption('none')
  await expect(dialog.getByRole('status')).toContainText('2 inputs → Ertrag')
  await studio.field('Transform').selectOption('logarithm')
  await studio.button('Use this table').click()
  await expect(dialog.getByRole('status')).toContainText(/Temperatur.*line 2.*logarithm/)
  await studio.button('Back to what was detected').click()
  await expect(dialog.getByRole('status')).toContainText('2 inputs → Ertrag')
  await studio.button('Use this table').click()
  await expect(dialog).toHaveCount(0)
  await expect(studio.button(/^Edge Temperatur → h₁/)).toBeAttached()
})

test('an error is dismissed with Escape, and goes when a dialog opens', async ({ studio, place }) => {
  const broken = join(place.folder, 'broken.kan')
  await writeFile(broken, 'no model')
  const error = studio.page.getByText(/broken\.kan/).first()
  await studio.drop(broken)
  await expect(error).toBeVisible()
  await studio.page.keyboard.press('Escape')
  await expect(error).toHaveCount(0)
  await studio.drop(broken)
  await expect(error).toBeVisible()
  const csv = join(place.folder, 'ertrag.csv')
  await writeFile(csv, german(60))
  await studio.drop(csv)
  await expect(sheet(studio, 'ertrag.csv')).toBeVisible()
  await expect(error).toHaveCount(0)
})

test('what is missing is asked about kind by kind, stays in sight when it is decided, and is counted', async ({
  studio,
  place,
}) => {
  const csv = join(place.folder, 'air.csv')
  const rows = Array.from({ length: 60 }, (_, r) => [
    r % 10 === 3 ? -999 : (r % 13) / 2,
    r % 20 === 5 ? '' : ['red', 'blue', 'green'][r % 3],
    r % 30 === 7 ? '' : (r * 7) % 11,
    (r * 5) % 17,
  ])
  await writeFile(csv, ['t,colour,h,y', ...rows.map((row) => row.join(','))].join('\n'))
  await studio.drop(csv)
  const region = (name: string) => studio.page.getByRole('region', { name })
  const status = sheet(studio, 'air.csv').getByRole('status')
  await expect(status).toContainText('“-999” stands in “t”')
  await expect(region('Rows and scaling')).toContainText('48 rows train, 12 validate.')
  await region('Perhaps missing').getByRole('button', { name: 'Count as missing' }).click()
  await expect(region('Perhaps missing')).toHaveCount(0)
  const missing = region('Missing values')
  await expect(missing.getByRole('group')).toHaveText([/Drop 6 to 8 rows.*Fill/, /Drop 3 rows.*A value of its own/])
  await missing.getByRole('button', { name: 'Drop 3 rows' }).click()
  await expect(region('Rows and scaling')).toContainText('46 rows train, 11 validate. 3 rows are left out.')
  await missing.getByLabel('Missing values of t').selectOption('fill with the mean')
  await missing.getByLabel('Missing values of h').selectOption('drop rows')
  await expect(missing.getByRole('button', { name: 'Drop 3 rows' })).toHaveAttribute('aria-pressed', 'true')
  await expect(region('Rows and scaling')).toContainText('3 to 5 rows are left out')
  await expect(status).toContainText('→ y')
  await missing.getByRole('button', { name: 'A value of its own' }).click()
  await studio.button('Use this table').click()
  await expect(studio.page.getByText('58 rows')).toBeVisible()
  // A category is one column, whatever it becomes.
  const used = studio.page.getByRole('region', { name: 'Columns in use' })
  await expect(used).toHaveText(/t\s*input\s*colour\s*4 inputs\s*h\s*input\s*y\s*target/)
})

test('where nobody chose a theme it follows the system, and later on the person', async ({ studio }) => {
  const root = studio.page.locator('html')
  await studio.page.emulateMedia({ colorScheme: 'dark' })
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await studio.page.emulateMedia({ colorScheme: 'light' })
  await expect(root).toHaveAttribute('data-theme', 'light')
  await studio.button('Dark theme').click()
  await studio.page.emulateMedia({ colorScheme: 'dark' })
  await studio.page.emulateMedia({ colorScheme: 'light' })
  await expect(root).toHaveAttribute('data-theme', 'dark')
})

test('the target of a wide table stays in sight at the right', async ({ studio, place }) => {
  const csv = join(place.folder, 'wide.csv')
  const rows = Array.from({ length: 40 }, (_, r) => Array.from({ length: 20 }, (_, c) => ((r + 1) * (c + 3) * 7) % 41))
  const names = Array.from({ length: 20 }, (_, c) => `c${c}`)
  await writeFile(csv, [names, ...rows].map((row) => row.join(',')).join('\n'))
  await studio.drop(csv)
  await expect(studio.field('Use c19 as')).toHaveValue('target')
  await expect(studio.field('Use c19 as')).toBeInViewport({ ratio: 1 })
  await studio.field('Use c2 as').selectOption('target')
  await expect(studio.field('Use c2 as')).toBeInViewport({ ratio: 1 })
  await studio.page.getByRole('region', { name: 'The table' }).evaluate((box) => box.scrollTo(9999, 0))
  await expect(studio.field('Use c19 as')).toBeInViewport()
  await expect(studio.field('Use c2 as')).toBeInViewport({ ratio: 1 })
})

test('a column of yes and no is the target, and the network trains on it as 0 and 1', async ({ studio, place }) => {
  const csv = join(place.folder, 'trial.csv')
  const rows = Array.from({ length: 80 }, (_, r) => `${((r * 7) % 40) / 10},${(r * 7) % 40 > 20 ? 'yes' : 'no'}`)
  await writeFile(csv, ['dose,recovered', ...rows].join('\n'))
  await studio.drop(csv)
  await expect(studio.field('Use recovered as')).toHaveValue('target')
  await studio.button('Use this table').click()
  await expect(sheet(studio, 'trial.csv')).toHaveCount(0)
  await studio.trainPast(100)
  expect(await studio.loss()).toBeLessThan(0.2)
})

test('spellings that differ by capitals are told, and one click reads them as one', async ({ studio, place }) => {
  const csv = join(place.folder, 'iris.csv')
  const kinds = ['setosa', 'Setosa', 'virginica', 'setosa']
  const rows = Array.from({ length: 40 }, (_, r) => `${kinds[r % 4]},${r % 9},${r % 7}`)
  await writeFile(csv, ['species,width,length', ...rows].join('\n'))
  await studio.drop(csv)
  const status = sheet(studio, 'iris.csv').getByRole('status')
  await expect(status).toContainText('4 inputs → length')
  const spellings = studio.page.getByRole('region', { name: 'Spellings' })
  await expect(spellings).toContainText('setosa 20, Setosa 10')
  await spellings.getByRole('button', { name: 'Read as one' }).click()
  await expect(status).toContainText('3 inputs → length')
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge species = setosa → h₁/)).toBeAttached()
  await expect(studio.button(/^Edge species = Setosa → h₁/)).toHaveCount(0)
  await expect(studio.page.getByText("Spellings in 'species' are one value: 'setosa' and 'Setosa'.")).toBeVisible()
})
