import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { UserError } from '../../../src-shared/user-error'
import { metricsOf, temporaryFolder } from '../testing'
import { disk } from './full-disk'
import { MetricsFile } from './metrics-file'

vi.mock('node:fs/promises', async (original) => (await import('./full-disk')).withFullDisk(await original()))

beforeEach(() => {
  disk.full = false
})

/** Points of these steps; a step takes a hundredth of a second. */
function points(from: number, to: number): Float64Array {
  return Float64Array.from(
    Array.from({ length: to - from }, (_, k) => [from + k, 1 / 3, Number.NaN, Number.NaN, 0, (from + k) / 100]).flat(),
  )
}

const upTo = (steps: number, stride = 1) => Array.from({ length: Math.ceil(steps / stride) }, (_, k) => k * stride)

async function stepsOf(folder: string) {
  return (await metricsOf(folder)).map(({ step }) => step)
}

describe('metrics.csv', () => {
  it('is a header and a row a step, with all digits and empty cells where nothing was evaluated', async () => {
    const folder = await temporaryFolder()
    const file = await MetricsFile.open(folder, 0, 1)
    file.add(points(0, 2))
    file.addLast(Float64Array.of(2, 0.25, 0.125, 1e-9, 0.125, 0.5))
    await file.flush()
    expect(await readFile(join(folder, 'metrics.csv'), 'utf8')).toBe(
      'step,loss,train_loss,validation_loss,regularization,seconds\n' +
        '0,0.3333333333333333,,,0,0\n' +
        '1,0.3333333333333333,,,0,0.01\n' +
        '2,0.25,0.125,1e-9,0.125,0.5\n',
    )
  })

  it('goes on at the step of a checkpoint: later rows are trained again, the time until it counts', async () => {
    const folder = await temporaryFolder()
    const before = await MetricsFile.open(folder, 0, 1)
    before.add(points(0, 90))
    await before.flush()
    const after = await MetricsFile.open(folder, 60, 1)
    expect(after.seconds).toBe(0.6)
    after.add(points(60, 70))
    await after.flush()
    expect(await stepsOf(folder)).toEqual(upTo(70))
  })

  it('loses the row that a crash cut short, and no other', async () => {
    const folder = await temporaryFolder()
    const before = await MetricsFile.open(folder, 0, 1)
    before.add(points(0, 10))
    await before.flush()
    const path = join(folder, 'metrics.csv')
    await writeFile(path, `${await readFile(path, 'utf8')}10,0.33`)
    await MetricsFile.open(folder, 1000, 1)
    expect(await stepsOf(folder)).toEqual(upTo(10))
  })

  it('keeps every so many steps of a long run, and the last one', async () => {
    const folder = await temporaryFolder()
    const file = await MetricsFile.open(folder, 0, 7)
    file.add(points(0, 30))
    file.addLast(points(30, 31))
    await file.flush()
    expect(await stepsOf(folder)).toEqual([0, 7, 14, 21, 28, 30])
  })

  it('is thinned where a run became longer, and never filled up again', async () => {
    const folder = await temporaryFolder()
    const file = await MetricsFile.open(folder, 0, 1)
    file.add(points(0, 20))
    await file.flush()
    file.add(points(20, 30))
    await Promise.all([file.thin(5), file.flush()])
    await file.thin(2)
    file.add(points(30, 50))
    await file.flush()
    expect(await stepsOf(folder)).toEqual(upTo(50, 5))
  })

  it('holds whole rows only when the disk is full, and all of them once it is not', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'metrics.csv')
    const file = await MetricsFile.open(folder, 0, 1)
    file.add(points(0, 10))
    await file.flush()
    disk.full = true
    file.add(points(10, 15))
    const refused = new UserError(`Cannot save ${path}: the disk is full.`)
    await expect(file.flush()).rejects.toThrow(refused)
    expect(await stepsOf(folder)).toEqual(upTo(10))
    file.add(points(15, 20))
    await expect(file.flush()).rejects.toThrow(refused)
    await expect(file.thin(4)).rejects.toThrow(refused)
    expect(await stepsOf(folder)).toEqual(upTo(10))
    disk.full = false
    await file.flush()
    expect((await stepsOf(folder)).filter((step) => Number(step) < 10)).toEqual(upTo(10))
    expect((await stepsOf(folder)).filter((step) => Number(step) >= 10)).toEqual([12, 16])
  })

  it('is not begun anew without a header where somebody removed it', async () => {
    const folder = await temporaryFolder()
    const file = await MetricsFile.open(folder, 0, 1)
    await rm(join(folder, 'metrics.csv'))
    file.add(points(0, 1))
    await expect(file.flush()).rejects.toThrow('there is no such file or folder')
  })
})
