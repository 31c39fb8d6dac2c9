/** Models on disk: `.kan` files. */
import { readFile } from 'node:fs/promises'
import { decodeModel, encodeModel } from '../../src-shared/kan/file'
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
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, 'read', path)
  })
  return decodeModel(bytes, path)
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
