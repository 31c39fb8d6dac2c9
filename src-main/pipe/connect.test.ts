import { PassThrough, Transform } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src-shared/user-error'
import { connect } from './connect'

interface Calls {
  echo(value: unknown): Promise<unknown>
  fail(kind: 'user' | 'bug'): Promise<void>
}

interface Events {
  told(value: unknown): void
}

/** A pair of pipes that cut what they carry into pieces of this many bytes. */
function pair(pieces: number) {
  const cutter = () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        for (let at = 0; at < chunk.length; at += pieces) this.push(chunk.subarray(at, at + pieces))
        done()
      },
    })
  const [there, back] = [new PassThrough(), new PassThrough()]
  const told: unknown[] = []
  const server = connect<Events, Calls>(
    { input: there.pipe(cutter()), output: back },
    {
      echo: async (value) => value,
      fail: async (kind) => {
        if (kind === 'user') throw new UserError('There is no file x.csv.', { exitCode: 2 })
        throw new TypeError('x is undefined')
      },
    },
    ['told'],
  )
  const client = connect<Calls, Events>(
    { input: back.pipe(cutter()), output: there },
    { told: (value) => told.push(value) },
    [],
  )
  return { server, client, told }
}

describe('the pipe', () => {
  it.each([1, 7, 1000, 65_536])('carries typed arrays and all else unchanged in pieces of %i bytes', async (pieces) => {
    const { client } = pair(pieces)
    const value = {
      doubles: Float64Array.of(0.1, Number.NaN, -0, Number.POSITIVE_INFINITY, 1e308),
      singles: Float32Array.of(1.5),
      counts: Uint32Array.of(1, 2 ** 32 - 1),
      bytes: Uint8Array.of(1, 2),
      nothing: null,
      absent: undefined,
      nested: [[{ type: 'spline', order: 3 }], 'ü 温', 2 ** 40, true],
    }
    expect(await client.echo(value)).toEqual(value)
    expect(await client.echo(value.doubles)).toBeInstanceOf(Float64Array)
  })

  it('carries a network of megabytes', async () => {
    const { client } = pair(65_536)
    const weights = Float64Array.from({ length: 1_000_000 }, (_, k) => Math.sin(k))
    const back = (await client.echo({ weights })) as { weights: Float64Array }
    expect(back.weights).toEqual(weights)
  })

  it('keeps what an error says to the person, and the stack of a bug', async () => {
    const { client } = pair(100)
    const user = await client.fail('user').catch((error) => error)
    expect(user).toBeInstanceOf(UserError)
    expect(user).toMatchObject({ name: 'UserError', message: 'There is no file x.csv.', exitCode: 2 })
    const bug = await client.fail('bug').catch((error) => error)
    expect(bug).toMatchObject({ name: 'TypeError', message: 'x is undefined' })
    expect(bug.stack).toContain('connect.test.ts')
  })

  it('keeps the order of calls, answers and events', async () => {
    const { client, server, told } = pair(13)
    const answers = await Promise.all(Array.from({ length: 50 }, (_, k) => client.echo(k)))
    expect(answers).toEqual(Array.from({ length: 50 }, (_, k) => k))
    for (let k = 0; k < 50; k++) server.told(k)
    await client.echo(0)
    await expect.poll(() => told.length).toBe(50)
    expect(told).toEqual(Array.from({ length: 50 }, (_, k) => k))
  })
})
