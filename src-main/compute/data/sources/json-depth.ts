/** How deep do lists and objects of JSON lie in each other? DuckDB walks into each of them, and dies where there are too many. */
import { createReadStream } from 'node:fs'
import { UserError } from '../../../../src-shared/user-error'

/** More than any table has; tens of thousands are too many for DuckDB. */
const DEEPEST = 1000

const QUOTE = 34
const BACKSLASH = 92
/** `[` and `{`; `]` and `}`. */
const OPENING = [91, 123]
const CLOSING = [93, 125]

/**
 * @param text its path, in UTF-8
 * @param bytes how much of it is looked at; null: all
 * @throws UserError where values lie too deep
 */
export async function refuseDeepJson(text: string, name: string, bytes: number | null): Promise<void> {
  const steps = new Int8Array(256)
  for (const byte of OPENING) steps[byte] = 1
  for (const byte of CLOSING) steps[byte] = -1
  let depth = 0
  let quoted = false
  let escaped = false
  for await (const chunk of createReadStream(text, { highWaterMark: 1 << 20, end: bytes ?? Infinity })) {
    const part: Uint8Array = chunk
    for (let i = 0; i < part.length; i++) {
      const byte = part[i] as number
      if (quoted) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) quoted = false
      } else if (byte === QUOTE) quoted = true
      else {
        depth += steps[byte] as number
        if (depth > DEEPEST) {
          throw new UserError(`${name} holds no table: more than ${DEEPEST} lists or objects lie in each other`)
        }
      }
    }
  }
}
