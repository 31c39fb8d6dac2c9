/** How good is it? R² rises while the network trains, the worst rows are named, a file is predicted and saved. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { kanStudio } from '../doors/root'
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

async function showPredictions({ page }: Studio): Promise<void> {
  await page.getByRole('tab', { name: 'Predictions' }).click()
}

/** R² of a split as it stands in the table; NaN while there is none. */
async function r2(studio: Studio, split: string): Promise<number> {
  const cell = studio.page.getByTestId(`r2-${split}`)
  return (await cell.count()) === 0 ? Number.NaN : Number((await cell.textContent())?.replace('−', '-'))
}

test('R² rises while the network trains, and the worst rows are named', async ({ studio }) => {
  await showPredictions(studio)
  await expect(studio.page.getByText('what the network predicts will be drawn here')).toBeVisible()
  await studio.button('One step').click()
  await expect.poll(() => r2(studio, 'train')).toBeLessThan(0.5)
  await studio.button('Train').click()
  await expect.poll(() => r2(studio, 'validation'), 'live').toBeGreaterThan(0.95)
  await studio.pause()
  await expect.poll(() => r2(studio, 'train')).toBeGreaterThan(0.95)
  await expect(studio.page.getByText(/^Of all 1\s000 rows/)).toBeVisible()
  await expect(studio.page.getByRole('img', { name: /^True against predicted f: 800 train, 200 val/ })).toBeVisible()

  await studio.button('Worst rows').click()
  const worst = studio.page.getByRole('table', { name: /largest residuals of f/ })
  await expect(worst.getByRole('row')).toHaveCount(21)
  const first = worst.getByRole('button').first()
  await expect(first).toHaveText(/^row \d+, (train|validation)$/)
  await first.click()
  await expect(first).toHaveAttribute('aria-pressed', 'true')
  // Without a split's points the other one's rows are listed.
  await studio.button('train').click()
  await expect(worst.getByRole('button', { name: /, train$/ })).toHaveCount(0)
  await expect(studio.page.getByRole('img', { name: 'True against predicted f: 200 validation' })).toBeVisible()
})

/** Rows for the first network: one that cannot be predicted, one beyond what it knows, and a column that does not matter. */
const POINTS = ['sample,y,x', 's1,0.25,-0.5', 's2,n/a,0', '"s3, last",-0.5,3', ''].join('\n')

/** Chooses a table to predict, as this door does. */
async function predict(studio: Studio, path: string): Promise<void> {
  await studio.door.answerFileDialog(path)
  await studio.button('Predict a file…').click()
  if (studio.door.name === 'browser') await studio.button(new RegExp(`^${basename(path)}`)).click()
}

/** Saves what is shown. */
async function savePredictions(studio: Studio, path: string): Promise<void> {
  await studio.door.answerFileDialog(path)
  await studio.field('Format').selectOption(path.endsWith('.csv') ? 'CSV' : 'Parquet')
  if (studio.door.name === 'browser') await studio.field('File name').fill(basename(path))
  await studio.button(/^Save( as…)?$/).click()
  await expect(studio.page.getByText(`Saved as ${path}`)).toBeVisible()
}

test('a file is predicted and saved as the command line would', async ({ studio, place }) => {
  const points = join(place.folder, 'points.csv')
  await writeFile(points, POINTS)
  await studio.trainPast(200)
  await showPredictions(studio)
  const kan = join(place.folder, 'hello.kan')
  await studio.saveAs(kan)
  await predict(studio, points)
  const dialog = studio.page.getByRole('dialog', { name: /^Predict / })
  await expect(dialog).toContainText('2 of 3 rows predicted')
  await expect(dialog).toContainText('Outside what the network was trained on, where it can only guess: x in 1 row.')
  await dialog.getByText('1 row could not be predicted').click()
  await expect(dialog.getByRole('listitem')).toContainText(/line 3.*n\/a/)
  const shown = dialog.getByRole('table', { name: 'The first rows as they will be saved' })
  await expect(shown.getByRole('row')).toHaveCount(4)
  await expect(shown.getByRole('row').last()).toContainText('s3, last')

  const saved = (name: string) => readFile(join(place.folder, name), 'utf8')
  const byCommand = (...flags: string[]) =>
    kanStudio('predict', kan, '--data', points, ...flags).then(({ stdout }) => stdout)
  await savePredictions(studio, join(place.folder, 'all.csv'))
  expect(await saved('all.csv')).toBe(await byCommand('--keep', 'all'))

  await predict(studio, points)
  await studio.field('Columns of the table to keep in front').selectOption('chosen')
  await studio.field('sample').check()
  await savePredictions(studio, join(place.folder, 'chosen.csv'))
  expect(await saved('chosen.csv')).toBe(await byCommand('--keep', 'sample'))

  await predict(studio, points)
  await studio.field('Columns of the table to keep in front').selectOption('none')
  const parquet = join(place.folder, 'bare.parquet')
  await savePredictions(studio, parquet)
  const values = (await byCommand()).trim().split('\n').slice(1)
  const sum = values.reduce((total, value) => total + Number(value.replaceAll('"', '')), 0)
  const { columns } = JSON.parse((await kanStudio('info', parquet, '--json')).stdout)
  expect(columns).toMatchObject([{ name: 'f', missing: 1, sum: expect.closeTo(sum, 12) }])
})

