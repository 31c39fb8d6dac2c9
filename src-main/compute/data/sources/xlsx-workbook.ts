/** Which sheets does a workbook have, and which of its styles show a number as a date? */
import { posix } from 'node:path'
import { UserError } from '../../../../src-shared/user-error'
import { isDateFormat } from './xlsx-dates'
import type { Package } from './xlsx-package'

export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904, not from 1900. */
  readonly from1904: boolean
  /** For each style of a cell, whether it shows a date. */
  readonly dateStyles: readonly boolean[]
  /** Texts that cells share, by their number. */
  readonly strings: readonly string[]
}

export interface Sheet {
  readonly name: string
  readonly part: string
  readonly hidden: boolean
}

/** Shared texts stand in memory, so there must not be more of them than that. */
const STRINGS_LIMIT = 1 << 30

/** @throws UserError where the zip is another kind of file */
export async function readWorkbook(opened: Package, name: string): Promise<Workbook> {
  const part = await workbookPart(opened, name)
  const relations = await relationsOf(opened, part)
  const sheets: Sheet[] = []
  let from1904 = false
  await opened.walk(part, {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      if (tag !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const relation = relations.find((candidate) => candidate.id === id)
      if (relation === undefined || !relation.type.endsWith('/worksheet')) return
      const hidden = (attributes.state ?? 'visible') !== 'visible'
      sheets.push({ name: attributes.name ?? '', part: relation.target, hidden })
    },
  })
  const find = (type: string) => relations.find((relation) => relation.type.endsWith(type))?.target
  const styles = find('/styles')
  const strings = find('/sharedStrings')
  return {
    sheets,
    from1904,
    dateStyles: styles !== undefined && opened.parts.has(styles) ? await readDateStyles(opened, styles) : [],
    strings: strings !== undefined && opened.parts.has(strings) ? await readStrings(opened, strings, name) : [],
  }
}

async function workbookPart(opened: Package, name: string): Promise<string> {
  if (opened.parts.has('content.xml') && opened.parts.has('mimetype')) {
    throw new UserError(`${name} is an OpenDocument file (.ods): save it as .xlsx or as CSV`)
  }
  const main = opened.parts.has('_rels/.rels')
    ? (await relationsOf(opened, '')).find(({ type }) => type.endsWith('/officeDocument'))?.target
    : undefined
  if (main === undefined) throw new UserError(`${name} is no table: it is packed (zip): unpack it first`)
  if (main.endsWith('.bin')) throw new UserError(`${name} is a binary workbook (.xlsb): save it as .xlsx or as CSV`)
  if (!main.startsWith('word/') && !main.startsWith('ppt/')) return main
  throw new UserError(`${name} is no table: it seems to be a document of a text or presentation program`)
}

interface Relation {
  readonly id: string
  readonly type: string
  /** A part of the package. */
  readonly target: string
}

/** @param part empty: the package's own relations */
async function relationsOf(opened: Package, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const relations: Relation[] = []
  await opened.walk(file, {
    open(tag, { Id = '', Type = '', Target = '', TargetMode }) {
      if (tag !== 'Relationship' || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      relations.push({ id: Id, type: Type, target })
    },
  })
  return relations
}

async function readDateStyles(opened: Package, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCells = false
  await opened.walk(part, {
    open(tag, attributes) {
      if (tag === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (tag === 'cellXfs') inCells = true
      else if (tag === 'xf' && inCells) formats.push(Number(attributes.numFmtId ?? 0))
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return formats.map((format) => isDateFormat(format, codes.get(format)))
}

async function readStrings(opened: Package, part: string, name: string): Promise<string[]> {
  const strings: string[] = []
  let length = 0
  let text = ''
  let taking = false
  let phonetic = false
  await opened.walk(part, {
    open(tag) {
      if (tag === 'si') text = ''
      else if (tag === 'rPh') phonetic = true
      else if (tag === 't') taking = !phonetic
    },
    close(tag) {
      if (tag === 't') taking = false
      else if (tag === 'rPh') phonetic = false
      else if (tag === 'si') strings.push(plainText(text))
    },
    text(part) {
      if (!taking) return
      text += part
      length += part.length
      if (length > STRINGS_LIMIT) throw new UserError(`${name} has too much text to be opened: save it as CSV`)
    },
  })
  return strings
}

/** Characters that XML cannot hold stand as `_x000D_`. A zero stays as it is, since it is no text. */
export function plainText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (written, code: string) => {
    const unit = Number.parseInt(code, 16)
    return unit === 0 ? written : String.fromCharCode(unit)
  })
}
