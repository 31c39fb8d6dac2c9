import { afterEach, describe, expect, it, vi } from 'vitest'
import { UserError } from '../../src-shared/user-error'
import { print, table } from './print'

describe('standard output', () => {
  afterEach(() => vi.restoreAllMocks())

  function failingWith(code: string): void {
    vi.spyOn(process.stdout, 'write').mockImplementation((...args: unknown[]) => {
      const done = args.at(-1) as (error: Error) => void
      done(Object.assign(new Error(code), { code }))
      return false
    })
  }

  it('may have lost its reader', async () => {
    failingWith('EPIPE')
    await expect(print('text')).resolves.toBeUndefined()
  })

  it('on a full disk is a fault that a sentence tells', async () => {
    failingWith('ENOSPC')
    await expect(print('text')).rejects.toThrow(new UserError('Cannot write standard output: the disk is full.'))
  })
})

it('a table is as wide as its widest cells', () => {
  expect(
    table([
      ['a', 'long cell', 'x'],
      ['wide', '', ''],
    ]),
  ).toBe('a     long cell  x\nwide\n')
})
