import { expect, it } from 'vitest'
import { dataSchema } from '../../../src-shared/contract/job'
import { loadData } from './load'
import { testFolder } from './testing'

const folder = testFolder()

const loaded = async (file: string) =>
  (await loadData(dataSchema.parse({ file, inputs: ['x'], targets: ['y'] }), null)).raw.fingerprint

it('a file is known by its size, its rows and the SHA-256 of its bytes, whatever it is called', async () => {
  const content = 'x,y\n1,2\n3,4\n'
  const first = await loaded(await folder.write(content))
  expect(first).toEqual({
    size: 12,
    rows: 2,
    hash: '2a2b86e74ffd5e6a9b75e52a105cf9d02920837179f8e8961aa15411d380f7a3',
  })
  expect(await loaded(await folder.write(content, 'other.csv'))).toEqual(first)
  const changed = await loaded(await folder.write('x,y\n1,2\n3,5\n'))
  expect(changed).toMatchObject({ size: 12, rows: 2 })
  expect(changed?.hash).not.toBe(first?.hash)
})

it('rows that are made have none', async () => {
  const { raw } = await loadData(dataSchema.parse({ generator: 'hello', samples: 3 }), null)
  expect(raw.fingerprint).toBeNull()
})
