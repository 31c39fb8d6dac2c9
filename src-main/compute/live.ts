/** The session's model: its exact numbers, and the network of an engine that computes with them. */
import { drawingOf } from '../../src-shared/contract/drawing'
import type { EngineChoice, TrainingSettings } from '../../src-shared/contract/job'
import { misfitOf } from '../../src-shared/contract/misfit'
import { patchOf } from '../../src-shared/contract/patch'
import type { ComputingEngine, LayerDrawing, LayerEdges, LayerPatch } from '../../src-shared/contract/telemetry'
import { refuseTooLarge } from '../../src-shared/kan/memory'
import type { LayerParameters, Model, Moments } from '../../src-shared/kan/parameters'
import type { LayerSpecification, Specification } from '../../src-shared/kan/specification'
import type { LbfgsState } from '../../src-shared/numerics/lbfgs'
import type { Plateau } from '../../src-shared/numerics/schedule'
import { designKey } from '../../src-shared/numerics/trainable-vector'
import { UserError } from '../../src-shared/user-error'
import type { OptimizerState } from '../files/optimizer'
import { type LoadedData, trainingColumns } from './data/load'
import type { DataHandle, Engine, EngineName, Network } from './engines/engine'
import { competitors, openEngine } from './engines/registry'
import { fastest, reasonOf, type Verdict } from './engines/trial'
import { Optimizer } from './training/optimizer'
import type { Turn } from './turns'

/** A network with the data that it trains on. */
export interface Compiled {
  readonly choice: EngineChoice
  readonly batch: number
  readonly engine: EngineName
  readonly network: Network
  readonly data: LoadedData
  readonly train: DataHandle
  readonly validation: DataHandle | null
}

/** How others ask the session's network about its data. */
export interface LiveHost {
  readonly turn: Turn
  readonly live: () => Live
  /** The network with the session's data. @throws UserError where they do not fit, or there are none */
  readonly compile: () => Promise<Compiled>
}

/** Calls are made one at a time: the session queues them. */
export class Live {
  /** Updates done so far. */
  step: number
  /** What a plateau schedule remembers of those updates. */
  plateau: Plateau | null
  /** Edits seen so far. */
  revision = 0
  private exact: Model
  readonly optimizer: Optimizer
  /** Whether the network trained on after `exact` was read. */
  private ahead = false
  /** Where `exact` was read, while the network is ahead of it. */
  private kept: { readonly step: number; readonly plateau: Plateau | null }
  private compiled: Compiled | null = null
  /** Engines that were lost, by their names: another one computes in their stead. */
  private readonly lost = new Set<string>()
  /** What `auto` takes, where engines were tried. */
  private verdict: Verdict | null = null
  private engine: { readonly choice: EngineChoice; readonly engine: Engine } | null = null

  /** @param lbfgs the state of L-BFGS to go on from, where that trained the model last */
  constructor(model: Model, step: number, lbfgs: LbfgsState | null = null) {
    this.optimizer = new Optimizer(lbfgs)
    const { history } = model.specification
    // A job may count its steps from 0 again: then nothing is remembered.
    this.plateau = (history?.step === step && history.plateau) || null
    this.step = step
    this.kept = { step, plateau: this.plateau }
    this.exact = { ...model, specification: this.described(model.specification) }
  }

  get specification(): Specification {
    return this.exact.specification
  }

  /** What is compiled now, or null. */
  get current(): Compiled | null {
    return this.compiled
  }

  /** Its network. */
  get network(): Network | null {
    return this.compiled?.network ?? null
  }

  /** The engine that it is compiled for, for people. */
  get computing(): ComputingEngine | null {
    if (this.compiled === null) return null
    const { engine: name, network } = this.compiled
    const { device, threads } = network.capabilities
    return { name, device, threads, why: this.why }
  }

  /** The model with its moments, exactly as the engine holds them. */
  model(): Model {
    const network = this.network
    if (this.ahead && network !== null) {
      const moments = network.readMoments()
      // Untouched moments are none: L-BFGS trained, or nothing did.
      const specification = this.described(this.exact.specification)
      this.exact = { specification, parameters: network.readParameters(), moments: moments.step === 0 ? null : moments }
      this.ahead = false
    }
    return this.exact
  }

  /** What the optimiser that trained last goes on from; null where none has a state. */
  optimizerState(): OptimizerState | null {
    const { lbfgs } = this.optimizer
    const { moments } = this.model()
    if (lbfgs !== null) return { type: 'lbfgs', state: lbfgs }
    return moments && { type: 'adam', moments }
  }

  /** The parameters alone, to draw with. */
  drawing(): readonly LayerDrawing[] {
    return this.numbers().map(drawingOf)
  }

  /** Those of some edges, to draw with. */
  patches(watched: readonly LayerEdges[]): readonly LayerPatch[] {
    const parameters = this.numbers()
    return watched.flatMap((some) => {
      const layer = parameters[some.layer]
      return layer === undefined ? [] : [patchOf(layer, some)]
    })
  }

  private numbers(): readonly LayerParameters[] {
    return this.ahead && this.network !== null ? this.network.readParameters() : this.exact.parameters
  }

  /** To be called after every training of the network. */
  trained(step: number, plateau: Plateau | null): void {
    if (!this.ahead) this.kept = { step: this.step, plateau: this.plateau }
    this.step = step
    this.plateau = plateau
    this.ahead = true
  }

  /** Replaces the design's words, numbers untouched. */
  describe(change: Partial<Specification>): void {
    const { parameters, moments } = this.model()
    this.exact = { specification: this.described({ ...this.specification, ...change }), parameters, moments }
  }

