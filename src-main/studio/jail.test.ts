import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { keepUpload, listFiles, safeName } from './files'
import { freeIn, jailIn } from './jail'
import { temporaryFolder } from './testing'

let root: string
let folder: string

beforeEach(async () => {
  root = await temporaryFolder()
  folder = join(root, 'studio')
  await mkdir(join(folder, 'sub'), { recursive: true })
  await mkdir(join(root, 'studio-secret'))
  await writeFile(join(root, 'secret.csv'), 'a\n1\n')
  await writeFile(join(folder, 'in.csv'), 'a\n1\n')
  await symlink(join(root, 'secret.csv'), join(folder, 'link.csv'))
  await symlink(root, join(folder, 'out'))
  await symlink(join(folder, 'in.csv'), join(folder, 'good.csv'))
})

test.each([
  '../secret.csv',
  'sub/../../secret.csv',
  'link.csv',
  'out/secret.csv',
  '../studio-secret',
  '..',
  '/etc/passwd',
])('reading %s is refused', async (path) => {
  await expect(jailIn(folder).reading(path)).rejects.toThrow(/outside/)
})

test('what lies inside is read by its real path, and what is missing is named', async () => {
  const jail = jailIn(folder)
  await expect(jail.reading('sub/../in.csv')).resolves.toBe(join(folder, 'in.csv'))
  await expect(jail.reading('good.csv')).resolves.toBe(join(folder, 'in.csv'))
  await expect(jail.reading(folder)).resolves.toBe(folder)
  await expect(jail.reading('gone.csv')).rejects.toThrow('There is no gone.csv.')
})

test.each(['../new.kan', 'link.csv', 'out/new.kan', '/tmp/new.kan'])('writing %s is refused', async (path) => {
  await expect(jailIn(folder).writing(path)).rejects.toThrow(/outside/)
})

test('new and old files inside may be written, in folders that exist', async () => {
  const jail = jailIn(folder)
  await expect(jail.writing('sub/new.kan')).resolves.toBe(join(folder, 'sub', 'new.kan'))
  await expect(jail.writing('in.csv')).resolves.toBe(join(folder, 'in.csv'))
  await expect(jail.writing('none/new.kan')).rejects.toThrow('There is no')
})

test("the desktop's person may go anywhere", async () => {
  await expect(freeIn(folder).reading('../secret.csv')).resolves.toBe(join(root, 'secret.csv'))
})

test('a list has folders first and only what fits, and no way out', async () => {
  await writeFile(join(folder, 'a.kan'), '')
  await writeFile(join(folder, '.hidden.csv'), '')
  const names = async (kind: 'model' | 'data') =>
    (await listFiles(jailIn(folder), '.', kind)).map(({ name, folder: isFolder }) => (isFolder ? `${name}/` : name))
  expect(await names('data')).toEqual(['sub/', 'good.csv', 'in.csv'])
  expect(await names('model')).toEqual(['sub/', 'a.kan'])
  await expect(listFiles(jailIn(folder), '..', 'data')).rejects.toThrow(/outside/)
})

test('a dropped file is kept once, and never over another one', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(await keepUpload(folder, 'data.csv', bytes('a'))).toBe(join(folder, 'data', 'data.csv'))
  expect(await keepUpload(folder, 'data.csv', bytes('a'))).toBe(join(folder, 'data', 'data.csv'))
  expect(await keepUpload(folder, 'data.csv', bytes('b'))).toBe(join(folder, 'data', 'data (2).csv'))
  expect(await keepUpload(folder, '../../up.csv', bytes('c'))).toBe(join(folder, 'data', 'up.csv'))
})

test('nothing is kept in a data folder that leads out', async () => {
  await symlink(root, join(folder, 'data'))
  await expect(keepUpload(folder, 'a.csv', new Uint8Array(1))).rejects.toThrow('leads out')
})

test.each([
  ['C:\\Users\\me\\table.csv', 'table.csv'],
  ['..', 'table.csv'],
  ['.hidden', 'hidden'],
  ['a:b*?.csv', 'a_b__.csv'],
  ['NUL.csv', '_NUL.csv'],
  ['größe 温.csv', 'größe 温.csv'],
])('the name %s becomes %s', (name, safe) => {
  expect(safeName(name)).toBe(safe)
})
