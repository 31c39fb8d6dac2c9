/** How may a sound file be damaged? The same seed damages it in the same way. */
import { inflateRawSync } from 'node:zlib'
import { random } from '../../src-shared/numerics/random'
import { zipOf } from '../compute/data/sources/testing'
import { decoderOf } from '../compute/data/sources/text'
import { utf32In } from '../compute/data/sources/utf-32'

/** Picks by chance. */
interface Chance {
  /** A whole number from 0 to below `n`. */
  below(n: number): number
  one<T>(choices: readonly [T, ...T[]]): T
}

type Mutation<T> = (content: T, chance: Chance) => T

/** What is read of a text at a time. */
const CHUNK = 1 << 20
/** A file longer than this is slow to read for being long, which is no fault. */
const LONGEST = 4 << 20

/** The bytes of a file of the corpus with a few things wrong in them; one in ten also loses its end. */
export function mutated(bytes: Uint8Array, seed: number): Uint8Array {
  const next = random(seed, 'files')
  const below = (n: number) => Math.floor(next() * n)
  const chance: Chance = { below, one: (choices) => choices[below(choices.length)] ?? choices[0] }
  let result: Buffer = Buffer.from(bytes)
  const times = 1 + below(chance.one([1, 1, 4, 12]))
  for (let k = 0; k < times; k++) result = chance.one(kindsFor(result))(result, chance)
  if (below(10) === 0) result = result.subarray(0, below(result.length + 1))
  return result.subarray(0, LONGEST)
}

function kindsFor(bytes: Buffer): readonly [Mutation<Buffer>, ...Mutation<Buffer>[]] {
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return [inZip, inZip, inZip, inZip, inBytes]
  if (headerEnd(bytes) !== null) return [inHeader, inHeader, inHeader, inHeader, inHeaderLength, inBytes]
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') return [inBytes]
  return [inText, inText, inText, inBytes]
}

const inBytes: Mutation<Buffer> = (bytes, chance) => {
  const at = chance.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + chance.one([1, 1, 2, 8, 64, 1000]))
  const between = chance.one<() => Uint8Array>([
    () => bytes.subarray(at, to).map((byte) => byte ^ (1 << chance.below(8))),
    () => new Uint8Array(),
    () => new Uint8Array(to - at).fill(chance.one([0, 255, 10, 13, 34, 44, chance.below(256)])),
    () => Uint8Array.from({ length: to - at }, () => chance.below(256)),
    () => Buffer.concat([bytes.subarray(at, to), bytes.subarray(at, to)]),
  ])
  return Buffer.concat([bytes.subarray(0, at), between(), bytes.subarray(to)])
}

/** As the encoding of each byte is kept, text stays text. */
const inText: Mutation<Buffer> = (bytes, chance) => {
  if (utf32In(bytes) === 'utf-32le') return toUtf32(changedText(decoderOf('utf-32le').decode(bytes), chance))
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  const encoding = wide ? 'utf16le' : 'latin1'
  return Buffer.from(changedText(bytes.toString(encoding), chance), encoding)
}

function toUtf32(text: string): Buffer {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const bytes = Buffer.alloc(4 * points.length)
  for (const [k, point] of points.entries()) bytes.writeUInt32LE(point, 4 * k)
  return bytes
}

/** Repeats a line until the text is longer than what is read at a time, so that a value lies across two such pieces. */
const stretched: Mutation<string> = (text, chance) => {
  const lines = text.split(/(?<=\n)/)
  const at = chance.below(lines.length)
  const line = lines[at] ?? ''
  if (line.length < 4) return text
  return [...lines.slice(0, at), line.repeat(Math.ceil(CHUNK / line.length)), ...lines.slice(at)].join('')
}

const HUGE = [
  '1e999',
  '-1e308',
  '9'.repeat(400),
  '1e-400',
  '0x1F',
  'NaN',
  '-inf',
  '9007199254740993',
  '1,234',
  '1.234.567,8',
] as const
const ODD = [
  '""',
  '"',
  "'",
  '\0',
  '\\"',
  '\\',
  ':',
  '#DIV/0!',
  '\n',
  '\r',
  '\t',
  ';',
  ',',
  '#',
  '=1+1',
  '"a\nb"',
  ' ',
  '\ufeff',
  '\xa0',
  '%',
  '<',
  '{',
  ']',
  '__proto__',
  'constructor',
  '99999-99-99',
  '31/02/2024',
  'x'.repeat(5000),
] as const
const DELIMITERS = [',', ';', '\t', '|', ' ', '^', '~', ':', '\x1f'] as const

