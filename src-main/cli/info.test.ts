/** `info` and `doctor` as others use them. */
import { describe, expect, it } from 'vitest'
import { design, inOwnFolder, lastLine } from './testing'

const { kan, refusal, job, model, write } = inOwnFolder()

describe('info', () => {
  it('describes a network', async () => {
    await model('m.kan')
    const result = lastLine((await kan('info', 'm.kan', '--json')).stdout)
    // O·I·n + 2·O·I + O a layer, n = 8.
    expect(result).toMatchObject({
      parameters: 3 * 2 * 10 + 3 + 3 * 10 + 1,
      trainable: 94,
      layers: [{ inputs: 2, nodes: 3 }, { nodes: 1 }],
    })
    const { stdout } = await kan('info', 'm.kan')
    expect(stdout).toContain('[2, 3, 1], 94 parameters, 94 of them trainable, not trained yet')
  })

  it('counts as trainable what training moves', async () => {
    const [first, last] = design(['x0', 'x1']).layers
    const locks = {
      frozen: [[0, 0]],
      pruned: [[1, 0]],
      tied: [
        [
          [0, 1],
          [1, 1],
        ],
      ],
    }
    await model('m.kan', { ...design(['x0', 'x1']), layers: [{ ...first, ...locks }, last] })
    expect(lastLine((await kan('info', 'm.kan', '--json')).stdout)).toMatchObject({
      parameters: 94,
      trainable: 94 - 30,
    })
  })

  it('counts a curve that inputs share once, and those of discarded inputs not at all', async () => {
    const inputs = [1, 1, -1].map((group, i) => ({ name: `x${i}`, group }))
    await model('m.kan', { ...design(['x0', 'x1', 'x2']), inputs })
    expect(lastLine((await kan('info', 'm.kan', '--json')).stdout)).toMatchObject({
      parameters: 3 * 3 * 10 + 3 + 3 * 10 + 1,
      trainable: 3 * 10 + 3 + 3 * 10 + 1,
      groups: [1, 1, -1],
    })
    const { stdout } = await kan('info', 'm.kan')
    expect(stdout).toContain('inputs: x0 (group 1), x1 (group 1), x2 (discarded)')
  })

  it('counts the four numbers of a formula, and its curve as resting', async () => {
    const [first, last] = design(['x0', 'x1']).layers
    const symbolic = [{ edge: [0, 0], function: 'sin', a: 1, b: 0, c: 1, d: 0 }]
    await model('m.kan', { ...design(['x0', 'x1']), layers: [{ ...first, symbolic }, last] })
    const result = lastLine((await kan('info', 'm.kan', '--json')).stdout)
    expect(result).toMatchObject({ parameters: 94 + 4, trainable: 94 - 10 + 4, layers: [{ symbolic: 1 }, {}] })
    expect((await kan('info', 'm.kan')).stdout).toContain('1 symbolic')
  })

  it('describes a table', async () => {
    await job()
    const result = lastLine((await kan('info', 'table.csv', '--json')).stdout)
    expect(result.rows).toBe(40)
    expect(result.columns.map((column: { name: string }) => column.name)).toEqual(['id', 'x0', 'x1', 'y'])
    expect(result.columns[0]).toMatchObject({ type: 'text', missing: 0, distinct: 40, mean: null })
    const keys = ['name', 'type', 'missing', 'distinct', 'min', 'max', 'mean', 'sum']
    expect(Object.keys(result.columns[1]).slice(0, keys.length)).toEqual(keys)
    expect(result).toMatchObject({ read: { delimiter: ',', decimal: '.', header: true }, problems: [], notes: [] })
    expect((await kan('info', 'table.csv')).stdout).toContain('40 rows, 4 columns')
    expect(await refusal('info', 'gone.csv')).toEqual([1, expect.stringContaining('gone.csv')])
  })

  it('says how a table was understood, and what is wrong in it', async () => {
    const rows = ['25.11.2026;1.234,5;ja', '26.11.2026;-999;nein', '27.11.2026;2,5;ja', '28.11.2026;n/a;ja']
    await write('export.csv', `Messung 7\nTag;Druck;gut\n;hPa;\n${rows.join('\n')}\n`)
    const { stdout } = await kan('info', 'export.csv')
    await write('iris.csv', 'species,x\nsetosa,1\nSetosa,2\nvirginica,3\n')
    expect((await kan('info', 'iris.csv')).stdout).toContain(
      `'species' has values that differ by capitals only: 'setosa' and 'Setosa'; "fold" reads them as one.\n`,
    )
    expect(stdout).toContain('4 rows, 3 columns; read with format "text", delimiter ";", decimal ",", thousands "."')
    expect(stdout).toMatch(/Tag +date +0 +0 +4 +2026-11-25 +2026-11-28 +2026-11-26T12:00:00Z\n/)
    expect(stdout).toMatch(/Druck +number +hPa +0 +1 +3 +-999 +1234.5 /)
    expect(stdout).toContain("column 'Druck', line 7: 'n/a' is not a number; stops a training.\n")
    expect(stdout).toContain("'Druck' may mean missing by 'n/a' (1)")
    expect(stdout).toContain('The table begins in line 2: what stands above it is left out.\n')
  })
})

it('doctor names the engines and the machine', async () => {
  const { engines, machine } = lastLine((await kan('doctor', '--json')).stdout)
  const keys = ['name', 'available', 'reason', 'version', 'device', 'threads', 'isSoftware']
  expect(engines.map((engine: object) => Object.keys(engine).sort())).toEqual(engines.map(() => [...keys].sort()))
  expect(engines.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['wasm', 'reference']))
  expect(machine).toMatchObject({ cores: expect.any(Number), memory: expect.any(Number), node: process.versions.node })
  expect((await kan('doctor')).stdout).toContain('wasm')
})
