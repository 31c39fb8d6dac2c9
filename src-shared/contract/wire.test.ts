import { expect, test } from 'vitest'
import { UserError } from '../user-error'
import { fromWire, toWire } from './wire'

test('a UserError crosses the wire with its sentence and exit code', () => {
  const { e } = fromWire(structuredClone(toWire({ e: new UserError('the table has 2 inputs', { exitCode: 2 }) })))
  expect(e).toBeInstanceOf(UserError)
  expect(e).toMatchObject({ message: 'the table has 2 inputs', exitCode: 2 })
})

test('a bug crosses the wire with its name and stack', () => {
  const bug = new RangeError('no layer 3')
  const { e } = fromWire(structuredClone(toWire({ e: bug })))
  expect(e).toMatchObject({ name: 'RangeError', message: 'no layer 3', stack: bug.stack })
})

test('messages without an error pass untouched', () => {
  const message: { r: Float64Array; e?: unknown } = { r: new Float64Array([1, 2]) }
  expect(fromWire(toWire(message))).toBe(message)
})