const changedText: Mutation<string> = (text, chance) =>
  (chance.below(80) === 0
    ? stretched
    : chance.one<Mutation<string>>([inLines, inLines, inCells, inCells, inNumbers, inDelimiters, inJson, atEnds]))(
    text,
    chance,
  )

const inLines: Mutation<string> = (text, chance) => {
  const lines = text.split(/(?<=\n)/)
  const [a, b] = [chance.below(lines.length), chance.below(lines.length)]
  const [one = '', other = ''] = [lines[a], lines[b]]
  switch (chance.below(6)) {
    case 0:
      lines[a] = other
      lines[b] = one
      break
    case 1:
      lines.splice(a, 1 + chance.below(4))
      break
    case 2:
      lines.splice(a, 0, one.repeat(chance.one([1, 3, 300])))
      break
    case 3:
      lines[a] = one.replace(/\r?\n/, '')
      break
    case 4:
      lines.splice(a, 0, chance.one(['\n', '\n\n\n', '# a comment\n', '\r', '   \n', 'only text\n', '-;-;-\n']))
      break
    default:
      lines[a] = one.slice(0, chance.below(one.length + 1)) + other.slice(chance.below(other.length + 1))
  }
  return lines.join('')
}

const inCells: Mutation<string> = (text, chance) => {
  const cells = [...text.matchAll(/[^,;|\t\r\n]+/g)]
  const cell = cells[chance.below(cells.length)]
  const at = cell?.index ?? 0
  const old = cell?.[0] ?? ''
  const other = cells[chance.below(cells.length)]?.[0] ?? ''
  const odd = chance.one(ODD)
  const put = chance.one([odd, `${old}${odd}`, `${odd}${old}`, other, `"${old}"`, `"${old}`, '', old.toUpperCase()])
  return text.slice(0, at) + put + text.slice(at + old.length)
}

const inNumbers: Mutation<string> = (text, chance) => {
  const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)]
  const number = numbers[chance.below(numbers.length)]
  const at = number?.index ?? 0
  const put = chance.one([...HUGE, '0', '-1', '1e9', '4294967296', '007', '3.5', '99999999', '1048577'])
  return text.slice(0, at) + put + text.slice(at + (number?.[0].length ?? 0))
}

const inDelimiters: Mutation<string> = (text, chance) => {
  const [from, to] = [chance.one(DELIMITERS), chance.one(DELIMITERS)]
  if (chance.below(2) === 0) return text.replaceAll(from, to)
  const breaks = chance.one(['\n', '\r\n', '\r', '\n\r', '\n\n'])
  return chance.below(2) === 0 ? text.replace(from, to) : text.replace(/\r?\n/g, breaks)
}

