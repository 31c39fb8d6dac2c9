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
  const engine = choice === 'auto' ? engines[0] : engines.find(({ name }) => name === choice)
  if (engine === undefined) throw new UserError(`There is no engine "${choice}".`, { exitCode: 2 })
  const availability = await engine.probe()
  if (!availability.available) throw new UserError(availability.reason)
  return engine
}
