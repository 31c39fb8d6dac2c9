/** TensorFlow is installed and removed from the engine's menu; what would need a net is played by programs of the test. */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from '../doors/door'
import type { Studio } from '../doors/studio'
import { test as base, expect } from '../doors/test'

const test = base.extend({
  // Its programs are those of the test's folder alone.
  place: async ({ place }, use) => {
    const programs = join(place.folder, '.programs')
    await mkdir(programs)
    const environment = { KAN_STUDIO_LIBRARIES: join(place.folder, '.libraries'), PATH: programs, CXX: 'no-compiler' }
    await use({ ...place, environment, flags: ['--allow-install'] })
  },
})

async function program(place: Place, name: string, script: string): Promise<void> {
  const path = join(place.folder, '.programs', name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
}

/** A folder as an installation leaves it. */
async function putLibrary(place: Place): Promise<void> {
  const folder = join(place.folder, '.libraries', 'tensorflow')
  await mkdir(join(folder, 'tensorflow'), { recursive: true })
  await writeFile(join(folder, 'tfjs_binding.node'), '')
  await writeFile(join(folder, 'installed.json'), '{"version":"2.21.0","gpu":false,"build":2}')
}

async function openDialog(studio: Studio, item: string) {
  await studio.button(/^WASM( ·|$)/).click()
  await studio.page.getByRole('menuitem', { name: item }).click()
  return studio.page.getByRole('dialog', { name: 'TensorFlow' })
}

test('a missing compiler is named, and an installation is followed and stopped', async ({ studio, place }) => {
  const dialog = await openDialog(studio, 'Install TensorFlow…')
  await dialog.getByRole('button', { name: 'Install' }).click()
  await expect(dialog.getByRole('alert')).toContainText('There is no C++ compiler here')

  await program(place, 'c++', 'true')
  await symlink('/bin/sleep', join(place.folder, '.programs', 'sleep'))
  // Asked for its version it answers, asked where TensorFlow is it does not.
  await program(place, 'pip3', 'case "$1" in --version) ;; *) exec sleep 600 ;; esac')
  await dialog.getByRole('button', { name: 'Install' }).click()
  await expect(dialog).toContainText('Ask pip where TensorFlow is…')
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await expect(dialog.getByRole('button', { name: 'Install' })).toBeVisible()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

test('the engine is in the menu as soon as it is installed, and gone as soon as it is removed', async ({
  studio,
  place,
}) => {
  const { page } = studio
  const engine = page.getByRole('menuitemcheckbox', { name: /^TensorFlow/ })
  const dialog = await openDialog(studio, 'Install TensorFlow…')
  await putLibrary(place)
  await dialog.getByRole('button', { name: 'Install' }).click()
  await expect(dialog).toContainText('Version 2.21.0 is installed')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await studio.button(/^WASM( ·|$)/).click()
  await expect(engine).toBeEnabled()
  await engine.click()
  await studio.button(/^TensorFlow( ·|$)/).click()
  await page.getByRole('menuitem', { name: 'Remove TensorFlow…' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(dialog.getByRole('button', { name: 'Install' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  // What was chosen is gone: the chip says so, and another is chosen there.
  await studio.button('TensorFlow · not there').click()
  await expect(engine).toBeDisabled()
  await page.getByRole('menuitemcheckbox', { name: /^WASM/ }).click()
  await studio.trainPast(10)
})
