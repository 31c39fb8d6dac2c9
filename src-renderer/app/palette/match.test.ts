import { expect, test } from 'vitest'
import { match } from './match'

const best = (query: string, ...texts: string[]) =>
  texts
    .flatMap((text) => {
      const found = match(query, text)
      return found ? [{ text, score: found.score }] : []
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ text }) => text)

test('the beginning of a text comes before the beginning of a word, and that before its middle', () => {
  expect(best('lay', 'Display', 'Remove layer', 'Layer 1')).toEqual(['Layer 1', 'Remove layer', 'Display'])
})

test('words are found in any order, and first letters by themselves', () => {
  expect(best('layer add', 'Add layer', 'Remove layer')).toEqual(['Add layer'])
  expect(best('sa', 'Open…', 'Select all', 'Save as…')).toEqual(['Save as…', 'Select all'])
  expect(best('owe', 'Network', 'One step')).toEqual([])
  expect(best('addl', 'Add layer', 'Add a layer')).toEqual(['Add layer', 'Add a layer'])
})

test('letters that stand anywhere in other words are no answer', () => {
  expect(best('train', 'Three rows in a line', 'Train the network')).toEqual(['Train the network'])
  expect(best('pru', 'Predict on a group', 'Prune edges')).toEqual(['Prune edges'])
  expect(best('prn', 'Prune nodes', 'Prune edges')).toEqual(['Prune nodes'])
})

test('case, accents and small figures do not matter', () => {
  expect(best('H2', 'h₂', 'h₁')).toEqual(['h₂'])
  expect(best('flache', 'Fläche (m²)')).toEqual(['Fläche (m²)'])
})

test('the letters that were found are told by their places', () => {
  expect([...(match('lay', 'Add layer')?.letters ?? [])]).toEqual([4, 5, 6])
  expect([...(match('al', 'Add layer')?.letters ?? [])]).toEqual([0, 4])
  expect([...(match('', 'Add layer')?.letters ?? [])]).toEqual([])
})