  /**
   * A network that computes with the model and holds the data; the one there is taken if it will do.
   *
   * @param batch most samples in one batch
   * @throws UserError when the data do not fit the network or the network not into memory
   */
  async compile(choice: EngineChoice, batch: number, data: LoadedData): Promise<Compiled> {
    const held = this.compiled
    if (held !== null && held.choice === choice && held.batch === batch && held.data === data) return held
    refuseMisfit(this.specification, data)
    refuseTooLarge(this.specification)
    const { specification, parameters, moments } = this.model()
    this.release()
    if (this.engine?.choice !== choice)
      this.engine = { choice, engine: await openEngine(this.preferred(choice), this.lost) }
    const { engine } = this.engine
    const network = await engine.compile(specification, parameters, { batch, moments })
    try {
      const train = network.load(trainingColumns(data))
      const toValidate = data.columns('validation')
      const validation = toValidate === null ? null : network.load(toValidate)
      this.compiled = { choice, batch, engine: engine.name, network, data, train, validation }
      return this.compiled
    } catch (error) {
      network.dispose()
      throw error
    }
  }

  /**
   * Puts another model in place of this one, as an edit does. A network whose shapes stay goes on with the new numbers and
   * masks; any other is freed and compiled anew when it is needed next.
   *
   * @throws UserError when the model would not fit into memory; then nothing has changed
   */
  replace(model: Model): void {
    const before = this.model()
    const held = this.compiled
    const isOther =
      model.parameters !== before.parameters || designKey(model.specification) !== designKey(before.specification)
    if (isOther) this.optimizer.lbfgs = null
    if (held !== null && sameShapes(before.specification, model.specification)) {
      if (model.parameters !== before.parameters || model.moments !== before.moments) {
        held.network.writeParameters(model.parameters, model.moments)
      }
      held.network.applyMasks(model.specification)
    } else {
      refuseTooLarge(model.specification)
      this.release()
    }
    this.exact = model
  }

  /** Goes back to what the numbers of this very design were at a step. */
  rewind(parameters: readonly LayerParameters[], moments: Moments | null, step: number, plateau: Plateau | null): void {
    this.step = step
    this.plateau = plateau
    this.replace({ specification: this.described(this.specification), parameters, moments })
  }

  /** Lets the engines that are there try the network, so that `auto` takes the fastest. */
  async tryEngines(training: TrainingSettings, batch: number, data: LoadedData): Promise<void> {
    const candidates = (await competitors()).filter(({ name }) => !this.lost.has(name))
    if (candidates.length < 2) return
    refuseMisfit(this.specification, data)
    refuseTooLarge(this.specification)
    const { specification, parameters } = this.model()
    const subject = { specification, parameters, batch, columns: trainingColumns(data), training }
    this.verdict = await fastest(subject, candidates, () => this.release())
    if (this.verdict === null || this.engine?.choice !== 'auto') return
    if (this.engine.engine.name !== this.verdict.engine) {
      this.release()
      this.engine = null
    }
  }

  /** Why it is this engine that computes, where nobody chose it; null where it was chosen, or is the only one. */
  get why(): string | null {
    const { compiled, verdict } = this
    return compiled?.choice === 'auto' && verdict?.engine === compiled.engine ? reasonOf(verdict) : null
  }

  private preferred(choice: EngineChoice): EngineChoice {
    return choice === 'auto' ? (this.verdict?.engine ?? choice) : choice
  }

  /** The engine is gone with all that it held: the model is what was read from it last, and another engine computes it. */
  lose(engine: string): void {
    this.lost.add(engine)
    if (this.compiled?.engine === engine) {
      if (this.ahead) {
        this.step = this.kept.step
        this.plateau = this.kept.plateau
        // It belongs to numbers that are gone.
        this.optimizer.lbfgs = null
      }
      this.ahead = false
      this.compiled = null
    }
    this.engine = null
  }

  /** Lost engines may be tried again. */
  forgive(): void {
    if (this.lost.size === 0) return
    this.release()
    this.lost.clear()
    this.engine = null
  }

  /** Frees the network; the model stays. */
  release(): void {
    this.model()
    this.compiled?.network.dispose()
    this.compiled = null
  }

  /** A design whose history, if it has one, stands where this model does. */
  private described(specification: Specification): Specification {
    const { history } = specification
    if (history === undefined) return specification
    const { plateau: _, ...rest } = history
    const { step, plateau } = this
    return { ...specification, history: { ...rest, step, ...(plateau !== null && { plateau }) } }
  }
}

/** Whether a table has as many inputs and targets as a network. */
export function fits(specification: Specification, data: LoadedData): boolean {
  return misfit(specification, data) === null
}

/** @throws UserError naming both counts where they differ */
export function refuseMisfit(specification: Specification, data: LoadedData): void {
  const sentence = misfit(specification, data)
  if (sentence === null) return
  throw new UserError(`${sentence}: choose as many columns as the network has, or change the network.`, { exitCode: 2 })
}

function misfit(specification: Specification, { inputNames, targetNames }: LoadedData): string | null {
  return misfitOf(specification, 'The table', { inputs: inputNames, targets: targetNames })
}

function sameShapes(a: Specification, b: Specification): boolean {
  return (
    a.inputs.length === b.inputs.length &&
    a.layers.length === b.layers.length &&
    a.layers.every((layer, l) => {
      const other = b.layers[l]
      return other !== undefined && shapeOf(layer) === shapeOf(other)
    })
  )
}

/** Formulas count as shapes: they are other tensors. */
function shapeOf({ nodes, basis, base, bias, symbolic }: LayerSpecification): string {
  return JSON.stringify([nodes, basis, base, bias, symbolic.map(({ edge, function: name }) => [edge, name])])
}
