/** Which engine is the fastest on a network and its batches? A short trial of those that are there, remembered by machine and shape. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { engineTitle } from '../../../src-shared/contract/engine-titles'
import type { TrainingSettings } from '../../../src-shared/contract/job'
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import type { Specification } from '../../../src-shared/kan/specification'
import { isUserError } from '../../../src-shared/user-error'
import type { Columns, Engine, EngineName } from './engine'
import { machineKey } from './machine'
import { remembered } from './remembered'

/** Milliseconds that an engine computes for, once it is warm. */
const SPAN = 150
/** A first step that takes longer says enough. */
const LONG = 300
const DAYS = 30
const RATE = 1e-3

/** What is to be trained, and how. */
export interface Subject {
  readonly specification: Specification
  readonly parameters: readonly LayerParameters[]
  /** Most samples in one batch. */
  readonly batch: number
  readonly columns: Columns
  readonly training: Pick<TrainingSettings, 'batchSize' | 'loss' | 'regularization' | 'clipNorm'>
}

export interface Verdict {
  readonly engine: EngineName
  /** Where it computes. */
  readonly device: string
  /** Steps a second of every engine that could do it, by name, the fastest first. */
  readonly rates: readonly (readonly [name: string, rate: number])[]
}

const ratesSchema = z.array(z.tuple([z.string(), z.number().positive()]))

/**
 * @param begins called before something is computed: what is known is only looked up
 * @returns null where there is no choice
 */
export async function fastest(
  subject: Subject,
  candidates: readonly Engine[],
  begins: () => void,
): Promise<Verdict | null> {
  if (candidates.length < 2) return null
  const probes = await Promise.all(candidates.map((engine) => engine.probe()))
  const found = candidates.map(({ name }, k) => [name, probes[k]])
  const rates = await remembered(
    await keyOf(subject, found),
    ratesSchema,
    async () => {
      begins()
      return measured(subject, candidates)
    },
    () => DAYS,
  )
  const winner = candidates.findIndex(({ name }) => name === rates[0]?.[0])
  const [engine, probe] = [candidates[winner], probes[winner]]
  if (engine === undefined || !probe?.available) return null
  return { engine: engine.name, device: probe.capabilities.device, rates }
}

/** Why it is that engine, in a sentence. */
export function reasonOf({ engine, device, rates }: Verdict): string {
  const told = rates.map(([name, rate], k) => `${engineTitle(name)} ${figure(rate)}${k === 0 ? ' steps/s' : ''}`)
  const where = engine === 'wasm' ? 'the processor' : device
  return `${told.join(', ')}: a network and batches of this size are faster on ${where}.`
}

async function measured(subject: Subject, candidates: readonly Engine[]): Promise<[string, number][]> {
  const rates: [string, number][] = []
  for (const engine of candidates) {
    const rate = await rateOf(engine, subject).catch((error: unknown) => {
      // It does not fit there, or that engine is gone: others compute.
      if (!isUserError(error)) throw error
      return 0
    })
    if (rate > 0) rates.push([engine.name, rate])
  }
  return rates.sort(([, a], [, b]) => b - a)
}

/** Steps a second; 0 where it cannot take one. */
async function rateOf(engine: Engine, { specification, parameters, batch, columns, training }: Subject) {
  const network = await engine.compile(specification, parameters, { batch, moments: null })
  try {
    const data = network.load(columns)
    const { batchSize, loss, regularization, clipNorm } = training
    const isFull = batchSize === null || batchSize >= columns.rows
    const order = isFull ? null : Uint32Array.from({ length: columns.rows }, (_, row) => row)
    const run = (milliseconds: number) => {
      const begun = performance.now()
      const { steps } = network.train(data, {
        objective: { loss, regularization },
        optimizer: { type: 'adam', learningRate: () => RATE, clipNorm, foreseeable: true },
        ...{ order, batchSize: batchSize ?? columns.rows, offset: 0 },
        maxSteps: milliseconds === 0 ? 1 : Number.POSITIVE_INFINITY,
        deadline: begun + milliseconds,
      })
      return { steps, milliseconds: performance.now() - begun }
    }
    // The first step makes what is made once.
    const first = run(0)
    let [steps, spent] = first.milliseconds < LONG ? [0, 0] : [first.steps, first.milliseconds]
    while (first.steps > 0 && spent < SPAN) {
      const more = run(SPAN - spent)
      if (more.steps === 0) break
      steps += more.steps
      spent += more.milliseconds
    }
    return spent > 0 ? (1000 * steps) / spent : 0
  } finally {
    network.dispose()
  }
}

/** All that the rates depend on. */
async function keyOf({ specification, batch, columns, training }: Subject, found: unknown): Promise<string> {
  const { batchSize, loss, regularization, clipNorm } = training
  const layers = specification.layers.map(({ nodes, basis, base, bias, symbolic }) => [
    ...[nodes, basis, base, bias, symbolic.length],
  ])
  const shape = [specification.inputs.length, layers, batch, columns.rows]
  const how = [batchSize, loss, regularization?.type ?? null, clipNorm === null]
  const all = JSON.stringify([await machineKey(), found, shape, how])
  return `trial ${createHash('sha256').update(all).digest('hex').slice(0, 32)}`
}

/** Two digits are what a short trial is good for: 9 800, 1.2. */
function figure(rate: number): string {
  return Number(rate.toPrecision(2)).toLocaleString('en-US').replaceAll(',', '\u202f')
}
