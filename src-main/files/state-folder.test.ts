import { expect, test } from 'vitest'
import { stateFolder } from './state-folder'

test('state goes where it was asked for, else where the system keeps such things', () => {
  expect(stateFolder({ KAN_STUDIO_STATE: '/a', XDG_STATE_HOME: '/x' })).toBe('/a')
  expect(stateFolder({ XDG_STATE_HOME: '/x' }, 'linux')).toBe('/x/kan-studio')
  expect(stateFolder({}, 'linux')).toMatch(/\.local\/state\/kan-studio$/)
  expect(stateFolder({}, 'darwin')).toMatch(/Application Support\/kan-studio$/)
  expect(stateFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/kan-studio')
})
