/** Holds JSON to a schema and says what is wrong in one sentence: which file, which field, and what would be right. */
import { z } from 'zod'
import { UserError } from './user-error'

/**
 * The value as the schema reads it, defaults filled in.
 *
 * @param where what the value stands in, as a person knows it (a file's path, a flag)
 * @throws UserError naming the first field that is wrong and what would be right
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new UserError(`${where}: ${explain(result.error.issues, schema, value)}`)
}

type Issue = z.core.$ZodIssue
type Schema = z.core.$ZodType
type Path = readonly PropertyKey[]

/** The parts of a schema's definition that are walked here; zod types them per class only. */
interface Definition {
  readonly innerType?: Schema
  readonly shape?: Readonly<Record<string, Schema>>
  readonly element?: Schema
  readonly items?: readonly Schema[]
  readonly options?: readonly Schema[]
}

function definition(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition
}

/** Where nothing more can be said of what is wanted. */
const OTHER = 'of another kind'

/** The most telling issue in words. `prefix` is where `value` stands, for naming. */
function explain(issues: readonly Issue[], schema: Schema, value: unknown, prefix: Path = []): string {
  // A field that nothing knows is most often another one misspelt, and then explains its absence too.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) return 'is not valid.'
  const path = [...prefix, ...issue.path]
  const found = valueAt(value, issue.path)
  const inner = schemaAt(schema, value, issue.path)

  if (issue.code === 'invalid_union' && issue.errors.length > 0 && found !== undefined) {
    const branch = issue.errors.reduce((best, one) => (distance(one) < distance(best) ? one : best))
    return explain(branch, inner ?? schema, found, path)
  }
  if (issue.code === 'unrecognized_keys') {
    const shape = inner && definition(inner).shape
    const known = shape === undefined ? '' : `; the fields here are ${Object.keys(shape).join(', ')}`
    return `${name([...path, issue.keys[0] ?? ''])} is not known${known}.`
  }
  if (issue.code === 'custom') return `${name(path)}: ${issue.message}.`
  if (found === undefined) {
    const kind = wanted(issue)
    return `${name(path)} is missing${kind === OTHER ? '' : `; it must be ${kind}`}.`
  }
  return `${name(path)} must be ${wanted(issue)}, not ${shown(found)}.`
}

/** How far a value is from one branch of a union: the kind of value counts most, then every field that is off. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'invalid_type' && issue.path.length === 0) return sum + 1000
    return sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1)
  }, 0)
}

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `of type ${issue.expected}`
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : OTHER
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) === 1
          ? 'a text that is not empty'
          : lengthOf(issue.minimum, 'characters', issue.exact)
      if (issue.origin === 'array') return `a list of ${issue.exact ? 'exactly' : 'at least'} ${issue.minimum}`
      return issue.inclusive ? `at least ${issue.minimum}` : `greater than ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'string') return lengthOf(issue.maximum, 'characters', issue.exact, 'at most')
      if (issue.origin === 'array') return `a list of ${issue.exact ? 'exactly' : 'at most'} ${issue.maximum}`
      return issue.inclusive ? `at most ${issue.maximum}` : `less than ${issue.maximum}`
    default:
      return `right (${issue.message})`
  }
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object {…}',
  record: 'an object {…}',
  null: 'null',
}

function lengthOf(count: number | bigint, unit: string, exact = false, otherwise = 'at least'): string {
  return `a text of ${exact ? 'exactly' : otherwise} ${count} ${unit}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => JSON.stringify(value))
  return shown.length > 4 ? `one of ${shown.join(', ')}` : shown.join(' or ')
}

function name(path: Path): string {
  if (path.length === 0) return 'the whole'
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return `"${text.replace(/^\./, '')}"`
}

/** A value as JSON, shortened where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  )
}

/** The schema of what stands at a path, through defaults and unions. */
function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  const own = unwrap(schema, value)
  const [part, ...rest] = path
  if (part === undefined) return own
  const { shape, element, items } = definition(own)
  const next = typeof part === 'number' ? (items?.[part] ?? element) : shape?.[String(part)]
  return next && schemaAt(next, valueAt(value, [part]), rest)
}

/** What a default wraps, or the option of a union that the value comes closest to. */
function unwrap(schema: Schema, value: unknown): Schema {
  const { innerType, options } = definition(schema)
  if (innerType !== undefined) return unwrap(innerType, value)
  if (options === undefined) return schema
  const misses = options.map((option) => {
    const result = z.safeParse(option, value)
    return result.success ? 0 : distance(result.error.issues)
  })
  const closest = options[misses.indexOf(Math.min(...misses))]
  return closest === undefined ? schema : unwrap(closest, value)
}
