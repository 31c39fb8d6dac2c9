import { expect, test } from 'vitest'
import { openerOf } from './browser'
import { stateFolder } from './state-folder'

test('each platform has its way to open an address', () => {
  const address = 'http://127.0.0.1:4590/?token=a'
  expect(openerOf('linux', address)).toEqual(['xdg-open', [address]])
  expect(openerOf('darwin', address)).toEqual(['open', [address]])
  expect(openerOf('win32', `${address}&b`)).toEqual(['cmd', ['/c', 'start', '""', `${address}^&b`]])
})

test('state goes where it was asked for, else where the system keeps such things', () => {
  expect(stateFolder({ KAN_STUDIO_STATE: '/a' })).toBe('/a')
  expect(stateFolder({ XDG_STATE_HOME: '/x' })).toBe('/x/kan-studio')
  expect(stateFolder({})).toMatch(/\.local\/state\/kan-studio$/)
})
