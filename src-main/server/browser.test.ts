import { expect, test } from 'vitest'
import { openerOf } from './browser'

test('each platform has its way to open an address', () => {
  const address = 'http://127.0.0.1:4590/?token=a'
  expect(openerOf('linux', address)).toEqual(['xdg-open', [address]])
  expect(openerOf('darwin', address)).toEqual(['open', [address]])
  expect(openerOf('win32', `${address}&b`)).toEqual(['cmd', ['/c', 'start', '""', `${address}^&b`]])
})
