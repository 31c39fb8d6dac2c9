/** `kan-studio engines`: which engines there are, and the library of one that has to be installed. */
import { Argument, Command } from 'commander'
import type { LibraryDoing } from '../../src-shared/contract/library'
import { formatBytes } from '../../src-shared/kan/memory'
import { tensorflowFolder } from '../library/folder'
import { installTensorflow, removeTensorflow } from '../library/install'
import { asTable } from './doctor'
import { onInterrupt } from './interrupt'
import { print } from './print'
import { withCompute } from './with-compute'

export function enginesCommand(): Command {
  const library = () => new Argument('<library>', 'tensorflow').choices(['tensorflow'])
  return new Command('engines')
    .description('the engines found here; `engines install tensorflow` and `engines remove tensorflow`')
    .action(async () => print(asTable(await withCompute((calls) => calls.engines()))))
    .addCommand(
      new Command('install')
        .description('load TensorFlow (270 MB; with --gpu some GB) and compile its binding, into a folder of yours')
        .addArgument(library())
        .option('--gpu', 'for NVIDIA cards, with CUDA; Linux on x64')
        .action(async (_: string, { gpu = false }: { gpu?: boolean }) => {
          process.exitCode = await install(gpu)
        }),
    )
    .addCommand(
      new Command('remove')
        .description('delete that folder')
        .addArgument(library())
        .action(async () => {
          const wasThere = await removeTensorflow(process.env)
          await print(wasThere ? 'TensorFlow is removed.\n' : 'TensorFlow was not installed.\n')
        }),
    )
}

async function install(gpu: boolean): Promise<number> {
  const controller = new AbortController()
  let exitCode = 0
  const stop = onInterrupt((status) => {
    exitCode = status
    controller.abort()
  })
  const line = progressOf(process.stderr)
  try {
    const { signal } = controller
    const isNew = await installTensorflow({
      gpu,
      signal,
      report: line.update,
      env: process.env,
      node: process.execPath,
    })
    line.clear()
    const folder = tensorflowFolder(process.env)
    await print(isNew ? `TensorFlow is installed in ${folder}.\n` : `TensorFlow was installed already, in ${folder}.\n`)
    const engines = await withCompute((calls) => calls.engines())
    await print(asTable(engines.filter(({ name }) => name === 'tensorflow')))
  } catch (error) {
    line.clear()
    if (!controller.signal.aborted) throw error
    process.stderr.write('Stopped. What was loaded stays: install again, and it goes on from there.\n')
  } finally {
    stop()
  }
  return exitCode
}

/** What it is at: in place on a terminal, a line for each part of the work anywhere else. */
function progressOf(stream: NodeJS.WriteStream) {
  let shown = ''
  let shownAt = 0
  return {
    update({ what, done, total }: LibraryDoing): void {
      if (stream.isTTY !== true) {
        if (what !== shown) stream.write(`${what}\n`)
        shown = what
        return
      }
      if (what === shown && performance.now() - shownAt < 100) return
      shown = what
      shownAt = performance.now()
      const of = total !== undefined && total > 0 ? ` of ${formatBytes(total)}` : ''
      const text = done === undefined ? what : `${what}: ${formatBytes(done)}${of}`
      stream.write(`\r${text.slice(0, (stream.columns || 80) - 1)}\u001b[K`)
    },
    clear(): void {
      if (shown !== '' && stream.isTTY === true) stream.write('\r\u001b[K')
    },
  }
}
