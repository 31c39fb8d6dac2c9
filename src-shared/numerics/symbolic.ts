/**
 * What does an edge compute that is a formula, c·f(a·x + b) + d, and how do its gradients flow? The functions, their names and
 * their complexities are those of pykan's symbolic library (kan/utils.py, the plain functions without singularity protection):
 * outside of its domain a function gives NaN, and at a pole an infinity. Where a value is finite but its slope is not (√ at 0, arcsin
 * at ±1) the slope counts as 0, so that a sample there does not spoil the training.
 */
import { tanhSlope } from './base'

interface Definition {
  readonly value: (u: number) => number
  readonly slope: (u: number) => number
  /** How a person writes it; `quotient` where that stands under a fraction line. */
  readonly text: (u: string) => string
  readonly quotient?: true
  /** pykan's measure of how simple a formula is. */
  readonly complexity: number
}

const call = (name: string) => (u: string) => `${name}(${u})`
const power = (exponent: string) => (u: string) => `${isPlain(u) ? u : `(${u})`}${exponent}`

const squareRoot = {
  value: (u: number) => Math.sqrt(u),
  slope: (u: number) => (u === 0 ? 0 : 0.5 / Math.sqrt(u)),
  text: call('√'),
  complexity: 2,
}
const inverseRoot = {
  value: (u: number) => 1 / Math.sqrt(u),
  slope: (u: number) => -0.5 / (u * Math.sqrt(u)),
  text: call('√'),
  quotient: true as const,
  complexity: 2,
}

const library = {
  x: { value: (u) => u, slope: () => 1, text: power(''), complexity: 1 },
  'x^2': { value: (u) => u * u, slope: (u) => 2 * u, text: power('²'), complexity: 2 },
  'x^3': { value: (u) => u ** 3, slope: (u) => 3 * u * u, text: power('³'), complexity: 3 },
  'x^4': { value: (u) => u ** 4, slope: (u) => 4 * u ** 3, text: power('⁴'), complexity: 3 },
  'x^5': { value: (u) => u ** 5, slope: (u) => 5 * u ** 4, text: power('⁵'), complexity: 3 },
  '1/x': { value: (u) => 1 / u, slope: (u) => -1 / (u * u), text: power(''), quotient: true, complexity: 2 },
  '1/x^2': { value: (u) => 1 / (u * u), slope: (u) => -2 / u ** 3, text: power('²'), quotient: true, complexity: 2 },
  '1/x^3': { value: (u) => 1 / u ** 3, slope: (u) => -3 / u ** 4, text: power('³'), quotient: true, complexity: 3 },
  '1/x^4': { value: (u) => 1 / u ** 4, slope: (u) => -4 / u ** 5, text: power('⁴'), quotient: true, complexity: 4 },
  '1/x^5': { value: (u) => 1 / u ** 5, slope: (u) => -5 / u ** 6, text: power('⁵'), quotient: true, complexity: 5 },
  sqrt: squareRoot,
  'x^0.5': squareRoot,
  'x^1.5': {
    value: (u) => u * Math.sqrt(u),
    slope: (u) => 1.5 * Math.sqrt(u),
    text: (u) => `√(${u})³`,
    complexity: 4,
  },
  '1/sqrt(x)': inverseRoot,
  '1/x^0.5': inverseRoot,
  exp: { value: Math.exp, slope: Math.exp, text: call('exp'), complexity: 2 },
  log: { value: Math.log, slope: (u) => 1 / u, text: call('log'), complexity: 2 },
  abs: { value: Math.abs, slope: Math.sign, text: (u) => `|${u}|`, complexity: 3 },
  sin: { value: Math.sin, slope: Math.cos, text: call('sin'), complexity: 2 },
  cos: { value: Math.cos, slope: (u) => -Math.sin(u), text: call('cos'), complexity: 2 },
  tan: { value: Math.tan, slope: (u) => 1 + Math.tan(u) ** 2, text: call('tan'), complexity: 3 },
  tanh: { value: Math.tanh, slope: tanhSlope, text: call('tanh'), complexity: 3 },
  sgn: { value: Math.sign, slope: () => 0, text: call('sgn'), complexity: 3 },
  arcsin: {
    value: Math.asin,
    slope: (u) => (u * u === 1 ? 0 : 1 / Math.sqrt(1 - u * u)),
    text: call('arcsin'),
    complexity: 4,
  },
  arccos: {
    value: Math.acos,
    slope: (u) => (u * u === 1 ? 0 : -1 / Math.sqrt(1 - u * u)),
    text: call('arccos'),
    complexity: 4,
  },
  arctan: { value: Math.atan, slope: (u) => 1 / (1 + u * u), text: call('arctan'), complexity: 4 },
  arctanh: { value: Math.atanh, slope: (u) => 1 / (1 - u * u), text: call('arctanh'), complexity: 4 },
  '0': { value: () => 0, slope: () => 0, text: () => '0', complexity: 0 },
  gaussian: {
    value: (u) => Math.exp(-u * u),
    slope: (u) => -2 * u * Math.exp(-u * u),
    text: (u) => `exp(−${power('²')(u)})`,
    complexity: 3,
  },
} satisfies Record<string, Definition>

