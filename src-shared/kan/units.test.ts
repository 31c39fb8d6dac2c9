import { expect, test } from 'vitest'
import { unitOf, withUnit } from './units'

test('the unit of a column is what its head or its cells say, but hundredths have none', () => {
  expect(unitOf({ headUnit: '°C' })).toBe('°C')
  expect(unitOf({ unit: 'kg' })).toBe('kg')
  expect(unitOf({ unit: '%' })).toBeNull()
  expect(unitOf({ unit: null, headUnit: '%' })).toBe('%')
  expect(unitOf({})).toBeNull()
})

test('a name says its unit once', () => {
  expect(withUnit('Height', 'm')).toBe('Height (m)')
  expect(withUnit('Temp (°C)', '°C')).toBe('Temp (°C)')
  expect(withUnit('Temp [ °C ] ', '°C')).toBe('Temp [ °C ] ')
  expect(withUnit('Yield (wet)', 'kg')).toBe('Yield (wet) (kg)')
  expect(withUnit('Height', null)).toBe('Height')
})
