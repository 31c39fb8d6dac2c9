/** Which files a door may touch: the browser's only what lies inside the studio's folder, the desktop's whatever the person names. */
import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UserError } from '../../src-shared/user-error'

export interface Jail {
  /** The real path of a file or folder that exists. Relative paths start at the studio's folder. Throws UserError. */
  reading(path: string): Promise<string>
  /** The real path of a file that may be written; its folder exists. Throws UserError. */
  writing(path: string): Promise<string>
}

/**
 * Lets through only what really lies inside a folder, whatever `..` and symbolic links say.
 *
 * @param folder absolute and real (no symbolic link on the way)
 */
export function jailIn(folder: string): Jail {
  function refuse(path: string): never {
    throw new UserError(`${path} is outside the studio's folder ${folder}: only files inside it can be used here.`)
  }
  async function inside(path: string, shown: string): Promise<string> {
    // A name that already leads out by its letters is refused unseen, so that nothing is told of what is there.
    if (!isInside(folder, path)) refuse(shown)
    const real = await realpath(path).catch((error) => fail(shown, error))
    return isInside(folder, real) ? real : refuse(shown)
  }
  return {
    reading: (path) => inside(resolve(folder, path), path),
    async writing(path) {
      const wanted = resolve(folder, path)
      const target = join(await inside(dirname(wanted), path), basename(wanted))
      const there = await lstat(target).catch(() => null)
      return there === null ? target : inside(target, path)
    },
  }
}

/** Lets everything through: the desktop's person chose the file in a native dialog. */
export function freeIn(folder: string): Jail {
  return {
    async reading(path) {
      return realpath(resolve(folder, path)).catch((error) => fail(path, error))
    },
    async writing(path) {
      const wanted = resolve(folder, path)
      const parent = await realpath(dirname(wanted)).catch((error) => fail(dirname(wanted), error))
      return join(parent, basename(wanted))
    },
  }
}

/** Whether a path is a folder or lies in it, by letters alone. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function fail(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new UserError(`There is no ${path}.`, { cause: error })
  throw new UserError(`${path} cannot be used: ${code ?? String(error)}.`, { cause: error })
}
