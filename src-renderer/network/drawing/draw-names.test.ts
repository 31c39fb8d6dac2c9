import { expect, test } from 'vitest'
import type { View } from '../place/geometry'
import { measure, networkOf, seenOf } from '../testing'
import { stripOf } from './draw-names'

const size = { width: 900, height: 600 }
const specification = networkOf([100, 100, 10])

function stripsAt(view: View) {
  const seen = seenOf(specification, size, view)
  const [pair] = seen.pairs
  if (pair?.type !== 'matrix') throw new Error('the first layer is no table')
  const strip = (of: 'rows' | 'columns') => stripOf({ seen, specification }, pair, of, measure)
  return { pair, rows: strip('rows'), columns: strip('columns') }
}

/** The view with a point of the fitted window in its middle. */
const at = (x: number, y: number, k: number): View => ({ k, x: size.width / 2 - x * k, y: size.height / 2 - y * k })

test('zoomed into a table, its rows and columns are named at the edges of what is in sight', () => {
  const { rows, columns, pair } = stripsAt(at(240, 300, 12))
  expect(rows?.from).toBe(0)
  expect(rows?.over).toBe(true)
  for (const { text, at: y } of rows?.names ?? []) {
    const row = Math.floor((y - pair.top) / pair.cellHeight)
    expect(text).toBe(`x${row + 1}`)
  }
  expect(rows?.names.length).toBeGreaterThan(5)
  expect(columns?.names.length).toBeGreaterThan(5)
  expect(columns?.names[0]?.text).toMatch(/^h/)
})

test('names never stand closer than a line: of many rows only every second, fifth, tenth is named', () => {
  const gaps = [1.5, 2, 3, 5, 9].map((k) => {
    const names = stripsAt(at(240, 300, k)).rows?.names ?? []
    return (names[1]?.at ?? 0) - (names[0]?.at ?? 0)
  })
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(13)
})

test('no name lies below the headers', () => {
  for (const k of [2, 3, 7]) {
    for (const { at: y } of stripsAt(at(240, 300, k)).rows?.names ?? []) expect(y).toBeGreaterThan(62)
  }
})

test('while the whole network is shown no table is covered', () => {
  const { rows, columns } = stripsAt({ k: 1, x: 0, y: 0 })
  expect(rows?.over ?? false).toBe(false)
  expect(columns?.over ?? false).toBe(false)
})
