/** What is in a file, by the bytes that it begins with: text, or something else that has a name. */

export type Kind = { readonly type: 'text' | 'zip' | 'parquet' } | { readonly type: 'refused'; readonly reason: string }

const seems = (what: string) => `it seems to be ${what}`
const packed = (what: string) => `it is packed (${what}): unpack it first`
const convert = (what: string) => `it is ${what}: save it as .xlsx or as CSV`

/** First bytes, a character each. */
const SIGNATURES: readonly (readonly [begin: string, reason: string])[] = [
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', convert('an old workbook (.xls), or one with a password')],
  ['\x1f\x8b', packed('gzip')],
  ['BZh91AY&SY', packed('bzip2')],
  ['\xfd7zXZ\x00', packed('xz')],
  ['7z\xbc\xaf\x27\x1c', packed('7z')],
  ['\x28\xb5\x2f\xfd', packed('zstd')],
  ['Rar!\x1a\x07', packed('rar')],
  ['%PDF-', seems('a PDF document')],
  ['{\\rtf', seems('an RTF document')],
  ['\x89PNG', seems('an image (PNG)')],
  ['\xff\xd8\xff', seems('an image (JPEG)')],
  ['GIF89a', seems('an image (GIF)')],
  ['II*\x00', seems('an image (TIFF)')],
  ['MM\x00*', seems('an image (TIFF)')],
  ['\x89HDF', seems('an HDF5 file')],
  ['CDF\x01', seems('a netCDF file')],
  ['CDF\x02', seems('a netCDF file')],
  ['\x93NUMPY', seems('a NumPy array')],
  ['MATLAB 5.0 MAT-file', seems('a MATLAB file')],
  ['ARROW1\x00', seems('an Arrow or Feather file: save it as Parquet')],
  ['Obj\x01', seems('an Avro file')],
  ['SQLite format 3\x00', seems('a database (SQLite)')],
  ['\x7fELF', seems('a program')],
  ['MZ\x90\x00', seems('a program')],
]

/** Bytes between the tab and the space that text has hardly ever; more of them than this share is no text. */
const CONTROL_SHARE = 0.02

/** @param head the first bytes of the file */
export function kindOf(head: Uint8Array): Kind {
  const begin = Buffer.from(head.subarray(0, 64)).toString('latin1')
  if (begin.startsWith('PK\x03\x04')) return { type: 'zip' }
  // A column may be called PAR1.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells
  if (/^PAR1[\x00-\x08\x0e-\x1f\x80-\xff]/.test(begin)) return { type: 'parquet' }
  const signature = SIGNATURES.find(([bytes]) => begin.startsWith(bytes))
  if (signature !== undefined) return { type: 'refused', reason: signature[1] }
  if (isSafetensors(head)) return { type: 'refused', reason: seems('a network (.kan) or other tensors') }
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html|table)/i.test(begin)) {
    return { type: 'refused', reason: convert('a web page') }
  }
  return { type: 'text' }
}

/** Whether bytes without a NUL are still no text, whatever its encoding. */
export function isBinary(head: Uint8Array): boolean {
  let controls = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27) || byte === 127) controls++
  return controls > head.length * CONTROL_SHARE
}

/** Whether text begins with an object, or with an array of them. */
export function isJson(head: Uint8Array): boolean {
  const begin = Buffer.from(head.subarray(0, 1024)).toString('utf8')
  return /^\ufeff?\s*(\{\s*["}]|\[\s*[[{\]])/.test(begin)
}

/** Eight bytes with the length of the JSON that follows them. */
function isSafetensors(head: Uint8Array): boolean {
  if (head.length < 10 || head[8] !== 0x7b || head[9] !== 0x22) return false
  return [4, 5, 6, 7].every((place) => head[place] === 0)
}
