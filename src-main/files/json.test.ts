import { describe, expect, it } from 'vitest'
import { parseJson } from './json'

describe('JSON written by hand', () => {
  it.each([
    ['x,y\n1,2\n', 1, 1],
    ['{\n  "model": NaN\n}', 2, 12],
    ['{"model": \n "a.kan",,}', 2, 10],
    ['{"a": 1 "b": 2}', 1, 9],
    ["{'a': 1}", 1, 2],
    ['{"a": 1,\n}', 2, 1],
    ['{"a": [1,\n2', 2, 2],
    ['{"a": 1}\n}', 2, 1],
    ['', 1, 1],
  ])('%j is told to break off at line %i, column %i', (text, line, column) => {
    const sentence = `job.json is not JSON: it breaks off at line ${line}, column ${column}.`
    expect(() => parseJson(text, 'job.json')).toThrow(sentence)
  })

  it('may begin with the mark that some editors put there', () => {
    expect(parseJson('\uFEFF{"a": 1}', 'job.json')).toEqual({ a: 1 })
  })
})
