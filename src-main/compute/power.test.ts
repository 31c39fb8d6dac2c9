import { expect, it } from 'vitest'
import { linuxPower, macPower, powerState, windowsPower } from './power'

const BATTERY = { type: 'Battery', status: 'Discharging', capacity: '81' }

it('reads what Linux tells of plugs, batteries and governors', () => {
  const mains = { type: 'Mains', online: '1' }
  expect(linuxPower([BATTERY, mains], ['performance', 'performance'])).toEqual({
    power: 'mains',
    'power mode': 'performance',
  })
  expect(linuxPower([{ ...mains, online: '0' }, BATTERY], ['powersave', 'schedutil'])).toEqual({
    power: 'battery, 81 % charged',
    'power mode': 'powersave, schedutil',
  })
  expect(linuxPower([{ ...BATTERY, status: 'Full' }], [])).toEqual({ power: 'mains' })
  // A server, a virtual machine, and the mouse of one.
  expect(linuxPower([], [])).toEqual({})
  expect(linuxPower([{ ...BATTERY, scope: 'Device' }], [])).toEqual({})
  expect(linuxPower([{ ...BATTERY, status: 'Unknown' }], [])).toEqual({})
})

it('reads what macOS tells', () => {
  const batt = (source: string) =>
    `Now drawing from '${source}'\n -InternalBattery-0 (id=4653155)\t57%; discharging; 4:10 remaining present: true\n`
  const settings = (mode: number) =>
    `System-wide power settings:\nCurrently in use:\n standby 1\n lowpowermode         ${mode}\n`
  expect(macPower(batt('AC Power'), settings(0))).toEqual({ power: 'mains', 'power mode': 'automatic' })
  expect(macPower(batt('Battery Power'), settings(1))).toEqual({
    power: 'battery, 57 % charged',
    'power mode': 'low',
  })
  expect(macPower("Now drawing from 'AC Power'\n", ' powermode 2\n')).toEqual({ power: 'mains', 'power mode': 'high' })
  expect(macPower('', '')).toEqual({})
})

it('reads what Windows tells, in any language', () => {
  const scheme = (words: string, name: string) => `${words}: 381b4222-f694-41f0-9685-ff5b260df2e2  (${name})\r\n`
  expect(windowsPower(scheme('Power Scheme GUID', 'Balanced'))).toEqual({ 'power mode': 'Balanced' })
  expect(windowsPower(scheme('GUID des Energieschemas', 'Höchstleistung (neu)'))).toEqual({
    'power mode': 'Höchstleistung (neu)',
  })
  expect(windowsPower("'powercfg' is not recognized")).toEqual({})
})

it('leaves out what a system without such files and commands does not tell', async () => {
  for (const platform of ['aix', 'darwin', 'win32'] as const) {
    if (platform !== process.platform) expect(await powerState(platform)).toEqual({})
  }
  for (const text of Object.values(await powerState())) expect(text).toMatch(/\S/)
})
