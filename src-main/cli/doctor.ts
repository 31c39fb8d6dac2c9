/** `kan-studio doctor`: which engines there are, why others are not, and the machine. */
import { Command } from 'commander'
import type { EngineReport } from '../../src-shared/contract/compute'
import { formatBytes } from '../../src-shared/kan/memory'
import { machine } from '../machine'
import { print, printJson, table } from './print'
import { withCompute } from './with-compute'

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('the engines found, why others are not, and the machine')
    .option('--json', 'print it as one line of JSON')
    .action(async ({ json }: { json?: true }) => {
      const engines = await withCompute((calls) => calls.engines())
      if (json) await printJson({ engines, machine: machine() })
      else await print(asText(engines))
    })
}

/** A line for each engine. */
export function asTable(engines: readonly EngineReport[]): string {
  return table(
    engines.map(({ name, available, reason, version, device, threads }) =>
      available
        ? [name, 'available', version ?? '', device ?? '', `${threads} thread${threads === 1 ? '' : 's'}`]
        : [name, 'not available', reason ?? ''],
    ),
  )
}

function asText(engines: readonly EngineReport[]): string {
  const { cpu, cores, memory, freeMemory, system, node } = machine()
  return [
    asTable(engines),
    '\n',
    table([
      ['processor', `${cpu}, ${cores} cores`],
      ['memory', `${formatBytes(memory)}, ${formatBytes(freeMemory)} free`],
      ['system', system],
      ['Node', node],
    ]),
  ].join('')
}
