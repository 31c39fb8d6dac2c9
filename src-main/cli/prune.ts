/** `kan-studio prune M.kan --until 5 -o OUT.kan`: takes what a network can do without, and says what that costs. */
import { dirname, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { type DataChoice, dataSchema } from '../../src-shared/contract/job'
import { decisive, type SplitLoss } from '../../src-shared/contract/pruning'
import type { Convention } from '../../src-shared/contract/telemetry'
import { apply } from '../../src-shared/kan/edits/apply'
import { deadWeight, isCompactable } from '../../src-shared/kan/edits/compact'
import type { Model } from '../../src-shared/kan/parameters'
import { codedColumns } from '../../src-shared/kan/preprocessing'
import { pruneUntil } from '../../src-shared/numerics/prune-until'
import { choosePruning, type Pruning, type PruningRule } from '../../src-shared/numerics/pruning'
import { UserError } from '../../src-shared/user-error'
import { readModel, writeModel } from '../files/model'
import { foundPath } from '../studio/paths'
import { refuseMisfit } from './fit'
import { numberFlag, refuseOverwriting, refuseUnwritable } from './flags'
import { print, printJson } from './print'
import { count, figure } from './progress'
import { type Calls, withCompute } from './with-compute'

interface Options {
  readonly out: string
  readonly data?: string
  readonly threshold?: number
  readonly until?: number
  readonly score: Convention
  readonly nodes?: true
  readonly locked?: true
  readonly compact?: true
  readonly json?: true
}

/** What was pruned. */
interface Done {
  readonly threshold: number
  readonly pruning: Pruning
  readonly loss: SplitLoss | null
}

export function pruneCommand(): Command {
  return new Command('prune')
    .description('prune the weakest edges of a network, by a threshold of their scores or until its loss rises')
    .argument('<M.kan>', 'the network')
    .requiredOption('-o, --out <OUT.kan>', 'where the pruned network goes')
    .option('--threshold <score>', 'prune what scores no more than this', numberFlag('A score'))
    .option(
      '--until <percent>',
      'prune as much as the loss allows to rise by so many percent',
      numberFlag('A percentage'),
    )
    .addOption(new Option('--score <convention>', 'how edges are scored').choices(['l1', 'attribution']).default('l1'))
    .option('--nodes', 'prune whole hidden nodes instead of single edges')
    .option('--locked', 'prune locked edges too')
    .option('--compact', 'take out nodes that nothing passes through; outputs stay what they are')
    .option('--data <X.csv>', 'the table to score on (default: what the network was trained on)')
    .option('--json', 'print what was pruned as one line of JSON')
    .action(prune)
}

async function prune(file: string, options: Options): Promise<void> {
  const { out, threshold, until, compact, json } = options
  refuseUnwritable('--out', out)
  refuseOverwriting('--out', out, [file])
  if (threshold !== undefined && until !== undefined) throw wrong('Give --threshold or --until, not both.')
  if (threshold === undefined && until === undefined && compact === undefined) {
    throw wrong('Nothing to do: give --threshold, --until or --compact.')
  }
  const before = await readModel(file)
  const asked = threshold !== undefined || until !== undefined
  const { model: pruned, done } = asked ? await prunedOf(before, file, options) : { model: before, done: null }
  const weight = compact && isCompactable(pruned.specification) ? deadWeight(pruned.specification) : null
  const model = weight === null ? pruned : apply(pruned, { type: 'compact' }).model
  await writeModel(resolve(out), model)
  if (json) await printJson(asJson(done, weight))
  else await print(`${asText(done, options, weight)}Saved ${out}.\n`)
}

async function prunedOf(model: Model, file: string, options: Options): Promise<{ model: Model; done: Done | null }> {
  const data = await dataOf(model, file, options.data)
  refuseOverwriting('--out', options.out, 'file' in data ? [data.file] : [])
  return withCompute(async (calls) => {
    await calls.open(model, model.specification.history?.step ?? 0, null)
    refuseMisfit(model.specification, data, await calls.loadData(data), file)
    const done = await choose(calls, model, options)
    if (done === null || done.pruning.edges === 0) return { model, done }
    const edited = await calls.edit({ type: 'prune-to-mean', slots: done.pruning.layers })
    return { model: edited.model, done }
  })
}

async function choose(calls: Calls, { specification }: Model, options: Options): Promise<Done | null> {
  const scores = (await calls.importance()).map((layer) => layer.scores[options.score])
  const rule: Omit<PruningRule, 'threshold'> = {
    what: options.nodes ? 'nodes' : 'edges',
    locked: options.locked ? 'prune' : 'keep',
  }
  const lossOf = (layers: Pruning['layers']) => calls.pruneLoss({ layers, rows: 'many', search: null })
  const { threshold, until } = options
  if (until !== undefined) return pruneUntil({ specification, scores, rule, limit: until / 100, lossOf })
  if (threshold === undefined) return null
  const pruning = choosePruning(specification, scores, { ...rule, threshold })
  return { threshold, pruning, loss: pruning.edges === 0 ? null : decisive(await lossOf(pruning.layers)) }
}

/** The rows to score on: those that the network was trained on, or as many columns of another table. */
async function dataOf({ specification }: Model, file: string, table: string | undefined): Promise<DataChoice> {
  const written = dataSchema.safeParse(specification.history?.job?.data)
  const trained = written.success ? written.data : null
  if (table === undefined) {
    if (trained === null) {
      throw new UserError(`${file} does not say what it was trained on: name a table with --data.`, { exitCode: 2 })
    }
    if (!('file' in trained)) return trained
    const path = await foundPath(trained.file, [dirname(resolve(file)), process.cwd()])
    return { ...trained, file: path ?? trained.file }
  }
  if (trained !== null && 'file' in trained) return { ...trained, file: resolve(table) }
  const { preprocessing, inputs, outputs } = specification
  const columns = preprocessing === undefined ? inputs.map(({ name }) => name) : codedColumns(preprocessing.inputs)
  return dataSchema.parse({ file: resolve(table), inputs: columns, targets: outputs.map(({ name }) => name) })
}

function asJson(done: Done | null, compacted: number | null) {
  const { edges = 0, nodes = 0, parameters = 0, locked = 0, kept = 0 } = done?.pruning ?? {}
  return {
    ...{ threshold: done?.threshold ?? null, edges, nodes, parameters, locked, kept },
    ...{ loss: done?.loss ?? null, compacted: compacted ?? 0 },
  }
}

function asText(done: Done | null, { until, score }: Options, compacted: number | null): string {
  const lines: string[] = []
  if (done === null && until !== undefined)
    lines.push(`Nothing was pruned: even the weakest costs more than ${until} %.`)
  if (done !== null) {
    const { edges, nodes, parameters, locked, kept } = done.pruning
    const by = `${score === 'l1' ? 'L1' : 'attribution'} up to ${figure(done.threshold)}`
    lines.push(
      `Pruned ${counted(edges, 'edge')}, ${counted(nodes, 'node')}, ${counted(parameters, 'parameter')} (${by}).`,
    )
    if (locked > 0) lines.push(`${counted(locked, 'locked edge')} stayed: --locked prunes them too.`)
    if (kept > 0) lines.push(`${counted(kept, 'weak edge')} stayed, so that every output still depends on an input.`)
  }
  if (done?.loss) {
    const { name, rows, of, before, after } = done.loss
    const some = rows === of ? count(rows) : `${count(rows)} of ${count(of)}`
    lines.push(`Loss on ${some} ${name === 'train' ? 'training' : name} rows: ${figure(before)} → ${figure(after)}.`)
  }
  if (compacted !== null) lines.push(`Compacted by ${counted(compacted, 'node')}.`)
  return lines.map((line) => `${line}\n`).join('')
}

const counted = (number: number, what: string) => `${count(number)} ${what}${number === 1 ? '' : 's'}`

const wrong = (sentence: string) => new UserError(sentence, { exitCode: 2 })
