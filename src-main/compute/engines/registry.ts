/** Which engines are there, and which one computes? */
import type { EngineChoice } from '../../../src-shared/contract/job'
import { UserError } from '../../../src-shared/user-error'
import type { Engine } from './engine'
import { reference } from './reference/engine'
import { wasm } from './wasm/engine'

/** All engines, the one that `auto` prefers first. */
export const engines: readonly Engine[] = [wasm, reference]

/** @throws UserError saying why the engine cannot run here */
export async function openEngine(choice: EngineChoice): Promise<Engine> {
  const candidates = choice === 'auto' ? engines : engines.filter(({ name }) => name === choice)
  let reason = `There is no engine "${choice}".`
  for (const engine of candidates) {
    const availability = await engine.probe()
    if (availability.available) return engine
    reason = availability.reason
  }
  throw new UserError(reason, { exitCode: candidates.length === 0 ? 2 : 1 })
}
