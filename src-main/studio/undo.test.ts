import { expect, test } from 'vitest'
import type { Edit } from '../../src-shared/kan/edits/edit'
import { UndoHistory } from './undo'

const rename = (name: string) => ({ edit: { type: 'rename', name } as Edit, description: name, beyond: {} })

/** An entry that holds a megabyte for each of its number. */
function heavy(megabytes: number) {
  const weights = new Float64Array(megabytes * 2 ** 17)
  const edit = { type: 'restore-parameters', parameters: [{ weights }] } as unknown as Edit
  return { edit, description: `${megabytes} MB`, beyond: {} }
}

/** What is undone one after the other, until there is nothing more. */
function wayBack(history: UndoHistory): string[] {
  const { undo } = history
  if (undo === null) return []
  history.undone({ edit: { type: 'rename', name: 'back' }, beyond: {} })
  return [undo.description, ...wayBack(history)]
}

test('a place in the history is recognised again, and a new change is a place of its own', () => {
  const history = new UndoHistory()
  history.push(rename('a'))
  const saved = history.place
  history.undone({ edit: { type: 'rename', name: 'back' }, beyond: {} })
  expect(history.place).not.toBe(saved)
  history.redone({ edit: { type: 'rename', name: 'again' }, beyond: {} })
  expect(history.place).toBe(saved)
  history.undone({ edit: { type: 'rename', name: 'back' }, beyond: {} })
  history.push(rename('b'))
  expect(history.place).not.toBe(saved)
  expect(history.redo).toBeNull()
})

test('at most 200 changes are kept, and their bottom is not the place where all began', () => {
  const history = new UndoHistory()
  const first = history.place
  for (let k = 0; k < 250; k++) history.push(rename(String(k)))
  const undone = wayBack(history)
  expect([undone[0], undone.at(-1)]).toEqual(['249', '50'])
  expect(history.place).not.toBe(first)
})

test('changes that hold many numbers are forgotten sooner, but never the newest', () => {
  const history = new UndoHistory()
  history.push(rename('a'))
  for (let k = 0; k < 5; k++) history.push(heavy(100))
  expect(wayBack(history)).toEqual(['100 MB', '100 MB'])
  history.push(heavy(300))
  expect(history.undo?.description).toBe('300 MB')
})

test('the whole history can be seen, and the way to each place of it is known', () => {
  const history = new UndoHistory()
  for (const name of ['a', 'b', 'c']) history.push(rename(name))
  history.undone({ edit: rename('c').edit, beyond: {} })
  history.undone({ edit: rename('b').edit, beyond: {} })
  expect(history.view).toEqual({
    bottom: { place: 0, trained: 0 },
    steps: [
      { place: 1, description: 'a', trained: 0 },
      { place: 2, description: 'b', trained: 0 },
      { place: 3, description: 'c', trained: 0 },
    ],
    place: 1,
    step: 0,
  })
  expect([0, 1, 2, 3, 4].map((place) => history.wayTo(place))).toEqual([-1, 0, 1, 2, null])
  history.push(rename('d'))
  expect(history.view.steps.map(({ description }) => description)).toEqual(['a', 'd'])
  expect(history.wayTo(3), 'what could be made again is gone').toBe(null)
})

test('the beginning is no place any more once the oldest change was forgotten', () => {
  const history = new UndoHistory()
  for (let i = 0; i < 201; i++) history.push(rename(`${i}`))
  expect(history.view).toMatchObject({ bottom: { place: 1 }, place: 201 })
  expect(history.wayTo(0)).toBe(null)
  expect(history.wayTo(1)).toBe(-200)
})

test('training is told where the network stood meanwhile, and undo does not take it back', () => {
  const history = new UndoHistory(1000)
  const trained = () => [history.view.bottom.trained, ...history.view.steps.map((step) => step.trained)]
  history.trainedTo(1240)
  history.push(rename('a'))
  history.trainedTo(1250)
  history.push({ ...rename('reset'), beyond: { run: null } })
  history.countsFrom(0)
  history.trainedTo(30)
  expect(trained()).toEqual([240, 10, 30])
  history.undone(rename('back'))
  history.countsFrom(1250)
  history.trainedTo(1253)
  expect(trained(), 'after the reset that is taken back, too').toEqual([240, 13, 30])
  history.trainedTo(1248)
  expect(trained(), 'steps that were lost with their process').toEqual([240, 8, 30])
  expect(history.view.step).toBe(1248)
})

test('the pieces of a stroke are one step, which its first piece takes back', () => {
  const history = new UndoHistory()
  const piece = (name: string) => ({ ...rename(name), description: 'shape', stroke: 'one' })
  history.push(rename('a'))
  history.push(piece('before the stroke'))
  const saved = history.place
  history.push(piece('amid the stroke'))
  expect(history.place, 'another state than the one that was saved').not.toBe(saved)
  expect(history.undo?.edit).toEqual({ type: 'rename', name: 'before the stroke' })
  expect(wayBack(history)).toEqual(['shape', 'a'])
})

test('a stroke that was undone is not gone on with, nor one after another change', () => {
  const history = new UndoHistory()
  const piece = () => ({ ...rename('x'), stroke: 'one' })
  history.push(piece())
  history.push(rename('between'))
  history.push(piece())
  expect(history.view.steps).toHaveLength(3)
  history.undone({ edit: rename('back').edit, beyond: {} })
  history.push(piece())
  expect(history.view.steps).toHaveLength(3)
})
