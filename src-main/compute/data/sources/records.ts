/** Which record of a file does a line of its text belong to, where cells may have line breaks? */
import { createReadStream } from 'node:fs'

const QUOTE = 34
const LF = 10
const CR = 13

/**
 * Lines of a text that go on with the record of the line before, counted from 1, ascending.
 *
 * @param text UTF-8, quoted as RFC 4180 says, its records ending with line feeds
 */
export async function continuedLines(text: string): Promise<number[]> {
  const continued: number[] = []
  let line = 1
  let quoted = false
  let previous = 0
  for await (const chunk of createReadStream(text, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ) {
      const quote = chunk.indexOf(QUOTE, at)
      const end = quote < 0 ? chunk.length : quote
      if (quoted) readCell(chunk.subarray(at, end))
      else line += linesIn(chunk.subarray(at, end))
      if (quote >= 0) {
        quoted = !quoted
        previous = QUOTE
      }
      at = end + 1
    }
  }
  return continued

  function readCell(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte === CR || (byte === LF && previous !== CR)) continued.push(++line)
      previous = byte
    }
  }
}

/** Line feeds in a piece of text. */
export function linesIn(text: string | Buffer): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/**
 * Says where a line of a text stands in the file that it was made of: `row 7`.
 *
 * @param before records of the text that are none of the file, such as the names
 */
export function placeOf(word: string, before: number, continued: readonly number[]): (line: number) => string {
  return (line) => `${word} ${line - before - countUpTo(continued, line)}`
}

function countUpTo(ascending: readonly number[], limit: number): number {
  let from = 0
  let to = ascending.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((ascending[middle] as number) <= limit) from = middle + 1
    else to = middle
  }
  return from
}
