import { describe, expect, it } from 'vitest'
import { inOwnFolder } from './testing'

const { kan, start, refusal } = inOwnFolder()

describe('engines', () => {
  it('lists them, and says how the one that is missing is installed', async () => {
    const { code, stdout } = await kan('engines')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^wasm +available/m)
    expect(stdout).toMatch(/^tensorflow +not available +TensorFlow is not installed: `kan-studio engines install/m)
  })

  it('says what an installation lacks, and that there is nothing to remove', async () => {
    const { code, stderr } = await start(['engines', 'install', 'tensorflow'], { PATH: '/nowhere' }).ended
    expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1])
    expect(stderr).toMatch(/^There is no C\+\+ compiler here/)
    expect(await kan('engines', 'remove', 'tensorflow')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('not'),
    })
    expect((await kan('engines', 'install', 'abacus')).code).toBe(2)
    expect(await refusal('bench', '--engine', 'tensorflow', '--reps', '1')).toEqual([
      1,
      expect.stringContaining('TensorFlow is not installed'),
    ])
  })
})
