/** Which engines are there, and which one computes? */
import type { EngineChoice } from '../../../src-shared/contract/job'
import { UserError } from '../../../src-shared/user-error'
import type { Engine } from './engine'
import { reference } from './reference/engine'
import { tensorflow } from './tensorflow/engine'
import { wasm } from './wasm/engine'
import { webgpu } from './webgpu/engine'

/** All engines, the one that `auto` prefers first where nothing was tried. */
export const engines: readonly Engine[] = [wasm, webgpu, tensorflow, reference]

/** Engines that are there and that one takes without being told to: a card in software is for tests, and slow. */
export async function worthwhileEngines(): Promise<readonly Engine[]> {
  const probes = await Promise.all(engines.map((engine) => engine.probe()))
  return engines.filter((_, k) => {
    const found = probes[k]
    return found?.available === true && found.capabilities.isSoftware !== true
  })
}

/** Those of them that are for speed: `auto` lets them try a network. */
export async function competitors(): Promise<readonly Engine[]> {
  return (await worthwhileEngines()).filter(({ name }) => name !== 'reference')
}

/**
 * @param lost engines that are not to be taken: where it is the one that was asked for, any other
 * @throws UserError saying why the engine cannot run here
 */
export async function openEngine(asked: EngineChoice, lost: ReadonlySet<string> = new Set()): Promise<Engine> {
  const choice = lost.has(asked) ? 'auto' : asked
  const candidates = engines.filter(({ name }) => (choice === 'auto' ? !lost.has(name) : name === choice))
  let reason = `There is no engine "${choice}".`
  for (const engine of candidates) {
    const availability = await engine.probe()
    if (!availability.available) reason = availability.reason
    else if (choice !== 'auto' || availability.capabilities.isSoftware !== true) return engine
  }
  throw new UserError(reason, { exitCode: candidates.length === 0 ? 2 : 1 })
}
