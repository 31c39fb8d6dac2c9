import { existsSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testFolder } from '../testing'
import { openSource } from './source'

const folder = testFolder()
const { write } = folder

const TABLE = 'Größe,Ort\n1,München\n2,Łódź €\n'
const LATIN = 'Größe,Ort\n1,München\n2,“Zürich” € …\n'

/** The bytes of windows-1252, which has other characters than latin1 between 80 and 9f. */
const windows = (text: string) =>
  Uint8Array.from(text, (character) => {
    const special = { '€': 0x80, '…': 0x85, '“': 0x93, '”': 0x94 }[character]
    return special ?? character.charCodeAt(0)
  })
const utf32 = (text: string, isLittle: boolean) => {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const view = new DataView(new ArrayBuffer(4 * points.length))
  for (const [k, point] of points.entries()) view.setUint32(4 * k, point, isLittle)
  return new Uint8Array(view.buffer)
}
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16()

async function read(content: string | Uint8Array, encoding?: string) {
  const source = await openSource(await write(content), { encoding })
  return { encoding: source.encoding, text: await readFile(source.text, 'utf8') }
}

describe('the encoding of a text', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE), 'utf-8', TABLE],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TABLE}`), 'utf-8', `\ufeff${TABLE}`],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${TABLE}`, 'utf16le'), 'utf-16le', TABLE],
    ['UTF-16 BE with a mark', bigEndian(`\ufeff${TABLE}`), 'utf-16be', TABLE],
    ['UTF-16 LE', Buffer.from(TABLE, 'utf16le'), 'utf-16le', TABLE],
    ['UTF-16 BE', bigEndian(TABLE), 'utf-16be', TABLE],
    ['UTF-32 LE with a mark', utf32(`\ufeff${TABLE}`, true), 'utf-32le', TABLE],
    ['UTF-32 BE with a mark', utf32(`\ufeff${TABLE}`, false), 'utf-32be', TABLE],
    ['UTF-32 LE', utf32(TABLE, true), 'utf-32le', TABLE],
    ['UTF-32 BE', utf32(TABLE, false), 'utf-32be', TABLE],
    ['windows-1252', windows(LATIN), 'windows-1252', LATIN],
  ])('is found: %s', async (_, bytes, encoding, text) => {
    expect(await read(bytes)).toEqual({ encoding, text })
  })

  it('is found by the last byte of a long file', async () => {
    const long = 'x,y\n'.padEnd(3_000_000, '1,2\n')
    expect((await read(`${long}é\n`)).encoding).toBe('utf-8')
    const { encoding, text } = await read(windows(`${long}é\n`))
    expect(encoding).toBe('windows-1252')
    expect(text).toBe(`${long}é\n`)
  })

  it('may be told', async () => {
    expect((await read(Uint8Array.of(0xa4, 10), 'iso-8859-15')).text).toBe('€\n')
    expect((await read(Uint8Array.of(0x83, 0x65, 10), 'Shift_JIS')).text).toBe('テ\n')
    expect((await read(Buffer.from('é'), 'latin1')).text).toBe('Ã©')
    expect(await read(bigEndian('\ufeffé'), 'utf-16')).toEqual({ encoding: 'utf-16be', text: 'é' })
    expect(await read(utf32('\ufeffé', false), 'UTF-32')).toEqual({ encoding: 'utf-32be', text: 'é' })
    expect(await read(utf32('é', true), 'utf-32')).toEqual({ encoding: 'utf-32le', text: 'é' })
  })

  it('is refused where the file is not in it, or there is none of that name', async () => {
    await expect(read(windows('a\nb\né\n'), 'utf-8')).rejects.toMatchObject({
      name: 'UserError',
      message: 'table.csv is not in UTF-8 (see line 3): name the encoding that it is in',
    })
    await expect(read(windows('a\nb\né\n'), 'gb18030')).rejects.toThrow(
      'table.csv is not in gb18030 (see line 1 and below)',
    )
    await expect(read(utf32('a\nb\n', true).subarray(0, 15))).rejects.toThrow(
      'table.csv is no table: it is no text (see line 2 and below)',
    )
    await expect(read('plain', 'utf-32')).rejects.toThrow('table.csv is not in utf-32le (see line 1 and below)')
    await expect(read('a', 'klingon')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("there is no encoding 'klingon'"),
    })
  })

  it('keeps characters that a chunk cuts in two', async () => {
    const text = 'ü€温𝄞'.repeat(200_000)
    const shifted = `x${text}`
    expect((await read(utf32(shifted, true))).text === shifted).toBe(true)
    expect((await read(text)).encoding).toBe('utf-8')
    expect((await read(Buffer.from(`\ufeffx${text}`, 'utf16le'))).text).toBe(`x${text}`)
  })
})

