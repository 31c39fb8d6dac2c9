/** Models on disk: `.kan` files. */
import { readFile } from 'node:fs/promises'
import { decodeStart, encodeModel } from '../../src-shared/kan/file/file'
import { formatBytes } from '../../src-shared/kan/memory'
import { type Model, parameterCount } from '../../src-shared/kan/parameters'
import { UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from './atomic'
import { fileError } from './errors'

/** Node reads no larger file at once. */
const LARGEST_FILE = 2 ** 31 - 1

/**
 * The model in a `.kan` file; a design without tensors is initialised from its seed.
 *
 * @throws UserError naming the path and what is wrong with the file
 */
export async function readModel(path: string): Promise<Model> {
  return (await readStart(path)).model
}

/** As {@link readModel}, and whether the file is a design alone, so that the numbers come from its seed. */
export async function readStart(path: string): Promise<{ readonly model: Model; readonly isFresh: boolean }> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, 'read', path)
  })
  return decodeStart(bytes, path)
}

/**
 * Writes a `.kan` file, whole or not at all; the version before stays as `name.kan.bak` unless `backup` is false.
 *
 * @throws UserError naming the path; then the version before is intact
 */
export async function writeModel(
  path: string,
  model: Model,
  { backup = true }: { readonly backup?: boolean } = {},
): Promise<void> {
  const size = 8 * parameterCount(model.specification)
  if (size > LARGEST_FILE) {
    throw new UserError(
      `Cannot save ${path}: its ${formatBytes(size)} of parameters are more than the ${formatBytes(LARGEST_FILE)} ` +
        'that a file may have to be read again.',
    )
  }
  await writeFileAtomic(path, encodeModel(model), { backup })
}
