/** What a formula is made of, and what it is worth at a point. */

export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'constant'; readonly name: ConstantName }
  /** Counts the inputs from 0. */
  | { readonly type: 'input'; readonly index: number }
  | { readonly type: 'minus'; readonly operand: Expression }
  | {
      readonly type: 'operation'
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly type: 'call'; readonly function: FunctionName; readonly arguments: readonly Expression[] }

type Operator = '+' | '-' | '*' | '/' | '^'

export const CONSTANTS = { pi: Math.PI, e: Math.E } as const
export type ConstantName = keyof typeof CONSTANTS

/** Functions with the number of their arguments; `log` is natural. */
export const FUNCTIONS = {
  sin: { arguments: 1, value: Math.sin },
  cos: { arguments: 1, value: Math.cos },
  tan: { arguments: 1, value: Math.tan },
  asin: { arguments: 1, value: Math.asin },
  acos: { arguments: 1, value: Math.acos },
  atan: { arguments: 1, value: Math.atan },
  sinh: { arguments: 1, value: Math.sinh },
  cosh: { arguments: 1, value: Math.cosh },
  tanh: { arguments: 1, value: Math.tanh },
  exp: { arguments: 1, value: Math.exp },
  log: { arguments: 1, value: Math.log },
  sqrt: { arguments: 1, value: Math.sqrt },
  abs: { arguments: 1, value: Math.abs },
  floor: { arguments: 1, value: Math.floor },
  min: { arguments: 2, value: Math.min },
  max: { arguments: 2, value: Math.max },
} as const satisfies Record<string, { arguments: number; value: (...values: number[]) => number }>
export type FunctionName = keyof typeof FUNCTIONS

/** The value at a point, given in the order of the inputs. NaN and infinities come out as the arithmetic makes them. */
export function evaluate(expression: Expression, point: readonly number[]): number {
  switch (expression.type) {
    case 'number':
      return expression.value
    case 'constant':
      return CONSTANTS[expression.name]
    case 'input':
      return point[expression.index] ?? Number.NaN
    case 'minus':
      return -evaluate(expression.operand, point)
    case 'operation':
      return operate(expression.operator, evaluate(expression.left, point), evaluate(expression.right, point))
    case 'call': {
      const value: (...values: number[]) => number = FUNCTIONS[expression.function].value
      return value(...expression.arguments.map((argument) => evaluate(argument, point)))
    }
  }
}

function operate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '^':
      return left ** right
  }
}