test('a table that is dropped on a trained network is predicted or learnt from, and near names are asked about', async ({
  studio,
  place,
}) => {
  const csv = join(place.folder, 'new.csv')
  await writeFile(csv, 'X,y,f\n0.5,0.5,1\n-0.5,0.25,2\n0,0,3\n')
  await studio.drop(csv)
  // A network that has learnt nothing has nothing to say.
  await expect(studio.button('Use this table')).toBeVisible()
  await studio.page.keyboard.press('Escape')
  await studio.trainPast(50)
  await studio.drop(csv)
  await studio.button('Predict with hello').click()
  const dialog = studio.page.getByRole('dialog', { name: /^Predict / })
  await expect(dialog).toContainText('One column of the network is not in the table by its name.')
  await expect(studio.field('x')).toHaveValue('X')
  await studio.button('Predict').click()
  await expect(dialog).toContainText('3 rows predicted')
  await studio.page.keyboard.press('Escape')

  await studio.drop(csv)
  await studio.button('Use as new training data').click()
  await expect(studio.button('Use this table')).toBeVisible()
})

const comma = (value: number) => value.toFixed(3).replace('.', ',')
const windows1252 = (lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1')

/** Ertrag = 3·Temperatur + Höhe; in every tenth row a height is missing. */
const HARVEST = Array.from({ length: 90 }, (_, r) => {
  const [temperature, height] = [1.5 + ((r * 7) % 20) / 2, ((r * 11) % 30) / 10]
  const gap = r % 10 === 3
  const yields = comma(3 * temperature + (gap ? 1.5 : height))
  return { temperature: comma(temperature), height: gap ? '' : comma(height), yields, place: `Süd ${r}` }
})

test('a German table is learnt with a guess changed, and another one is predicted, compared and saved as the command line would', async ({
  studio,
  place,
}) => {
  const trained = join(place.folder, 'ernte.csv')
  const lines = HARVEST.map(({ temperature, height, yields }, r) => [temperature, height, r % 2, yields].join(';'))
  await writeFile(trained, windows1252(['Temperatur (°C);Höhe;Düngung;Ertrag', ...lines]))
  await studio.drop(trained)
  await expect(studio.field('Separator detected')).toHaveValue(';')
  await expect(studio.field('Decimal detected')).toHaveValue(',')
  await studio.field('Use Düngung as').selectOption('ignore')
  await studio.button('Fill with the mean').click()
  await studio.button('Use this table').click()
  await expect(studio.button(/^Edge Höhe → h₁/)).toBeAttached()
  await studio.trainPast(300)
  const kan = join(place.folder, 'ernte.kan')
  await studio.saveAs(kan)

  const next = join(place.folder, 'morgen.csv')
  const others = HARVEST.slice(0, 40).map(({ place: field, height, yields, temperature }) =>
    [field, height, yields, temperature].join(';'),
  )
  await writeFile(next, windows1252(['Fläche;Höhe;Ertrag;Temperatur (°C)', ...others]))
  await showPredictions(studio)
  await predict(studio, next)
  const dialog = studio.page.getByRole('dialog', { name: /^Predict / })
  await expect(dialog).toContainText('40 rows predicted.')
  await expect(dialog).toContainText('Filled with the mean of the training rows: Höhe in 4 rows.')
  const figures = dialog.getByRole('table', { name: 'Compared with the table’s own values' })
  await expect(figures.getByRole('row', { name: /^Ertrag 0\.9\d+ .* 40$/ })).toBeVisible()
  const saved = join(place.folder, 'vorhersage.csv')
  await savePredictions(studio, saved)
  const { stdout, stderr } = await kanStudio('predict', kan, '--data', next, '--keep', 'all')
  expect(await readFile(saved, 'utf8')).toBe(stdout)
  expect(stdout).toMatch(
    /^\ufeff?Fläche;Höhe;Ertrag;Temperatur \(°C\);Ertrag predicted\r?\nSüd 0;0,000;\d+,\d+;1,500;\d+,\d+/,
  )
  expect(stderr).toContain("Compared with 'Ertrag' in 40 rows: R² 0.9")
})

test('what was filled in a predicted table, and how it was understood, is said beside the predictions', async ({
  studio,
  place,
}) => {
  const trained = join(place.folder, 'trained.csv')
  const rows = Array.from({ length: 40 }, (_, r) => `${r % 10 === 3 ? '' : ((r % 13) + 0.25).toFixed(2)};${r % 7}`)
  await writeFile(trained, ['t;y', ...rows].join('\n'))
  await studio.drop(trained)
  await studio.button('Fill with the mean').click()
  await studio.button('Use this table').click()
  await studio.trainPast(50)
  const other = join(place.folder, 'other.csv')
  await writeFile(other, 'sample;t\na;1,5\nb;\nc;2,25\n')
  await showPredictions(studio)
  await predict(studio, other)
  const dialog = studio.page.getByRole('dialog', { name: /^Predict / })
  await expect(dialog).toContainText('3 rows predicted.')
  await expect(dialog).toContainText('Filled with the mean of the training rows: t in 1 row.')
  await expect(dialog).toContainText('Numbers are read with a decimal comma here, and were with a decimal point')
})
