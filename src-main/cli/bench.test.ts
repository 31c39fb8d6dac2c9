/** `bench` as others use it: that it measures, writes and ends well, never how fast. */
import { describe, expect, it } from 'vitest'
import { inOwnFolder } from './testing'

const { kan, start, read, refusal } = inOwnFolder()

const SMALL = ['--batch-size', '10', '--inp-size', '2', '--hid-size', '3', '--reps', '2']

describe('bench', () => {
  it('measures every method and writes what it found as CSV, Markdown and a page, machine and versions beside it', async () => {
    const files = ['--csv', 'a.csv', '--markdown', 'a.md', '--html', 'a.html']
    const { code, stdout } = await kan('bench', ...SMALL, ...files)
    expect(code).toBe(0)
    const names = stdout.split('\n').map((line) => line.split(' ')[0])
    const rows = ['spline', 'rbf', 'chebyshev'].flatMap((method) => [`${method}-wasm`, `${method}-wasm+l1`])
    expect(names).toEqual(['method', ...rows, 'mlp-wasm', ''])

    const [, ...table] = (await read('a.csv')).trimEnd().split('\n')
    const cells = table.map((line) => line.split(','))
    expect(cells.map(([name]) => name)).toEqual([...rows, 'mlp-wasm'])
    // [2, 3, 1]: 9 edges of n + 2 numbers, 4 biases; 5 inputs of 8 widths; a perceptron of 30 hidden units.
    expect(cells.map((row) => row.slice(5, 7).map(Number))).toEqual([
      ...[0, 1].map(() => [94, 94]),
      ...[0, 1].map(() => [134, 94]),
      ...[0, 1].map(() => [112, 112]),
      [121, 121],
    ])
    // The last is a device's memory.
    for (const row of cells) for (const cell of row.slice(1, -1)) expect(cell).toMatch(/^-?\d/)
    for (const [, forward, , forwardPeak, backwardPeak] of cells) {
      expect(Number(forward)).toBeGreaterThan(0)
      expect(Number(forwardPeak)).toBeGreaterThan(0)
      expect(Number(backwardPeak)).toBeGreaterThanOrEqual(Number(forwardPeak))
    }
    const beside = JSON.parse(await read('a.csv.json'))
    expect(beside.machine.processor).toEqual(expect.any(String))
    expect(beside.versions).toMatchObject({ Node: process.versions.node, 'engine wasm': expect.any(String) })
    if (beside.versions.commit !== undefined) expect(beside.versions.commit).toMatch(/^[0-9a-f]{12}(, changed since)?$/)
    expect(await read('a.md')).toContain('| mlp-wasm')
    expect(await read('a.html')).toContain('mlp-wasm')
  })

  it('measures one method on one engine', async () => {
    const { stdout } = await kan('bench', ...SMALL, '--method', 'rbf', '--engine', 'reference')
    expect(stdout).toMatch(/^method .*\nrbf-reference .*\nrbf-reference\+l1 .*\n$/)
  })

  it('keeps what it measured, lists it, writes it as other files later, and compares two', async () => {
    const peer = `peer=echo '{"forward": 1, "backward": [2, 3], "step": 4}'`
    const { code, stdout } = await kan('bench', ...SMALL, '--method', 'spline', '--peer', peer, '--json', 'a.json')
    expect([code, stdout.split('\n').map((line) => line.split(' ')[0])]).toEqual([
      0,
      ['method', 'spline-wasm', 'spline-wasm+l1', 'peer', ''],
    ])
    const list = await kan('bench', '--list')
    const [id = ''] = list.stdout.split('  ')
    expect(list.stdout).toMatch(/^\d{4}-\d\d-\d\d-\d{6}-Benchmark +Benchmark .* 3 rows\n$/)
    expect((await kan('bench', '--report', id, '--html', 'a.html', '--svg', 'a.svg', '--samples', 'a.csv')).code).toBe(
      0,
    )
    expect(await read('a.html')).toContain('spline-wasm+l1')
    expect(await read('a.svg')).toMatch(/^<svg [^>]*xmlns=/)
    // Two rows of two repetitions; the peer is asked twice and tells as many of one as it likes.
    expect((await read('a.csv')).trimEnd().split('\n')).toHaveLength(1 + 2 * 2 + 2)
    const compared = await kan('bench', '--compare', id, 'a.json', '--html', 'b.html')
    expect(compared.stdout).toContain('| spline-wasm+l1 |')
    expect(await read('b.html')).toContain('Mann–Whitney')
    expect(await refusal('bench', '--compare', id)).toEqual([2, expect.stringContaining('two reports')])
    expect(await refusal('bench', '--report', 'nothing')).toEqual([
      1,
      expect.stringContaining('benchmarks/nothing.json'),
    ])
  })

  it('measures the other rows where one fails, and says so with status 1', async () => {
    const peers = ['--peer', 'gone=no-such-program-at-all']
    const { code, stdout, stderr } = await kan('bench', ...SMALL, '--method', 'mlp', ...peers)
    expect([code, stdout.split('\n')[1]?.split(' ')[0]]).toEqual([1, 'mlp-wasm'])
    expect(stderr).toMatch(/^gone: The peer gone could not be measured: its program was not found/)
  })

  it('ends with Ctrl+C and keeps the rows that are done', async () => {
    const rows = ['--batch-size', '64', '--hid-size', '20', '--reps', '1000000', '--method', 'spline']
    const { child, ended } = start(['bench', ...rows, '--csv', 'a.csv'])
    child.stdout?.once('data', () => child.kill('SIGINT'))
    const { code, stderr } = await ended
    expect(code).toBe(130)
    expect(stderr).toBe('Stopped after 0 of 2 rows.\n')
    expect(await read('a.csv')).toMatch(/^method,[^\n]*\n$/)
  })

  it('refuses flags that cannot be, in one sentence with status 2', async () => {
    for (const [flag, value, reason] of [
      ['--batch-size', '0', 'A whole number from 1'],
      ['--reps', '0', 'A whole number from 1'],
      ['--peer', 'nameless', 'A name and a command'],
      ['--inp-size', '1', 'A whole number from 2'],
      ['--reps', '2.5', 'A whole number'],
      ['--method', 'fourier', 'Allowed choices are all, spline, rbf, chebyshev, mlp'],
      ['--engine', 'abacus', 'must be auto, wasm'],
      ['--csv', 'nowhere/a.csv', 'there is no folder'],
      ['--hid-size', '1000000', 'make its layers narrower'],
      ['--batch-size', '10000000', 'use a smaller batch size'],
    ] as const) {
      expect(await refusal('bench', flag, value)).toEqual([2, expect.stringContaining(reason)])
    }
    expect(await refusal('bench', '--method', 'mlp', '--engine', 'reference')).toEqual([
      2,
      expect.stringContaining('perceptron'),
    ])
    expect(await refusal('bench', '--csv', 'a', '--html', './a')).toEqual([2, expect.stringContaining('the same file')])
  })
})
