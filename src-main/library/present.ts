/** Is TensorFlow's library on this machine already, as Python's package of the same version? Then none is loaded. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './programs'
import { TENSORFLOW_VERSION } from './sources'

/** Packages that hold the library for processors. */
const PACKAGES = ['tensorflow-cpu', 'tensorflow']
/** What of it the binding is compiled against. */
const NEEDED = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', join('include', 'tensorflow', 'c', 'c_api.h')]

/**
 * @param pip of the Python that a person uses
 * @returns the folder of the package; null where it is missing, of another version, or not on Linux: its files are called otherwise
 */
export async function presentLibrary(
  pip: string,
  at: { readonly signal: AbortSignal; readonly folder: string },
  platform: string = process.platform,
): Promise<string | null> {
  if (platform !== 'linux') return null
  const missing = 'There is no pip here.'
  const answer = await runProgram(pip, ['show', ...PACKAGES], { ...at, missing }).catch((error) => {
    // It fails where it knows neither.
    if (at.signal.aborted) throw error
    return ''
  })
  const folders = answer.split(/^---$/m).flatMap((about) => {
    const of = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(about)?.[1]?.trim()
    return of('Version') === TENSORFLOW_VERSION ? [join(of('Location') ?? '', 'tensorflow')] : []
  })
  return folders.find((folder) => NEEDED.every((file) => existsSync(join(folder, file)))) ?? null
}
