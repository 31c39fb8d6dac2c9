import { expect, test } from 'vitest'
import { isPage } from './page'

test.each([
  ['kan-studio://app/', 'kan-studio://app/'],
  ['kan-studio://app/index.html#a', 'kan-studio://app/'],
  ['http://localhost:5173/app/main.tsx', 'http://localhost:5173'],
])('%s is the page %s', (address, page) => {
  expect(isPage(address, page)).toBe(true)
})

test.each([
  ['kan-studio://app.evil.example/', 'kan-studio://app/'],
  ['kan-studio://other/', 'kan-studio://app/'],
  ['https://app/', 'kan-studio://app/'],
  ['http://localhost:51730/', 'http://localhost:5173'],
  ['http://localhost:5173@evil.example/', 'http://localhost:5173'],
  ['about:blank', 'kan-studio://app/'],
  ['data:text/html,x', 'kan-studio://app/'],
  ['', 'kan-studio://app/'],
])('%s is not the page %s', (address, page) => {
  expect(isPage(address, page)).toBe(false)
})
