/** The command line: which commands there are, and how they end. */
import { inspect } from 'node:util'
import { Command, CommanderError } from 'commander'
import manifest from '../../package.json'
import { isUserError, UserError } from '../../src-shared/user-error'
import { checkCommand } from './check'
import { doctorCommand } from './doctor'
import { infoCommand } from './info'
import { openStudio } from './open'
import { predictCommand } from './predict'
import { serveCommand } from './serve'
import { trainCommand } from './train'

const program = new Command('kan-studio')
  .description(`${manifest.description} Without a command: opens the studio.`)
  .version(manifest.version)
  .argument('[M.kan]', 'a network to open in the studio')
  .option('--debug', 'print the stack of an error')
  .configureHelp({ showGlobalOptions: true })
  .action(async (file: string | undefined) => {
    if (file !== undefined && !file.toLowerCase().endsWith('.kan')) {
      throw new UserError(`There is no command ${file}; kan-studio --help lists those there are.`, { exitCode: 2 })
    }
    process.exitCode = await openStudio(file ?? null)
  })

for (const command of [
  serveCommand(),
  trainCommand(),
  predictCommand(),
  checkCommand(),
  infoCommand(),
  doctorCommand(),
]) {
  program.addCommand(command)
}
for (const command of [program, ...program.commands]) command.exitOverride().showSuggestionAfterError()

// A reader that has gone (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = failure(error)
}

/** Says what went wrong, in one sentence unless stacks are asked for; returns the exit status. */
function failure(error: unknown): number {
  // Commander has said what is wrong with the flags already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const debug = program.opts<{ debug?: true }>().debug === true
  if (debug) process.stderr.write(`${inspect(error)}\n`)
  else if (isUserError(error)) process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`This should not have happened: ${String(error)} (--debug shows where).\n`)
  return isUserError(error) ? error.exitCode : 1
}
