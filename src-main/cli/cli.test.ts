/** The command line as a whole: help, flags, `serve`, the launcher. */
import type { ChildProcess } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { inOwnFolder, waitFor } from './testing'

const { path, write, read, start, kan, refusal } = inOwnFolder()

describe('serve', () => {
  it('prints one line with its address and ends with Ctrl+C', async () => {
    const { child, ended } = start(['serve', '--no-open', '--port', '0'])
    const line = await new Promise<string>((resolve) => child.stdout?.once('data', (text) => resolve(String(text))))
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S+\n$/)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, stdout: line })
  })

  it('refuses a folder that is not there and a port that is none, with status 2', async () => {
    expect(await refusal('serve', '--no-open', '--folder', 'nowhere')).toEqual([2, expect.stringContaining('nowhere')])
    expect((await kan('serve', '--port', 'eighty')).code).toBe(2)
  })
})

describe('the command line', () => {
  it('explains itself and each command', async () => {
    const { code, stdout } = await kan('--help')
    expect(code).toBe(0)
    for (const command of ['serve', 'train', 'predict', 'check', 'info', 'bench', 'doctor']) {
      expect(stdout).toContain(command)
      const help = await kan(command, '--help')
      expect(help.code).toBe(0)
      for (const flag of ['--help', '--debug']) expect(help.stdout).toContain(flag)
    }
    expect(stdout).not.toContain('export')
  })

  it('ends with status 2 at wrong flags and commands', async () => {
    for (const args of [['bake'], ['export', 'm.kan', '--to', 'onnx']]) {
      expect(await refusal(...args)).toEqual([
        2,
        expect.stringContaining(`There is no command ${args[0]}: the commands are`),
      ])
    }
    expect((await kan('--fast')).code).toBe(2)
    expect((await kan('train')).code).toBe(2)
    expect((await kan('train', 'job.json', '--fast')).code).toBe(2)
    expect((await kan('doctor', '--jsno')).stderr).toContain('--json')
  })

  it('shows the stack of an error only when asked to', async () => {
    expect((await kan('train', 'nowhere.json')).stderr).not.toContain('    at ')
    expect((await kan('train', 'nowhere.json', '--debug')).stderr).toContain('    at ')
  })

  // A wrapper is another program to the launcher, as an old Node's pinned neighbour is.
  async function wrapper(): Promise<Record<string, string>> {
    await write('node.sh', `#!/bin/sh\necho $$ > pid\nexec '${process.execPath}' "$@"\n`)
    await chmod(path('node.sh'), 0o755)
    return { KAN_STUDIO_NODE: path('node.sh') }
  }
  const started = (child: ChildProcess) => new Promise((resolve) => child.stdout?.once('data', resolve))

  it('runs on another Node and passes signals in and the exit status out', async () => {
    const env = await wrapper()
    expect(await start(['train', 'nowhere.json'], env).ended).toMatchObject({ code: 1 })
    const { child, ended } = start(['serve', '--no-open', '--port', '0'], env)
    await started(child)
    child.kill('SIGINT')
    expect((await ended).code).toBe(130)
  })

  it('leaves nothing running when its launcher is killed', async () => {
    const { child } = start(['serve', '--no-open', '--port', '0'], await wrapper())
    await started(child)
    const pid = Number(await read('pid'))
    expect(alive(pid)).toBe(true)
    child.kill('SIGKILL')
    expect(await waitFor(async () => !alive(pid))).toBe(true)
  })
})

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
