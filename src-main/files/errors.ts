/** What the file system refuses, as one sentence for the person. */
import { UserError } from '../../src-shared/user-error'

/**
 * A fault of the file system as a UserError that names the path; anything else is passed through as it is.
 *
 * @param action what was tried: "read", "save"
 */
export function fileError(error: unknown, action: string, path: string): unknown {
  const reason = error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined
  return reason === undefined ? error : new UserError(`Cannot ${action} ${path}: ${reason}.`, { cause: error })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'a file of that name is in the way',
  EACCES: 'permission is denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the disk allows',
  EIO: 'the disk reports a fault',
  EBUSY: 'another program is using it',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links go in a circle',
  EMFILE: 'too many files are open',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
}
