/** The command line: which commands there are, and how they end. */
import { inspect } from 'node:util'
import { Command, CommanderError } from 'commander'
import manifest from '../../package.json'
import { isUserError, UserError } from '../../src-shared/user-error'
import { benchCommand } from './bench'
import { checkCommand } from './check'
import { doctorCommand } from './doctor'
import { enginesCommand } from './engines'
import { infoCommand } from './info'
import { openStudio } from './open'
import { predictCommand } from './predict'
import { pruneCommand } from './prune'
import { reportCommand } from './report'
import { serveCommand } from './serve'
import { trainCommand } from './train'

const program = new Command('kan-studio')
  .description(`${manifest.description} Without a command: opens the studio.`)
  .version(manifest.version)
  .argument('[M.kan]', 'a network to open in the studio')
  .option('--debug', 'print the stack of an error')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .action(async (file: string | undefined) => {
    process.exitCode = await openStudio(file ?? null)
  })

for (const command of [
  serveCommand(),
  trainCommand(),
  predictCommand(),
  pruneCommand(),
  checkCommand(),
  infoCommand(),
  reportCommand(),
  benchCommand(),
  doctorCommand(),
  enginesCommand(),
]) {
  for (const part of [command, ...command.commands]) part.copyInheritedSettings(program)
  program.addCommand(command)
}

// Whoever writes hears of it too, and knows which fault is none.
process.stdout.on('error', () => {})

try {
  refuseUnknownCommand(process.argv.slice(2))
  await program.parseAsync()
} catch (error) {
  process.exitCode = failure(error)
}

/** Before flags are looked at: those of a command that does not exist are not known either. */
function refuseUnknownCommand(args: readonly string[]): void {
  const first = args.find((arg) => !arg.startsWith('-'))
  const names = program.commands.map((command) => command.name())
  if (first === undefined || names.includes(first) || first.toLowerCase().endsWith('.kan')) return
  throw new UserError(`There is no command ${first}: the commands are ${names.join(', ')}.`, { exitCode: 2 })
}

/** Others put a place before a message, and the command line nothing; a file's name stays as it is. */
function asSentence(message: string): string {
  return message.replace(/^(there|the|an?|every) /, (word) => word.charAt(0).toUpperCase() + word.slice(1))
}

/** Says what went wrong, in one sentence unless stacks are asked for; returns the exit status. */
function failure(error: unknown): number {
  // Commander has said what is wrong with the flags already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const debug = program.opts<{ debug?: true }>().debug === true
  if (debug) process.stderr.write(`${inspect(error)}\n`)
  else if (isUserError(error)) process.stderr.write(`${asSentence(error.message)}\n`)
  else process.stderr.write(`This should not have happened: ${String(error)} (--debug shows where).\n`)
  return isUserError(error) ? error.exitCode : 1
}