/** Changes what stands for a value of JSON or an attribute of XML. */
const inJson: Mutation<string> = (text, chance) => {
  const values = [...text.matchAll(/(?<=[:=]\s?)("[^"]*"|-?\d[\d.e+-]*|true|false|null|\[[^[\]]*\])/g)]
  const value = values[chance.below(values.length)]
  if (value === undefined) return text
  const deep = chance.one([20, 2000, 200_000])
  const quote = value[0].startsWith('"') ? '"' : ''
  const put = chance.one([
    `${quote}${chance.one(HUGE)}${quote}`,
    'null',
    '-1',
    '1.5',
    '[]',
    '{}',
    '""',
    '"\\u0000"',
    '"\\ud800"',
    'true',
    '[[0,0]]',
    '{"__proto__":1}',
    value[0] + value[0],
    `${quote}${chance.one(ODD)}${quote}`,
    `${'['.repeat(deep)}${']'.repeat(deep)}`,
    `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    '1e9',
    '4294967297',
    '65536',
  ])
  return text.slice(0, value.index) + put + text.slice(value.index + value[0].length)
}

const atEnds: Mutation<string> = (text, chance) => {
  const odd = chance.one(ODD)
  return chance.one([
    `${odd}${text}`,
    `${text}${odd}`,
    text.trimEnd(),
    `${text}\n\n`,
    `sep=${odd}\n${text}`,
    text + text,
  ])
}

/** Where the header of a safetensors file ends; null where it is none. */
function headerEnd(bytes: Buffer): number | null {
  if (bytes.length < 10 || bytes[8] !== 0x7b) return null
  const end = 8 + Number(bytes.readBigUInt64LE(0))
  return end <= bytes.length ? end : null
}

/** Changes the JSON of the header, or that of the design in it, with the length made right again. */
const inHeader: Mutation<Buffer> = (bytes, chance) => {
  const end = headerEnd(bytes) ?? bytes.length
  const header = bytes.subarray(8, end).toString('utf8')
  const json = chance.below(4) === 0 ? changedText(header, chance) : inDesign(header, chance)
  const changed = Buffer.from(json)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(changed.length))
  return Buffer.concat([length, changed, bytes.subarray(end)])
}

const inDesign: Mutation<string> = (header, chance) => {
  try {
    const parsed: { __metadata__: Record<string, string> } = JSON.parse(header)
    const design = parsed.__metadata__['kan-studio'] ?? ''
    const change = chance.one([inJson, inJson, inJson, inNumbers, inCells])
    parsed.__metadata__['kan-studio'] = change(design, chance)
    return JSON.stringify(parsed)
  } catch {
    return inJson(header, chance)
  }
}

const inHeaderLength: Mutation<Buffer> = (bytes, chance) => {
  const changed = Buffer.from(bytes)
  const claimed = chance.one([
    0n,
    1n,
    7n,
    BigInt(bytes.length),
    2n ** 53n,
    2n ** 63n,
    BigInt(chance.below(bytes.length + 9)),
  ])
  changed.writeBigUInt64LE(claimed, 0)
  return changed
}

/** Changes a part of a zip and packs it anew, so that only what is in it is wrong; or loses or doubles a part. */
const inZip: Mutation<Buffer> = (bytes, chance) => {
  const parts = unzipped(bytes)
  if (parts.length === 0) return inBytes(bytes, chance)
  const at = chance.below(parts.length)
  const [name, content] = parts[at] as [string, Buffer]
  const way = chance.below(12)
  if (way === 0) parts.splice(at, 1)
  else if (way === 1) parts[at] = [chance.one([name.toUpperCase(), `../${name}`, `/${name}`, '']), content]
  else parts[at] = [name, Buffer.from(inXml(content.toString('utf8'), chance))]
  return zipOf(Object.fromEntries(parts))
}

const inXml: Mutation<string> = (text, chance) => {
  const references = [...text.matchAll(/(?<=r=")[A-Z]*\d+(?=")/g)]
  const tags = [...text.matchAll(/<[^>]*>/g)]
  const replaced = (found: RegExpExecArray | undefined, put: string) =>
    found === undefined ? text : text.slice(0, found.index) + put + text.slice(found.index + found[0].length)
  const tag = tags[chance.below(tags.length)]
  return chance.one<() => string>([
    () => changedText(text, chance),
    () => inJson(text, chance),
    () =>
      replaced(
        references[chance.below(references.length)],
        chance.one(['1', 'A1', '0', 'XFD1048576', 'ZZZZZ9', '99999999999', 'A0', '1048577', 'a1', '-1', '']),
      ),
    () => replaced(tag, ''),
    () => replaced(tag, (tag?.[0] ?? '').repeat(chance.one([2, 2000]))),
    () =>
      replaced(
        tag,
        chance.one([
          '<![CDATA[<]]>',
          '<!--',
          '&amp;',
          '&unknown;',
          '&#0;',
          '<!DOCTYPE a [<!ENTITY b "c">]>',
          '</row>',
          '<c t="s"><v>99999</v></c>',
          '<c t="e"><v>#N/A</v></c>',
          '<row r="1"/>',
          '<c r="C2"><v>1</v></c>',
        ]),
      ),
    () => text.replace(/ t="\w+"/, chance.one([' t="n"', ' t="s"', ' t="d"', ' t="b"', ' t="zzz"'])),
  ])()
}

/** The parts of a zip whose local headers tell their sizes, as those of the corpus do; none where that fails. */
function unzipped(bytes: Buffer): [string, Buffer][] {
  const parts: [string, Buffer][] = []
  try {
    for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
      const begin = at + 30 + bytes.readUInt16LE(at + 26)
      const end = begin + bytes.readUInt32LE(at + 18)
      parts.push([
        bytes.subarray(at + 30, begin).toString('utf8'),
        inflateRawSync(bytes.subarray(begin, end), { maxOutputLength: LONGEST }),
      ])
      at = end
    }
    return parts
  } catch {
    return []
  }
}
