/** How is a typed formula read? As arithmetic of numbers, inputs and a few functions; nothing in it is ever run as code. */
import { UserError } from '../user-error'
import { CONSTANTS, type ConstantName, type Expression, evaluate, FUNCTIONS, type FunctionName } from './expression'
import { formulaError, type Token, tokenize } from './tokens'

/** Deeper or longer formulas are mistakes, and would exhaust the stack. */
const DEPTH = 200
const LENGTH = 5000

/**
 * Reads a formula and returns the function that it stands for.
 *
 * `^` binds tighter than a minus in front of it (−x^2 is −(x^2)) and from the right (2^3^2 is 2^9). An input's name
 * wins over a constant of the same name; a name before a parenthesis is a function.
 *
 * @param inputs names in the order in which the function takes their values
 * @throws UserError that says what was expected, where (in characters from 1)
 */
export function parseFormula(text: string, inputs: readonly string[]): (point: readonly number[]) => number {
  const expression = parseExpression(text, inputs)
  return (point) => evaluate(expression, point)
}

/** Reads a formula into its tree; see {@link parseFormula}. */
export function parseExpression(text: string, inputs: readonly string[]): Expression {
  return new Parser(text, inputs).whole()
}

/** Recursive descent, a method for each level of precedence. */
class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0

  constructor(
    private readonly text: string,
    private readonly inputs: readonly string[],
  ) {
    if (text.length > LENGTH) throw new UserError(`the formula has more than ${LENGTH} characters`)
    this.tokens = tokenize(text, inputs)
  }

  whole(): Expression {
    const expression = this.sum()
    const next = this.peek()
    if (next.type !== 'end') throw this.unexpected(next, 'an operator')
    return expression
  }

  private sum(): Expression {
    let left = this.product()
    for (let operator = this.take('+', '-'); operator !== null; operator = this.take('+', '-')) {
      left = { type: 'operation', operator, left, right: this.product() }
    }
    return left
  }

  private product(): Expression {
    let left = this.signed()
    for (let operator = this.take('*', '/'); operator !== null; operator = this.take('*', '/')) {
      left = { type: 'operation', operator, left, right: this.signed() }
    }
    return left
  }

  private signed(): Expression {
    const sign = this.take('-', '+')
    if (sign === null) return this.power()
    const operand = this.deeper(() => this.signed())
    return sign === '-' ? { type: 'minus', operand } : operand
  }

  private power(): Expression {
    const base = this.atom()
    if (this.take('^') === null) return base
    return { type: 'operation', operator: '^', left: base, right: this.deeper(() => this.signed()) }
  }

  private atom(): Expression {
    const token = this.peek()
    if (token.type === 'number') {
      this.at++
      return { type: 'number', value: token.value }
    }
    if (token.type === 'name') {
      this.at++
      return this.named(token)
    }
    if (this.take('(') === null) throw this.unexpected(token, "a number, an input, a function or '('")
    const inside = this.deeper(() => this.sum())
    this.close()
    return inside
  }

  private named(token: Token & { type: 'name' }): Expression {
    const { text } = token
    if (isFunction(text) && this.peek().text === '(') return this.call(text, token)
    const index = this.inputs.indexOf(text)
    if (index >= 0) return { type: 'input', index }
    if (isConstant(text)) return { type: 'constant', name: text }
    if (isFunction(text)) throw this.unexpected(this.peek(), `'(' after ${text}`)
    const kind = this.peek().text === '(' ? 'a function' : 'an input'
    const known = this.peek().text === '(' ? Object.keys(FUNCTIONS) : this.inputs
    throw this.error(token, `'${text}' is not ${kind}; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`)
  }

  private call(name: FunctionName, token: Token): Expression {
    this.at++
    const values = [this.deeper(() => this.sum())]
    while (this.take(',') !== null) values.push(this.deeper(() => this.sum()))
    this.close()
    const needed = FUNCTIONS[name].arguments
    if (values.length !== needed) {
      const takes = needed === 1 ? 'one value' : `${needed} values`
      throw this.error(token, `${name} takes ${takes}, not ${values.length}`)
    }
    return { type: 'call', function: name, arguments: values }
  }

  private close(): void {
    const token = this.peek()
    if (this.take(')') === null) throw this.unexpected(token, "an operator or ')'")
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > DEPTH) throw this.error(this.peek(), `it is nested more than ${DEPTH} deep`)
    const result = read()
    this.depth--
    return result
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { type: 'end', text: '', at: this.text.length }
  }

  /** The next token if it is one of these symbols. */
  private take<Symbol extends string>(...symbols: readonly Symbol[]): Symbol | null {
    const { type, text } = this.peek()
    const found = type === 'symbol' ? symbols.find((symbol) => symbol === text) : undefined
    if (found === undefined) return null
    this.at++
    return found
  }

  private unexpected(token: Token, expected: string): UserError {
    return this.error(
      token,
      `${token.type === 'end' ? 'it ends' : `'${token.text}' stands`} where ${expected} should be`,
    )
  }

  private error({ at }: Token, message: string): UserError {
    return formulaError(this.text, at, message)
  }
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name)
}

function isConstant(name: string): name is ConstantName {
  return Object.hasOwn(CONSTANTS, name)
}
