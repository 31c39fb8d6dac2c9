/** Which numbers, names and symbols does a formula consist of? */
import { UserError } from '../user-error'

/** `at` counts characters from 0. */
export type Token =
  | { readonly type: 'number'; readonly text: string; readonly at: number; readonly value: number }
  | { readonly type: 'name'; readonly text: string; readonly at: number }
  | { readonly type: 'symbol' | 'end'; readonly text: string; readonly at: number }

/** An error that points to a place of a formula, counted from 0 here and from 1 in its sentence. */
export function formulaError(formula: string, at: number, message: string): UserError {
  return new UserError(`the formula '${formula}' cannot be read at character ${at + 1}: ${message}`)
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy
const SPACE = /\s+/y
const SYMBOL = /\*\*|[-−+*·×/^(),]/y
/** Other ways to type a symbol. */
const SAME: Readonly<Record<string, string>> = { '**': '^', '−': '-', '·': '*', '×': '*' }

/**
 * Cuts a formula into tokens. Names of inputs that are no words (`P10 (mm)`) are found first, the longest first.
 *
 * @throws UserError naming a character that means nothing, and where
 */
export function tokenize(formula: string, inputs: readonly string[]): Token[] {
  const unusual = inputs.filter((input) => match(NAME, input, 0) !== input).sort((a, b) => b.length - a.length)
  const tokens: Token[] = []
  let at = match(SPACE, formula, 0)?.length ?? 0
  while (at < formula.length) {
    const [token, length] = readToken(formula, at, unusual)
    tokens.push(token)
    at += length
    at += match(SPACE, formula, at)?.length ?? 0
  }
  return tokens
}

function readToken(formula: string, at: number, unusual: readonly string[]): [token: Token, length: number] {
  const name = unusual.find((input) => formula.startsWith(input, at)) ?? match(NAME, formula, at)
  if (name !== null) return [{ type: 'name', text: name, at }, name.length]
  const number = match(NUMBER, formula, at)
  if (number !== null) return [{ type: 'number', text: number, at, value: Number(number) }, number.length]
  const symbol = match(SYMBOL, formula, at)
  if (symbol !== null) return [{ type: 'symbol', text: SAME[symbol] ?? symbol, at }, symbol.length]
  const character = String.fromCodePoint(formula.codePointAt(at) ?? 0)
  throw formulaError(formula, at, `'${character}' means nothing in a formula`)
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