describe('a file that is no table', () => {
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => 1 + ((i * 7919) % 255))
  it.each([
    ['PDF', Buffer.from('%PDF-1.7\n%…'), 'table.csv is no table: it seems to be a PDF document'],
    ['gzip', Buffer.from('1f8b0800', 'hex'), 'table.csv is no table: it is packed (gzip): unpack it first'],
    ['PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'table.csv is no table: it seems to be an image (PNG)'],
    [
      'xls',
      Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
      'table.csv is no table: it is an old workbook (.xls), or one with a password: save it as .xlsx or as CSV',
    ],
    [
      'a page',
      Buffer.from('<html><table></table></html>'),
      'table.csv is no table: it is a web page: save it as .xlsx or as CSV',
    ],
    [
      '.kan',
      Buffer.concat([Buffer.from('3000000000000000', 'hex'), Buffer.from('{"__metadata__":{}}')]),
      'table.csv is no table: it seems to be a network (.kan) or other tensors',
    ],
    ['noise', noise, 'table.csv is no table: it seems to be a binary file'],
    ['zeros', Buffer.from('a,b\n1,2\n3,\0\n'), 'table.csv is no table: line 3 has bytes that stand in no text'],
    ['only zeros', new Uint8Array(100), 'table.csv is no table: line 1 has bytes that stand in no text'],
  ])('is refused in one sentence: %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'UserError', message })
  })

  it('is refused by its path where it is missing or a folder', async () => {
    await expect(openSource(join(folder.path, 'no.csv'))).rejects.toThrow(`there is no file ${folder.path}`)
    await expect(openSource(folder.path)).rejects.toThrow(`${folder.path} is a folder`)
  })

  it.skipIf(process.platform === 'win32')('is refused where it might never end', async () => {
    await expect(openSource('/dev/zero')).rejects.toThrow('/dev/zero is no file')
  })
})

describe('a text that begins like something else', () => {
  it.each(['PAR1,PAR2\n1,2\n', 'ORCID;n\n1;2\n', 'BZh,x\n1,2\n', 'PK,x\n1,2\n', '%PDF,x\n1,2\n'])(
    'is text: %j',
    async (text) => {
      expect(await read(text)).toEqual({ encoding: 'utf-8', text })
    },
  )
})

describe('a source', () => {
  it('is the file itself where it is UTF-8 text', async () => {
    const path = await write(TABLE)
    expect(await openSource(path)).toMatchObject({ file: path, text: path, name: 'table.csv', format: 'text' })
  })

  it('is decoded once, and again when the file has changed', async () => {
    const path = await write(windows(LATIN))
    const first = await openSource(path)
    expect(dirname(first.text)).not.toBe(folder.path)
    expect(await openSource(path)).toBe(first)
    await write(windows('é,b\n'))
    await utimes(path, 1, 1)
    const second = await openSource(path)
    expect(await readFile(second.text, 'utf8')).toBe('é,b\n')
    expect(existsSync(first.text)).toBe(false)
  })
})

describe('the beginning of a source', () => {
  const beginning = async (content: string | Uint8Array, name = 'table.csv') => {
    const source = await openSource(await write(content, name), { beginning: true })
    return { ...source, content: await readFile(source.text, 'utf8') }
  }

  it('is all of a short text', async () => {
    const path = await write(TABLE)
    expect(await openSource(path, { beginning: true })).toMatchObject({ text: path, encoding: 'utf-8' })
  })

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text), 'utf-8'],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1'), 'windows-1252'],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-32', (text: string) => utf32(text, true), 'utf-32le'],
  ])('is whole records of a long text: %s', async (_, encode, encoding) => {
    const record = '1,"é\nsecond ""line"""\n'
    const text = `x,y\n${record.repeat(400_000)}`
    const { content, ...source } = await beginning(encode(text))
    expect(source).toMatchObject({ name: 'table.csv', encoding })
    expect(content.length).toBeGreaterThan(1_000_000)
    expect(content.length).toBeLessThan(5_000_000)
    expect(content === text.slice(0, content.length)).toBe(true)
    expect((content.length - 4) % record.length).toBe(0)
  })

  it('is the first objects of a long JSON file, damaged further down or not', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `{"x":${i}}\n`).join('')
    const { content } = await beginning(`${lines}{"x":`, 'long.jsonl')
    expect(content.split('\n').slice(0, 3)).toEqual(['x', '0', '1'])
    expect(content.trimEnd().split('\n')).toHaveLength(1001)
  })
})

it('refuses a sheet of what is no workbook', async () => {
  const path = await write(TABLE)
  await expect(openSource(path, { sheet: 'Results' })).rejects.toMatchObject({
    message: expect.stringMatching(/^\S+ is no workbook, and so it has no sheet 'Results'$/),
    exitCode: 2,
  })
})
