/** What does a text in UTF-32 say? TextDecoder does not know it. */

/** A character takes four bytes, and is not above 10FFFF: text of any other kind, read so, soon has one that is. */
const LAST = 0x10ffff
const MARK = 0xfeff
/** Characters without a mark that are enough to be sure. */
const ENOUGH = 2
/** Characters that String.fromCodePoint takes at a time. */
const PART = 1 << 13

type Utf32 = 'utf-32le' | 'utf-32be'

/** Which of the two bytes are, by their mark or by every character; null: none. */
export function utf32In(head: Uint8Array): Utf32 | null {
  const length = head.length - (head.length % 4)
  if (length < 4 * ENOUGH) return null
  return (['utf-32le', 'utf-32be'] as const).find((encoding) => everyCharacter(head, length, encoding)) ?? null
}

function everyCharacter(bytes: Uint8Array, length: number, encoding: Utf32): boolean {
  const view = viewOf(bytes)
  for (let at = 0; at < length; at += 4) {
    const point = view.getUint32(at, encoding === 'utf-32le')
    if (!isCharacter(point) || point === 0) return false
  }
  return true
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
/** Not half of a pair of UTF-16. */
const isCharacter = (point: number) => point <= LAST && !(point >= 0xd800 && point < 0xe000)

/** As a TextDecoder that is fatal: the mark is taken off, and what is no text throws. */
export class Utf32Decoder {
  private rest = new Uint8Array()
  private isFirst = true

  private constructor(readonly encoding: Utf32) {}

  /** @param label `utf-32` alone is little-endian; null where it means another encoding */
  static of(label: string): Utf32Decoder | null {
    const order = /^\s*(?:utf|ucs)-?(?:32|4)[-_ ]?(le|be)?\s*$/i.exec(label)
    return order === null ? null : new Utf32Decoder(order[1]?.toLowerCase() === 'be' ? 'utf-32be' : 'utf-32le')
  }

  decode(chunk: Uint8Array = new Uint8Array(), { stream = false } = {}): string {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const length = bytes.length - (bytes.length % 4)
    this.rest = bytes.slice(length)
    if (!stream && this.rest.length > 0) throw new TypeError('the last character is cut off')
    const view = viewOf(bytes)
    const points: number[] = []
    let text = ''
    for (let at = 0; at < length; at += 4) {
      const point = view.getUint32(at, this.encoding === 'utf-32le')
      if (!isCharacter(point)) throw new TypeError('there is no such character')
      if (!(this.isFirst && point === MARK)) points.push(point)
      this.isFirst = false
      if (points.length < PART) continue
      text += String.fromCodePoint(...points)
      points.length = 0
    }
    return text + String.fromCodePoint(...points)
  }
}
