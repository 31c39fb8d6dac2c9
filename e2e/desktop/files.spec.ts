/** Files by native dialogs, by the menu's recent ones, and by dropping them into the window. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Desktop, expect, test } from './desktop'

/** Drops a file as the system does: with its path. */
async function dropFromSystem({ studio }: Desktop, path: string): Promise<void> {
  const { page } = studio
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'from-the-system'
    document.body.append(input)
  })
  await page.locator('#from-the-system').setInputFiles(path)
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#from-the-system')
    const transfer = new DataTransfer()
    for (const file of input?.files ?? []) transfer.items.add(file)
    input?.remove()
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }))
  })
}

test('a model is saved and opened by native dialogs that begin beside it', async ({ desktop, place }) => {
  const folder = join(place.folder, 'models')
  await mkdir(folder)
  await desktop.chooseFile(join(folder, 'mine'))
  await desktop.menu('File', 'Save as…')
  await expect.poll(() => desktop.title()).toBe('mine.kan — KAN Studio')
  expect(await desktop.fileDialog()).toMatchObject({
    defaultPath: join(place.folder, 'hello.kan'),
    properties: expect.arrayContaining(['showOverwriteConfirmation']),
  })

  await desktop.chooseFile(null)
  await desktop.menu('File', 'Open…')
  await expect.poll(() => desktop.fileDialog()).toMatchObject({ defaultPath: folder })
  expect(await desktop.title()).toBe('mine.kan — KAN Studio')

  await desktop.menu('File', 'New')
  await expect.poll(() => desktop.title()).toBe('hello — KAN Studio')
  await desktop.chooseFile(join(folder, 'mine.kan'))
  await desktop.menu('File', 'Open…')
  await expect.poll(() => desktop.title()).toBe('mine.kan — KAN Studio')
})

test('a name that only with its ending is that of another file asks before it replaces it', async ({
  desktop,
  place,
}) => {
  const path = join(place.folder, 'mine.kan')
  await writeFile(path, 'something else')
  await desktop.chooseFile(join(place.folder, 'mine'))
  await desktop.answer('Cancel')
  await desktop.menu('File', 'Save as…')
  await expect.poll(() => desktop.asked()).toEqual(['Replace “mine.kan”?'])
  expect(await readFile(path, 'utf8')).toBe('something else')
  await desktop.answer('Replace')
  await desktop.menu('File', 'Save as…')
  await expect.poll(() => desktop.title()).toBe('mine.kan — KAN Studio')
  expect(await readFile(`${path}.bak`, 'utf8')).toBe('something else')
})

test('saving again writes the same file, and what was there stays as .bak', async ({ desktop, place }) => {
  const path = join(place.folder, 'mine.kan')
  await desktop.studio.saveAs(path)
  const before = await readFile(path)
  await desktop.studio.button('Add layer').click()
  await expect.poll(() => desktop.title()).toBe('• mine.kan — KAN Studio')
  await desktop.menu('File', 'Save')
  await expect.poll(() => desktop.title()).toBe('mine.kan — KAN Studio')
  expect((await readFile(`${path}.bak`)).equals(before)).toBe(true)
  expect((await readdir(place.folder)).sort()).toEqual(['.state', 'mine.kan', 'mine.kan.bak'])
})

test('recent files stand in the menu, the newest first, and open from there', async ({ start, place }) => {
  const first = await start()
  await first.studio.saveAs(join(place.folder, 'one.kan'))
  await first.studio.saveAs(join(place.folder, 'two.kan'))
  await expect.poll(() => first.items('File', 'Open recent')).toEqual(['two.kan', 'one.kan'])
  await first.menu('File', 'Open recent', 'one.kan')
  await expect.poll(() => first.title()).toBe('one.kan — KAN Studio')
  await expect.poll(() => first.items('File', 'Open recent')).toEqual(['one.kan', 'two.kan'])
  await first.closeWindow()
  await first.ended()

  const second = await start()
  await expect.poll(() => second.items('File', 'Open recent')).toEqual(['one.kan', 'two.kan'])
})

test('a dropped table is read where it lies, and a dropped model opens', async ({ desktop, place }) => {
  const csv = join(place.folder, 'line.csv')
  await writeFile(csv, 'x,y\n1,2\n2,4\n3,6\n')
  await dropFromSystem(desktop, csv)
  await expect(desktop.studio.page.getByRole('heading', { name: 'line.csv' })).toBeVisible()
  await desktop.studio.button('Use this table').click()
  await expect(desktop.studio.button(/^Edge x → h₁/)).toBeAttached()
  // No copy is made.
  expect(await readdir(place.folder)).not.toContain('data')

  const kan = join(place.folder, 'line.kan')
  await desktop.studio.saveAs(kan)
  await desktop.menu('File', 'New')
  await expect.poll(() => desktop.title()).toBe('hello — KAN Studio')
  await dropFromSystem(desktop, kan)
  await expect.poll(() => desktop.title()).toBe('line.kan — KAN Studio')
  await expect(desktop.studio.button(/^Edge y → h₁/)).toHaveCount(0)
})
