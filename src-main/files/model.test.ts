import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newModel } from '../../src-shared/kan/file/file'
import { type Specification, specificationSchema } from '../../src-shared/kan/specification'
import { forward } from '../../src-shared/numerics/network'
import { UserError } from '../../src-shared/user-error'
import { copyWhole, writeFileAtomic } from './atomic'
import { readModel, writeModel } from './model'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-files-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function design(nodes = 5): Specification {
  const basis = { type: 'spline', order: 3, intervals: 5 }
  return specificationSchema.parse({
    format: 1,
    name: 'hello',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'f' }],
    layers: [
      { nodes, basis },
      { nodes: 1, basis },
    ],
  })
}

const hello = () => newModel(design(), 'hello')

describe('a model on disk', () => {
  it('of another program gives the values that it should', async () => {
    const model = await readModel(fileURLToPath(new URL('./fixtures/e02_hill.kan', import.meta.url)))
    const output = forward(model.specification, model.parameters, Float64Array.of(-0.5, 0, 0.5, 3))
    const expected = [-0.053614084, 0.58125, 0.740917166, 2.85772238]
    expected.forEach((value, k) => {
      expect(output[k]).toBeCloseTo(value, 6)
    })
  })

  // Case V1: one file and nothing beside it, whatever its name.
  it.each(['hello.kan', 'two words.kan', 'Fläche größer.kan', 'ü 温.kan'])('reopens as %s', async (name) => {
    const path = join(folder, 'ü 温', name)
    await mkdir(join(folder, 'ü 温'))
    await writeModel(path, hello())
    expect(await readModel(path)).toEqual(hello())
    expect(await readdir(join(folder, 'ü 温'))).toEqual([name])
  })

  it('keeps the version before beside it, and only where it is asked to', async () => {
    const path = join(folder, 'a.kan')
    const later = { ...hello(), specification: { ...design(), name: 'later' } }
    await writeModel(path, hello())
    await writeModel(path, later, { backup: false })
    expect(await readdir(folder)).toEqual(['a.kan'])
    await writeModel(path, hello())
    expect((await readModel(`${path}.bak`)).specification.name).toBe('later')
    await writeModel(path, later)
    expect((await readModel(`${path}.bak`)).specification.name).toBe('hello')
    expect((await readdir(folder)).sort()).toEqual(['a.kan', 'a.kan.bak'])
  })

  it.each([
    ['nothing.kan', 'there is no such file or folder'],
    ['.', 'it is a folder, not a file'],
    ['a.kan/b.kan', 'a part of the path is a file, not a folder'],
  ])('at %s cannot be read, and the sentence names the path', async (name, reason) => {
    await writeModel(join(folder, 'a.kan'), hello())
    const path = `${folder}/${name}`
    await expect(readModel(path)).rejects.toThrow(new UserError(`Cannot read ${path}: ${reason}.`))
  })

  it('cut off is named by its path', async () => {
    const path = join(folder, 'a.kan')
    await writeModel(path, hello())
    await truncate(path, 900)
    await expect(readModel(path)).rejects.toThrow(`${path} is cut off`)
  })

  it('too large to be read again is refused before it is written', async () => {
    const model = { ...hello(), specification: design(20_000_000) }
    await expect(writeModel(join(folder, 'a.kan'), model)).rejects.toThrow('a file may have to be read again')
    expect(await readdir(folder)).toEqual([])
  })
})

describe('saving', () => {
  const fault = (code: string) => Object.assign(new Error(code), { code })

  it('on a full disk leaves the version before, its backup and nothing else', async () => {
    const path = join(folder, 'a.txt')
    await writeFile(path, 'before')
    await writeFile(`${path}.bak`, 'older')
    const saving = writeFileAtomic(path, Buffer.from('after'), {
      backup: true,
      write: async (file, bytes) => {
        await file.write(bytes, 0, 2)
        throw fault('ENOSPC')
      },
    })
    await expect(saving).rejects.toThrow(new UserError(`Cannot save ${path}: the disk is full.`))
    expect(await readFile(path, 'utf8')).toBe('before')
    expect(await readFile(`${path}.bak`, 'utf8')).toBe('older')
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'a.txt.bak'])
  })

  it('leaves the version before where its backup cannot be made', async () => {
    const path = join(folder, 'a.txt')
    await writeFile(path, 'before')
    await mkdir(join(`${path}.bak`, 'full'), { recursive: true })
    await expect(writeFileAtomic(path, Buffer.from('after'), { backup: true })).rejects.toThrow(path)
    expect(await readFile(path, 'utf8')).toBe('before')
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'a.txt.bak'])
  })

  it('passes on what is no fault of the file system', async () => {
    const saving = writeFileAtomic(join(folder, 'a'), Buffer.from('x'), {
      write: async () => {
        throw new RangeError('a bug')
      },
    })
    await expect(saving).rejects.toThrow(RangeError)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['missing/a.txt', 'there is no such file or folder'],
    ['', 'it is a folder, not a file'],
    [`${'long'.repeat(100)}.txt`, 'the name is too long'],
  ])('to %j is refused in a sentence', async (name, reason) => {
    const path = join(folder, name)
    const saving = writeFileAtomic(path, Buffer.from('x'))
    await expect(saving).rejects.toThrow(new UserError(`Cannot save ${path}: ${reason}.`))
    expect(await readdir(folder)).toEqual([])
  })

  it('of a copy names the file that is at fault', async () => {
    await writeFile(join(folder, 'a.txt'), 'text')
    await copyWhole(join(folder, 'a.txt'), join(folder, 'b.txt'))
    expect(await readFile(join(folder, 'b.txt'), 'utf8')).toBe('text')
    const gone = join(folder, 'gone', 'c.txt')
    await expect(copyWhole(gone, join(folder, 'c.txt'))).rejects.toThrow(`Cannot read ${gone}: there is no such`)
    await expect(copyWhole(join(folder, 'a.txt'), gone)).rejects.toThrow(`Cannot save ${gone}: there is no such`)
  })

  it('keeps the rights of a file and writes through a symbolic link', async () => {
    const path = join(folder, 'a.txt')
    await writeFile(path, 'before', { mode: 0o600 })
    await symlink(path, join(folder, 'link.txt'))
    await writeFileAtomic(join(folder, 'link.txt'), Buffer.from('after'))
    expect(await readFile(path, 'utf8')).toBe('after')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })
})
