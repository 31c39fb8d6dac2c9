import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expression } from './expression'
import { parseExpression, parseFormula } from './parse'

const value = (text: string, inputs: Record<string, number> = {}) =>
  parseFormula(text, Object.keys(inputs))(Object.values(inputs))

describe('a typed formula', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 - 2 - 1', 4],
    ['8 / 4 / 2', 1],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['2**3', 8],
    ['--3', 3],
    ['-2 * -3', 6],
    ['.5 + 1.5e1 + 2.', 17.5],
    ['sin(pi / 2) + log(e)', 2],
    ['max(1, min(5, 3))', 3],
    ['floor(-1.5) + abs(-2) + sqrt(9)', 3],
    ['2 · 3 × 4 − 1', 23],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 14)
  })

  it('takes its inputs by name, in the order given', () => {
    expect(value('x2 - x1', { x1: 1, x2: 5 })).toBe(4)
    expect(value('μ_visc * Größe + 温', { μ_visc: 2, Größe: 3, 温: 4 })).toBe(10)
    expect(value('2 * P10 (mm) + a-b', { 'P10 (mm)': 3, 'a-b': 1 })).toBe(7)
  })

  it('lets an input hide a constant, but not a function that is called', () => {
    expect(value('e + pi', { e: 1, pi: 2 })).toBe(3)
    expect(value('sin(sin)', { sin: 0 })).toBe(0)
  })

  it.each([
    ['', "character 1: it ends where a number, an input, a function or '(' should be"],
    ['1 +', "character 4: it ends where a number, an input, a function or '(' should be"],
    ['2 x', "character 3: 'x' stands where an operator should be"],
    ['(x', "character 3: it ends where an operator or ')' should be"],
    ['x)', "character 2: ')' stands where an operator should be"],
    ['x + z', "character 5: 'z' is not an input; there are x, y"],
    ['foo(x)', "character 1: 'foo' is not a function; there are sin, cos"],
    ['constructor', "character 1: 'constructor' is not an input"],
    ['sin x', "character 5: 'x' stands where '(' after sin should be"],
    ['sin(x, y)', 'character 1: sin takes one value, not 2'],
    ['min(x)', 'character 1: min takes 2 values, not 1'],
    ['x; y', "character 2: ';' means nothing in a formula"],
    ['x = 😀', "character 3: '=' means nothing in a formula"],
    ['('.repeat(1000), 'it is nested more than 200 deep'],
    ['x+'.repeat(9999), 'the formula has more than 5000 characters'],
  ])('refuses %j and says where', (text, message) => {
    expect(() => parseFormula(text, ['x', 'y'])).toThrow(message)
    expect(() => parseFormula(text, ['x', 'y'])).toThrow(expect.objectContaining({ name: 'UserError' }))
  })

  it('survives the longest sum', () => {
    expect(value(`1${'+1'.repeat(2499)}`)).toBe(2500)
  })

  it('is read back as the tree that was printed, with every parenthesis written', () => {
    fc.assert(
      fc.property(expressions, (tree) => {
        expect(parseExpression(printed(tree), INPUTS)).toEqual(tree)
      }),
    )
  })

  it('has the value that JavaScript gives to the same arithmetic', () => {
    const finite = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(finite, finite, (x, y) => {
        expect(value('exp(sin(pi*x) + y^2) - x/(1 + y^2)', { x, y })).toBe(
          Math.exp(Math.sin(Math.PI * x) + y ** 2) - x / (1 + y ** 2),
        )
      }),
    )
  })

  it('never fails but with a sentence', () => {
    const pieces = fc.constantFrom(
      'x',
      'sin',
      '(',
      ')',
      '+',
      '-',
      '*',
      '/',
      '^',
      ',',
      '2',
      '.',
      'e',
      ' ',
      '1e',
      'ü',
      '#',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          expect(parseFormula(parts.join(''), ['x'])([1])).toBeTypeOf('number')
        } catch (error) {
          expect(error).toMatchObject({ name: 'UserError' })
        }
      }),
    )
  })
})

const INPUTS = ['x', 'y1', 'Fläche']

const { tree: expressions } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc
      .double({ min: 0, noNaN: true, noDefaultInfinity: true })
      .map((n): Expression => ({ type: 'number', value: n + 0 })),
    fc.constantFrom<Expression>({ type: 'constant', name: 'pi' }, { type: 'constant', name: 'e' }),
    fc.nat({ max: INPUTS.length - 1 }).map((index): Expression => ({ type: 'input', index })),
    tie('tree').map((operand): Expression => ({ type: 'minus', operand })),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Expression => ({ type: 'operation', operator, left, right })),
    fc
      .tuple(fc.constantFrom('sin', 'exp', 'floor'), tie('tree'))
      .map(([name, argument]): Expression => ({ type: 'call', function: name, arguments: [argument] })),
    fc
      .tuple(fc.constantFrom('min', 'max'), tie('tree'), tie('tree'))
      .map(([name, a, b]): Expression => ({ type: 'call', function: name, arguments: [a, b] })),
  ),
}))

function printed(tree: Expression): string {
  switch (tree.type) {
    case 'number':
      return String(tree.value)
    case 'constant':
      return tree.name
    case 'input':
      return INPUTS[tree.index] ?? ''
    case 'minus':
      return `(-${printed(tree.operand)})`
    case 'operation':
      return `(${printed(tree.left)} ${tree.operator} ${printed(tree.right)})`
    case 'call':
      return `${tree.function}(${tree.arguments.map(printed).join(', ')})`
  }
}
