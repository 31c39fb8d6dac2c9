/** `kan-studio info FILE`: what is in a network's file, or in a table. */
import { extname, resolve } from 'node:path'
import { Command } from 'commander'
import { withGroups } from '../../src-shared/kan/groups'
import { basisName } from '../../src-shared/kan/names'
import { type LayerParameters, type Model, parameterCount } from '../../src-shared/kan/parameters'
import {
  type Basis,
  basisSize,
  type EdgeIndex,
  gridSize,
  inputsOf,
  type LayerSpecification,
} from '../../src-shared/kan/specification'
import { designWarnings } from '../../src-shared/kan/warnings'
import { AFFINE_SIZE } from '../../src-shared/numerics/symbolic'
import { readModel } from '../files/model'
import { tableJson, tableText } from './info-table'
import { print, printJson, table } from './print'
import { count, figure } from './progress'
import { withCompute } from './with-compute'

export function infoCommand(): Command {
  return new Command('info')
    .description('describe a network (M.kan) or a table')
    .argument('<file>', 'a .kan file, or a table such as a CSV file')
    .option('--sheet <name>', 'of a workbook, where it is not the largest')
    .option('--json', 'print it as one line of JSON')
    .action(async (file: string, { json, sheet }: { json?: true; sheet?: string }) => {
      if (extname(file).toLowerCase() === '.kan') {
        const model = await readModel(file)
        for (const warning of designWarnings(model.specification, null)) process.stderr.write(`${warning}\n`)
        return json ? printJson(modelJson(model)) : print(modelText(model))
      }
      const summary = await withCompute((calls) =>
        calls.inspectTable(resolve(file), sheet === undefined ? {} : { sheet }),
      )
      return json ? printJson(tableJson(summary)) : print(tableText(summary))
    })
}

/** `{"parameters", "trainable", "layers": […]}`: counts, design and the range that each input's grid spans. */
function modelJson({ specification, parameters }: Model) {
  const layers = withGroups(specification).layers.map((layer, l) => {
    const inputs = inputsOf(specification, l)
    return {
      inputs,
      nodes: layer.nodes,
      basis: layer.basis,
      base: layer.base,
      bias: layer.bias,
      parameters: layerParameters(layer, inputs),
      trainable: layerTrainable(layer, inputs),
      ranges: gridRanges(layer, parameters[l]),
      frozen: layer.frozen.length,
      tied: layer.tied.length,
      pruned: layer.pruned.length,
      symbolic: layer.symbolic.length,
    }
  })
  return {
    name: specification.name,
    parameters: parameterCount(specification),
    trainable: layers.reduce((sum, layer) => sum + layer.trainable, 0),
    inputs: specification.inputs.map(({ name }) => name),
    groups: specification.inputs.map(({ group }) => group),
    outputs: specification.outputs.map(({ name }) => name),
    initialization: specification.initialization,
    seed: specification.seed,
    step: specification.history?.step ?? 0,
    layers,
  }
}

function layerParameters(layer: LayerSpecification, inputs: number): number {
  const formulas = layer.symbolic.length * AFFINE_SIZE
  return layer.nodes * inputs * (basisSize(layer.basis) + 2) + formulas + (layer.bias ? layer.nodes : 0)
}

/** Numbers that training moves: none of frozen and pruned edges, those of tied edges once, of formulas a, b, c, d. */
function layerTrainable(layer: LayerSpecification, inputs: number): number {
  const still = new Set([...layer.frozen, ...layer.pruned].map(String))
  const moving = layer.tied.map((edges) => edges.filter((edge) => !still.has(String(edge))))
  const shared = new Set(moving.flatMap((edges) => edges.slice(1)).map(String))
  const trains = (edge: EdgeIndex) => !still.has(String(edge)) && !shared.has(String(edge))
  const formulas = layer.symbolic.filter(({ edge }) => trains(edge)).length
  const curves = layer.nodes * inputs - still.size - shared.size - formulas
  return curves * (basisSize(layer.basis) + 2) + formulas * AFFINE_SIZE + (layer.bias ? layer.nodes : 0)
}

/** From where to where the grid of each input goes: a spline's inner knots, the outer centres; null without a grid. */
function gridRanges({ basis }: LayerSpecification, parameters: LayerParameters | undefined): [number, number][] | null {
  const grid = parameters?.grid
  if (grid == null) return null
  const points = gridSize(basis)
  const margin = basis.type === 'spline' ? basis.order : 0
  return Array.from({ length: grid.length / points }, (_, input) => {
    const at = (point: number) => grid[input * points + point] ?? Number.NaN
    return [at(margin), at(points - 1 - margin)]
  })
}

function modelText(model: Model): string {
  const { name, parameters, trainable, inputs, groups, outputs, step, layers } = modelJson(model)
  const rows = layers.map((layer, l) => [
    String(l),
    `${layer.inputs} → ${layer.nodes}`,
    describeBasis(layer.basis),
    layer.base,
    layer.bias ? 'bias' : 'no bias',
    count(layer.parameters),
    spanned(layer.ranges),
    [`${layer.frozen} frozen`, `${layer.tied} tied`, `${layer.pruned} pruned`, `${layer.symbolic} symbolic`]
      .filter((part) => !part.startsWith('0'))
      .join(', '),
  ])
  return [
    `${name}: [${[inputs.length, ...layers.map((layer) => layer.nodes)].join(', ')}], `,
    `${count(parameters)} parameters, ${count(trainable)} of them trainable, `,
    step === 0 ? 'not trained yet\n' : `trained for ${count(step)} ${step === 1 ? 'step' : 'steps'}\n`,
    `inputs: ${shortened(inputs.map((input, i) => withGroup(input, groups[i] ?? 0)))}\noutputs: ${shortened(outputs)}\n\n`,
    table([['layer', 'nodes', 'basis', 'base', 'bias', 'parameters', 'range', 'locks'], ...rows]),
  ].join('')
}

function describeBasis(basis: Basis): string {
  const name = basisName(basis)
  switch (basis.type) {
    case 'spline':
      return `${name}, order ${basis.order}, ${basis.intervals} intervals`
    case 'rbf':
      return `${name}, ${basis.centers} centres, ${basis.kernel}`
    case 'chebyshev':
      return `${name}, degree ${basis.degree}`
  }
}

function spanned(ranges: readonly [number, number][] | null): string {
  if (ranges === null) return ''
  const from = ranges.reduce((least, [low]) => Math.min(least, low), Infinity)
  const to = ranges.reduce((most, [, high]) => Math.max(most, high), -Infinity)
  return `${figure(from)} … ${figure(to)}`
}

function withGroup(name: string, group: number): string {
  return group === 0 ? name : group < 0 ? `${name} (discarded)` : `${name} (group ${group})`
}

function shortened(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')}, … (${count(names.length)})`
}
