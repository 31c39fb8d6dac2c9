import { expect, test } from 'vitest'
import { launchOf } from './launch'

const surroundings = { cwd: '/project', home: '/home/me', env: {}, packaged: false }

test('a terminal gives its folder, a double click gets one of its own', () => {
  expect(launchOf(['electron', '.'], surroundings)).toEqual({ folder: '/project', file: null })
  expect(launchOf(['KAN Studio'], { ...surroundings, packaged: true }).folder).toBe('/home/me/KAN Studio')
})

test('a folder may be named by a flag, else by the environment', () => {
  const env = { KAN_STUDIO_FOLDER: '/named' }
  expect(launchOf(['electron', '.'], { ...surroundings, env }).folder).toBe('/named')
  expect(launchOf(['electron', '.', '--folder=sub'], { ...surroundings, env }).folder).toBe('/project/sub')
})

test('the model to open is found among switches, relative to where the command was given', () => {
  expect(launchOf(['electron', '--no-sandbox', '.', 'a.kan'], surroundings).file).toBe('/project/a.kan')
  expect(launchOf(['electron', '.', '/b/C.KAN', '--flag.kan'], surroundings).file).toBe('/b/C.KAN')
})
