/** From JSON to a design that makes sense: every fault becomes one sentence that names the field. */
import { UserError } from '../user-error'
import { shown, validate } from '../validation'
import { frozenWithTies, groupedLayer } from './groups'
import { edgeKey, sortedEdges } from './locks'
import { refuseTooLarge } from './memory'
import { inputCount } from './preprocessing'
import {
  type Basis,
  basisSchema,
  type EdgeIndex,
  FORMAT,
  inputsOf,
  type LayerSpecification,
  type Specification,
  specificationSchema,
} from './specification'
import { sortedFormulas } from './symbolic'

/**
 * Reads a design: format, fields and their types, then what the fields say together. Lists of edges come back sorted and
 * without repetitions, ties of a single edge are dropped, and an edge that shares a frozen curve is frozen too.
 *
 * @param where what a sentence begins with: a file's name, or `job.json: "model"`
 * @throws UserError naming the field and what would be right
 */
export function checkSpecification(value: unknown, where: string): Specification {
  refuseFormat(value, where)
  return checkConsistency(validate(specificationSchema, value, where), where)
}

/** What the fields of a design must say together, for one that was parsed already, as in a job; and that it can be held. */
export function checkConsistency(specification: Specification, where: string): Specification {
  const refuse = (what: string): never => {
    throw new UserError(`${where}: ${what}.`)
  }
  const { layers, inputs, outputs, preprocessing } = specification
  // Before anything is made for each node or edge.
  refuseTooLarge(specification, where)
  const last = layers[layers.length - 1]
  if (last?.nodes !== outputs.length) {
    refuse(
      `the last layer has ${count(last?.nodes ?? 0, 'node')}, but the network has ${count(outputs.length, 'output')}`,
    )
  }
  checkTask(specification, refuse)
  if (preprocessing !== undefined) {
    const given = { inputs: inputCount(preprocessing.inputs), outputs: preprocessing.outputs.length }
    if (given.inputs !== inputs.length) {
      refuse(
        `preprocessing.inputs gives ${count(given.inputs, 'input')} where the network has ${count(inputs.length, 'input')}`,
      )
    }
    if (given.outputs !== outputs.length) {
      refuse(
        `preprocessing.outputs has ${count(given.outputs, 'entry', 'entries')} where ${outputs.length} would be right`,
      )
    }
  }
  const checked = layers.map((layer, l) => checkLocks(specification, layer, l, refuse))
  return {
    ...specification,
    layers: checked.map((layer, l) => {
      const all = l === 0 ? groupedLayer(layer, inputs) : layer
      refuseMixedTies(all, l, refuse)
      return { ...layer, frozen: all.frozen }
    }),
  }
}

/** A basis that an edit asks for. @throws UserError naming what is wrong with it */
export function checkBasis(basis: Basis): Basis {
  return validate(basisSchema, basis, 'The basis')
}

/** A classification has an output for each class, and may say what the classes are called. */
function checkTask({ task, classes, outputs }: Specification, refuse: (what: string) => never): void {
  if (task === 'regression') {
    if (classes !== undefined) refuse('"classes" belongs to a classification, but "task" is regression')
    return
  }
  if (outputs.length < 2) refuse('"task" is classification, which needs two outputs or more, one a class')
  if (classes !== undefined && classes.length !== outputs.length) {
    refuse(
      `"classes" names ${count(classes.length, 'class', 'classes')}, but the network has ${count(outputs.length, 'output')}`,
    )
  }
}

function checkLocks(
  specification: Specification,
  layer: LayerSpecification,
  l: number,
  refuse: (what: string) => never,
): LayerSpecification {
  const inputs = inputsOf(specification, l)
  const lists = {
    frozen: layer.frozen,
    pruned: layer.pruned,
    tied: layer.tied.flat(),
    symbolic: layer.symbolic.map(({ edge }) => edge),
  }
  for (const [field, edges] of Object.entries(lists)) {
    for (const [input, output] of edges) {
      if (input >= inputs || output >= layer.nodes) {
        refuse(
          `layers[${l}].${field} names the edge [${input}, ${output}], but the layer has ` +
            `${count(inputs, 'input')} and ${count(layer.nodes, 'output')}`,
        )
      }
    }
  }
  refuseTwice(lists.tied, `layers[${l}].tied`, 'an edge is in one tie at most', refuse)
  refuseTwice(lists.symbolic, `layers[${l}].symbolic`, 'an edge is one formula', refuse)
  const tied = layer.tied.filter((group) => group.length > 1)
  return {
    ...layer,
    tied,
    frozen: frozenWithTies(layer.frozen, tied),
    pruned: sortedEdges(layer.pruned),
    symbolic: sortedFormulas(layer.symbolic),
  }
}

function refuseTwice(edges: readonly EdgeIndex[], field: string, why: string, refuse: (what: string) => never): void {
  const seen = new Set<string>()
  for (const edge of edges) {
    const key = edgeKey(edge)
    if (seen.has(key)) refuse(`${field} names the edge [${edge.join(', ')}] twice; ${why}`)
    seen.add(key)
  }
}

/** Edges that share a curve share a formula too. */
function refuseMixedTies({ tied, symbolic }: LayerSpecification, l: number, refuse: (what: string) => never): void {
  if (symbolic.length === 0) return
  const names = new Map(symbolic.map(({ edge, function: name }) => [edgeKey(edge), name]))
  for (const [first, ...others] of tied) {
    const other = others.find((edge) => first && names.get(edgeKey(edge)) !== names.get(edgeKey(first)))
    if (first === undefined || other === undefined) continue
    const [one, two] = [first, other].map((edge) => names.get(edgeKey(edge)) ?? 'a curve')
    refuse(
      `layers[${l}].symbolic makes the edge [${first.join(', ')}] ${one} and [${other.join(', ')}] ${two}, ` +
        'but they are tied and share one function',
    )
  }
}

function refuseFormat(value: unknown, where: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`${where}: the design must be a JSON object.`)
  }
  const format: unknown = 'format' in value ? value.format : undefined
  if (format === FORMAT) return
  const what =
    format === undefined
      ? 'the design has no "format"'
      : typeof format === 'number' && format > FORMAT
        ? `this file was made by a newer version (format ${format})`
        : `the design has the unknown format ${shown(format)}`
  throw new UserError(`${where}: ${what}; this version reads format ${FORMAT}.`)
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
