/** How fast is the engine, case by case? `npm run bench` lists the cases; docs/performance.md has the figures. */
import { availableParallelism, cpus } from 'node:os'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import type { BenchFlags, Case } from './case'
import { deep } from './cases/deep'
import { doublings } from './cases/doublings'
import { edits } from './cases/edits'
import { frames } from './cases/frames'
import { grids } from './cases/grids'
import { large } from './cases/large'
import { lbfgs } from './cases/lbfgs'
import { locks } from './cases/locks'
import { peers } from './cases/peers'
import { small } from './cases/small'
import { start } from './cases/start'
import { step } from './cases/step'
import { tables } from './cases/tables'
import { threads } from './cases/threads'
import { widths } from './cases/widths'

const CASES: readonly Case[] = [
  peers,
  small,
  lbfgs,
  step,
  doublings,
  threads,
  grids,
  widths,
  deep,
  large,
  start,
  locks,
  edits,
  tables,
  frames,
]

export async function main(args: readonly string[]): Promise<void> {
  const command = new Command('npm run bench --')
    .argument('[words...]', 'a case and words that narrow it, or several cases')
    .option('--peer <COMMAND>', 'a program to compare with, in turns with ours; may be given again', collect, [])
    .option('--rounds <N>', 'turns with the peers', whole, 5)
    .option('--reps <N>', 'repetitions of ours in a turn', whole, 15)
    .addHelpText('after', `\nCases:\n${list()}`)
    .exitOverride()
  try {
    command.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? 0 : 2
    return
  }
  const flags = command.opts<BenchFlags>()
  const chosen = CASES.filter(({ name }) => command.args.includes(name))
  if (chosen.length === 0 && flags.peer.length > 0) chosen.push(peers)
  const words = command.args.filter((word) => !CASES.some(({ name }) => name === word))
  if (chosen.length === 0) {
    process.stdout.write(`Name a case:\n\n${list()}\n`)
    process.exitCode = words.length === 0 ? 0 : 2
    return
  }
  process.stdout.write(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores; Node ${process.version}\n`)
  for (const example of chosen) {
    process.stdout.write(`\n${example.name}: ${example.shows}\n\n`)
    await example.run(words, flags)
  }
}

function list(): string {
  return CASES.map(({ name, shows }) => `  ${name.padEnd(10)}${shows}\n`).join('')
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function whole(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('A whole number from 1 is wanted.')
  return Number(value)
}
