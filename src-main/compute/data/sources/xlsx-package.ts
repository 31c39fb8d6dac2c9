/** What is in the zip that a workbook is: its parts, each read as XML in bounded memory. */
import { SaxesParser } from 'saxes'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { UserError } from '../../../../src-shared/user-error'

export interface Package {
  /** Paths of all parts, without a slash in front. */
  readonly parts: ReadonlySet<string>
  /** Bytes of a part, unpacked; 0 of none. */
  sizeOf(part: string): number
  /** Walks the XML of a part. @throws UserError where it is damaged, or unpacks to more than a workbook can need */
  walk(part: string, visit: Visitor): Promise<void>
}

/** Names come without their namespace's prefix. A visitor that returns false has seen enough. */
interface Visitor {
  open(name: string, attributes: Readonly<Record<string, string>>): boolean | undefined
  close?(name: string): void
  text?(text: string): void
  /** Time to write what was gathered. */
  pause?(): Promise<void>
}

/** Parts that unpack to more than this must not be packed more tightly than `RATIO`, as bombs are. */
const SUSPECT_SIZE = 64 << 20
const RATIO = 400

/** Opens a zip for as long as `use` runs. */
export async function withPackage<T>(file: string, name: string, use: (opened: Package) => Promise<T>): Promise<T> {
  const damaged = (cause: unknown) =>
    new UserError(`${name} is damaged or cut off: it begins as a workbook or zip file, but cannot be read to its end`, {
      cause,
    })
  const zip = await openPromise(file, { autoClose: false, strictFileNames: false }).catch((cause) => {
    throw damaged(cause)
  })
  try {
    const entries = new Map<string, Entry>()
    try {
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName.replace(/^\//, ''), entry)
    } catch (cause) {
      throw damaged(cause)
    }
    return await use({
      parts: new Set(entries.keys()),
      sizeOf: (part) => entries.get(part)?.uncompressedSize ?? 0,
      async walk(part, visit) {
        const entry = entries.get(part)
        if (entry === undefined) throw damaged(new Error(`${part} is missing`))
        refuseBomb(entry, name)
        await walkXml(zip, entry, visit, damaged)
      },
    })
  } finally {
    zip.close()
  }
}

function refuseBomb({ uncompressedSize, compressedSize, fileName }: Entry, name: string): void {
  if (uncompressedSize < SUSPECT_SIZE || uncompressedSize < RATIO * compressedSize) return
  const size = `${Math.ceil(uncompressedSize / 2 ** 20)} MB`
  throw new UserError(`${name} is not opened: its part ${fileName} is packed as no workbook is, and unpacks to ${size}`)
}

async function walkXml(zip: ZipFile, entry: Entry, visit: Visitor, damaged: (cause: unknown) => Error): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let enough = false
  parser.on('error', (error) => {
    throw damaged(error)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (!enough) enough = visit.open(localName(name), attributes) === false
  })
  parser.on('closetag', ({ name }) => {
    if (!enough) visit.close?.(localName(name))
  })
  parser.on('text', (text) => {
    if (!enough) visit.text?.(text)
  })
  const decoder = new TextDecoder()
  const stream = await zip.openReadStreamPromise(entry).catch((cause) => {
    throw damaged(cause)
  })
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  try {
    while (!enough) {
      const { done, value } = await chunks.next().catch((cause: unknown) => {
        throw damaged(cause)
      })
      if (done === true) {
        parser.close()
        return
      }
      parser.write(decoder.decode(value, { stream: true }))
      await visit.pause?.()
    }
  } finally {
    stream.destroy()
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
