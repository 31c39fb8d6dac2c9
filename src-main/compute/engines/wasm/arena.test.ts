import { describe, expect, it } from 'vitest'
import { UserError } from '../../../../src-shared/user-error'
import { Arena } from './arena'

const MEGABYTE = 2 ** 20

describe('an arena', () => {
  it('grows beyond 64 MB, and keeps what is written', () => {
    const arena = new Arena(MEGABYTE, 'The network')
    arena.floats[7] = 3.5
    const at = arena.allocate(100 * MEGABYTE, 'The table')
    expect(arena.bytes).toBeGreaterThan(100 * MEGABYTE)
    expect(arena.floats[7]).toBe(3.5)
    arena.floats[(at + 100 * MEGABYTE) / 4 - 1] = 1
    expect(arena.floats.buffer).toBe(arena.memory.buffer)
  })

  it('hands out blocks that do not overlap, and uses freed ones again', () => {
    const arena = new Arena(1000, 'The network')
    const first = arena.allocate(1000, 'a')
    const second = arena.allocate(500, 'b')
    const third = arena.allocate(70, 'c')
    expect(second).toBeGreaterThanOrEqual(first + 1000)
    expect(third).toBeGreaterThanOrEqual(second + 500)
    arena.free(first, 1000)
    arena.free(second, 500)
    expect(arena.allocate(1400, 'd')).toBe(first)
    arena.free(third, 70)
    const last = arena.allocate(5000, 'e')
    expect(last).toBeGreaterThanOrEqual(first + 1400)
    expect(last).toBeLessThan(third)
  })

  it('refuses more than 32-bit addresses reach, in a sentence that says what needs it', () => {
    expect(() => new Arena(5e9, 'The network')).toThrow(UserError)
    const arena = new Arena(1000, 'The network')
    const held = arena.bytes
    expect(() => arena.allocate(5e9, 'The table of 7 rows')).toThrow(/^The table of 7 rows needs 5 GB of memory/)
    expect(arena.bytes).toBe(held)
  })
})