export type SymbolicFunction = keyof typeof library
const definitions: Readonly<Record<SymbolicFunction, Definition>> = library

/** pykan's names, the simplest first as people know them. */
export const symbolicFunctions = Object.keys(library).filter((name): name is SymbolicFunction => name in library)

/** The numbers of a formula, in the order in which tensors hold them. */
export interface Affine {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

/** Numbers a formula has: a, b, c, d. */
export const AFFINE_SIZE = 4

/** f(u). */
export function symbolicValue(name: SymbolicFunction, u: number): number {
  return definitions[name].value(u)
}

/** d f / d u. */
export function symbolicSlope(name: SymbolicFunction, u: number): number {
  return definitions[name].slope(u)
}

/** pykan's complexity of a function, 0 to 5. */
export function symbolicComplexity(name: SymbolicFunction): number {
  return definitions[name].complexity
}

/** phi(x) = c·f(a·x + b) + d; the four numbers begin at `at`. */
export function symbolicPhi(name: SymbolicFunction, numbers: Float64Array, at: number, x: number): number {
  const [a, b, c, d] = affineAt(numbers, at)
  return c * symbolicValue(name, a * x + b) + d
}

/**
 * Adds flow · d phi / d (a, b, c, d) to the gradients at the same place.
 *
 * @returns flow · d phi / d x
 */
export function symbolicBackward(
  name: SymbolicFunction,
  numbers: Float64Array,
  at: number,
  x: number,
  flow: number,
  gradients: Float64Array,
): number {
  const [a, b, c] = affineAt(numbers, at)
  const u = a * x + b
  const inner = flow * c * symbolicSlope(name, u)
  const parts = [inner * x, inner, flow * symbolicValue(name, u), flow]
  parts.forEach((part, k) => {
    gradients[at + k] = (gradients[at + k] as number) + part
  })
  return inner * a
}

/** The formula as a person writes it, numbers to four digits: `1.2·sin(3·x − 0.5) + 0.2`. */
export function symbolicText(name: SymbolicFunction, { a, b, c, d }: Affine, x: string): string {
  const { text, quotient } = definitions[name]
  const written = text(sum([...product(a, x), ...constant(b)]))
  const terms = quotient ? fraction(c, written) : name === '0' ? [] : product(c, written)
  return sum([...terms, ...constant(d)])
}

function affineAt(numbers: Float64Array, at: number): [a: number, b: number, c: number, d: number] {
  return [numbers[at] as number, numbers[at + 1] as number, numbers[at + 2] as number, numbers[at + 3] as number]
}

interface Term {
  readonly negative: boolean
  readonly text: string
}

function product(factor: number, of: string): Term[] {
  const size = digits(Math.abs(factor))
  if (size === '0') return []
  const text = size === '1' ? of : `${size}·${of}`
  return [{ negative: factor < 0, text }]
}

function fraction(numerator: number, denominator: string): Term[] {
  const size = digits(Math.abs(numerator))
  return size === '0' ? [] : [{ negative: numerator < 0, text: `${size}/${denominator}` }]
}

function constant(value: number): Term[] {
  const size = digits(Math.abs(value))
  return size === '0' ? [] : [{ negative: value < 0, text: size }]
}

function sum(terms: readonly Term[]): string {
  if (terms.length === 0) return '0'
  return terms
    .map(({ negative, text }, k) => (k === 0 ? `${negative ? '−' : ''}${text}` : `${negative ? ' − ' : ' + '}${text}`))
    .join('')
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)))
}

/** Whether a power can stand behind it without parentheses. */
function isPlain(text: string): boolean {
  return /^\p{L}[\p{L}\d_₀-₉]*$/u.test(text)
}
