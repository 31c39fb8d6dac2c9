import { expect, it } from 'vitest'
import { createPause } from './passing'

/** A pipe through which a piece passes with each turn of the event loop, `pieces` of them. */
function passing(pieces: number) {
  const pipe = { bytesRead: 0, writableLength: pieces }
  const pass = () => {
    if (pipe.writableLength === 0) return
    pipe.writableLength--
    pipe.bytesRead++
    setImmediate(pass)
  }
  setImmediate(pass)
  return pipe
}
const still = { bytesRead: 0, writableLength: 0 }

it('lasts until everything has gone out', async () => {
  const output = passing(7)
  await createPause(still, output)()
  expect(output.writableLength).toBe(0)
})

it('lasts while something comes in', async () => {
  const input = passing(7)
  await createPause(input, still)()
  expect(input.bytesRead).toBe(7)
})

it('is one turn of the event loop where nothing is under way', async () => {
  let turns = 0
  const count = () => {
    turns++
    if (turns < 10) setImmediate(count)
  }
  setImmediate(count)
  await createPause(still, still)()
  expect(turns).toBe(1)
})

it('ends though nobody reads at the other end', async () => {
  const output = { writableLength: 1 }
  await createPause(still, output)()
  expect(output.writableLength).toBe(1)
})
