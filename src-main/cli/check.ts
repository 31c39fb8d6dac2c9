/** `kan-studio check M.kan --data D.csv`: holds every engine to the float64 reference, on one's own network and data. */
import { resolve } from 'node:path'
import { Command } from 'commander'
import type { CheckResult } from '../../src-shared/contract/compute'
import type { EngineChoice, Regularization } from '../../src-shared/contract/job'
import { encodeTensors } from '../../src-shared/kan/file/file'
import { trainableLayout } from '../../src-shared/kan/layout'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { writeFileAtomic } from '../files/atomic'
import { readModel } from '../files/model'
import { columnsFlag, engineFlag, refuseOverwriting, refuseUnwritable, regularizationFlag } from './flags'
import { print, printJson, table } from './print'
import { figure } from './progress'
import { withCompute } from './with-compute'

interface Options {
  readonly data: string
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
  readonly regularization?: Regularization
  readonly engine?: EngineChoice
  readonly out?: string
  readonly json?: true
}

type Errors = CheckResult['engines'][string]

/** Largest relative error that an engine may show (docs/numerics.md): those of float32 round, the reference must not. */
const FLOAT32: Errors = { output: 2e-5, loss: 2e-5, regularization: 2e-5, gradients: 1e-4 }
const FLOAT64: Errors = { output: 1e-10, loss: 1e-10, regularization: 1e-10, gradients: 1e-10 }

export function checkCommand(): Command {
  return new Command('check')
    .description("compare each engine's outputs, losses and gradients with the float64 reference")
    .argument('<M.kan>', 'the network')
    .requiredOption('--data <D.csv>', 'the table')
    .requiredOption('--inputs <a,b>', "columns for the network's inputs, in their order", columnsFlag)
    .requiredOption('--targets <f>', "columns for the network's outputs, in their order", columnsFlag)
    .option('--regularization <JSON>', 'as in a job: {"type": "better_kan", "lambda": 0.01}', regularizationFlag)
    .option('--engine <E>', 'wasm, webgpu, tensorflow or reference (default: every engine)', engineFlag)
    .option('--out <G.safetensors>', 'where outputs, losses and gradients of the first engine named go')
    .option('--json', 'print the result as one line of JSON')
    .action(async (file: string, options: Options) => {
      process.exitCode = await check(file, options)
    })
}

async function check(file: string, options: Options): Promise<number> {
  refuseUnwritable('--out', options.out)
  refuseOverwriting('--out', options.out, [file, options.data])
  const model = await readModel(file)
  const { inputs, targets } = options
  const result = await withCompute((calls) =>
    calls.check({
      model,
      file: resolve(options.data),
      inputs,
      targets,
      regularization: options.regularization ?? null,
      engine: options.engine ?? 'all',
    }),
  )
  if (options.out !== undefined) {
    await writeFileAtomic(resolve(options.out), encodeValues(result.values, model.specification))
  }
  if (options.json)
    await printJson({ loss: result.loss, regularization: result.regularization, engines: result.engines })
  else await print(asText(result))
  const faults = Object.entries(result.beyondRounding).flatMap(([engine, errors]) => faultsOf(engine, errors))
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  return faults.length === 0 ? 0 : 1
}

/** A sentence for each error above what is allowed, rounding aside. NaN is above everything. */
function faultsOf(engine: string, errors: Errors): readonly string[] {
  const allowed = engine === 'reference' ? FLOAT64 : FLOAT32
  return (['output', 'loss', 'regularization', 'gradients'] as const)
    .filter((kind) => !(errors[kind] <= allowed[kind]))
    .map((kind) => `${engine}: the error of ${kind} is ${figure(errors[kind])}, above the ${allowed[kind]} allowed.`)
}

function asText({ loss, regularization, engines }: CheckResult): string {
  const rows = Object.entries(engines).map(([name, errors]) => [
    name,
    ...[errors.output, errors.loss, errors.regularization, errors.gradients].map((error) => error.toExponential(1)),
  ])
  return [
    `loss ${loss}, regularization ${regularization} (reference)\n`,
    'largest error, relative to the largest value:\n',
    table([['engine', 'output', 'loss', 'regularization', 'gradients'], ...rows]),
  ].join('')
}

/** What an engine computed as safetensors: `output` [rows, O], `loss`, `regularization`, `gradients.layers.{l}.…`. */
function encodeValues(values: CheckResult['values'], specification: Specification): Uint8Array {
  const scalar = (value: number) => ({ shape: [], values: Float64Array.of(value) })
  const gradients = specification.layers.flatMap((layer, l) => {
    const of = values.gradients[l]
    if (of === undefined) throw new RangeError(`layer ${l} has no gradients`)
    return trainableLayout(layer, inputsOf(specification, l)).flatMap(({ name, field, shape }) => {
      const gradient = of[field]
      return gradient === null ? [] : [[`gradients.layers.${l}.${name}`, { shape, values: gradient }] as const]
    })
  })
  const outputs = specification.outputs.length
  return encodeTensors(
    [
      ['output', { shape: [values.rows, outputs], values: values.output }],
      ['loss', scalar(values.loss)],
      ['regularization', scalar(values.regularization)],
      ...gradients,
    ],
    { engine: values.engine },
  )
}
