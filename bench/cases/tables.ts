import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DuckDBDoubleVector } from '@duckdb/node-api'
import { inspectTable } from '../../src-main/compute/data/cells/inspect'
import { withConnection } from '../../src-main/compute/data/database'
import { loadData } from '../../src-main/compute/data/load'
import { memoryMark } from '../../src-main/compute/peak-memory'
import { spreadOf } from '../../src-shared/benchmark/results'
import type { Case } from '../case'
import { ANSWER, freshly } from '../fresh'
import { table } from '../measure'

interface Example {
  readonly rows: number
  readonly columns: number
  readonly format: 'csv' | 'csv-17' | 'parquet'
}

const EXAMPLES: readonly Example[] = [
  { rows: 10_000, columns: 20, format: 'csv' },
  { rows: 100_000, columns: 20, format: 'csv' },
  { rows: 1_000_000, columns: 20, format: 'csv' },
  { rows: 1_000_000, columns: 20, format: 'csv-17' },
  { rows: 1_000_000, columns: 20, format: 'parquet' },
  { rows: 40, columns: 10_000, format: 'csv' },
  { rows: 1000, columns: 10_000, format: 'csv' },
]

export const tables: Case = {
  name: 'tables',
  shows: 'tables of numbers: inspecting, loading to train, what is held; beside DuckDB alone',
  async run(words, { rounds }) {
    if (words[0] === ANSWER) {
      process.stdout.write(
        `${JSON.stringify(await answer(words[1] ?? '', { file: words[2] ?? '', columns: Number(words[3]) }))}\n`,
      )
      return
    }
    const folder = mkdtempSync(join(tmpdir(), 'kan-studio-bench-'))
    try {
      const row = table(26, [
        'table, MB',
        'inspect s',
        'then load',
        'load s',
        'CPU s',
        'arrays s',
        'CPU s',
        'create s',
        'longest',
        'peak MB',
        'after MB',
        'kept MB',
        'numbers',
      ])
      for (const example of EXAMPLES) {
        const name = `${example.rows} x ${example.columns} ${example.format}`
        if (words.length > 0 && !words.some((word) => name.startsWith(word))) continue
        const file = join(folder, example.format === 'parquet' ? 'table.parquet' : 'table.csv')
        const ask = (what: string) => JSON.parse(freshly('tables', [what, file, String(example.columns)]))
        await write(example, file)
        const all: (readonly number[])[] = []
        for (let round = 0; round < rounds; round++) {
          const ours: Both = ask('both')
          const load: Both = ask('load')
          const other: readonly number[] = ask('arrays')
          const created: readonly number[] = ask('create')
          const longest = Math.max(ours.longest, load.longest)
          const memory = [Math.max(ours.peak, load.peak), load.after, load.kept, example.rows * example.columns * 4]
          all.push([
            ...ours.seconds,
            ...load.seconds,
            load.cpu,
            ...other,
            created[0] ?? 0,
            longest,
            ...memory.map((bytes) => bytes / 1e6),
          ])
        }
        row(`${name}, ${Math.round(statSync(file).size / 1e6)}`, medians(all))
        rmSync(file)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    process.stdout.write(
      '\nSeconds, medians of the rounds, each in a fresh process; CPU: of the processor, for what stands before. Arrays: DuckDB\n' +
        'alone reads all columns as DOUBLE into typed arrays; create: CREATE TABLE of them. Longest: seconds that the process\n' +
        'answered nobody. Peak, after and kept: above an idle process; resident at most, resident after loading, in live arrays\n' +
        'then. Numbers: the table in float32.\n',
    )
  },
}

interface Table {
  readonly file: string
  readonly columns: number
}

interface Both {
  readonly seconds: readonly number[]
  readonly cpu: number
  readonly longest: number
  readonly peak: number
  readonly after: number
  readonly kept: number
}

async function answer(what: string, table: Table): Promise<Both | readonly number[]> {
  const processor = process.cpuUsage()
  const cpu = () => {
    const { user, system } = process.cpuUsage(processor)
    return (user + system) / 1e6
  }
  if (what === 'arrays') return [await seconds(() => readArrays(table)), cpu()]
  if (what === 'create') return [await seconds(() => createTable(table))]
  const before = held()
  const idle = process.memoryUsage.rss()
  const peak = memoryMark()
  const longest = watchStalls()
  const { file } = table
  const names = namesOf(table.columns)
  const times: number[] = []
  if (what === 'both') times.push(await seconds(() => inspectTable(file)))
  let loaded: unknown = null
  times.push(
    await seconds(async () => {
      const choice = { file, inputs: names.slice(0, -1), targets: names.slice(-1), scaling: 'minmax' } as const
      const data = await loadData({ ...choice, split: { type: 'random', validation: 0.2, test: 0, seed: 1 } }, null)
      await data.summarize()
      loaded = data
    }),
  )
  const stall = longest()
  const used = cpu()
  const kept = held() - before
  const after = process.memoryUsage.rss() - idle
  if (loaded === null) throw new Error('nothing was loaded')
  return { seconds: times, cpu: used, longest: stall, peak: peak(), after, kept }
}

/** Bytes of what is alive in the heap and in arrays. */
function held(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** What it returns tells the longest time, in seconds, in which no timer ran. */
function watchStalls(): () => number {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 10)
  return () => {
    clearInterval(timer)
    return Math.max(longest, performance.now() - last) / 1000
  }
}

async function write({ rows, columns, format }: Example, file: string): Promise<void> {
  await withConnection(async (connection) => {
    const value = format === 'csv' ? 'round(random(), 6)' : 'random()'
    const values = namesOf(columns)
      .map((name) => `${value} AS ${name}`)
      .join(', ')
    const options = format === 'parquet' ? 'FORMAT parquet' : 'FORMAT csv, HEADER'
    await connection.run(`COPY (SELECT ${values} FROM range(${rows})) TO '${file}' (${options})`)
  })
}

/** DuckDB alone, told of the columns as our reader tells it. */
async function readArrays({ file, columns }: Table): Promise<void> {
  const arrays: Float64Array[][] = Array.from({ length: columns }, () => [])
  await withConnection(async (connection) => {
    const result = await connection.stream(`SELECT * FROM ${source(file, columns)}`)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      for (let k = 0; k < columns; k++) {
        const vector = chunk.getColumnVector(k)
        if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError('DuckDB gave no doubles')
        // biome-ignore lint/complexity/useLiteralKeys: the view is private by its type
        arrays[k]?.push(vector['items'].slice(0, chunk.rowCount))
      }
    }
  })
}

function createTable({ file, columns }: Table): Promise<void> {
  return withConnection(async (connection) => {
    await connection.run(`CREATE TABLE numbers AS SELECT * FROM ${source(file, columns)}`)
  })
}

function source(file: string, columns: number): string {
  if (file.endsWith('.parquet')) return `read_parquet('${file}')`
  const types = namesOf(columns).map((name) => `${name}: 'DOUBLE'`)
  return `read_csv('${file}', auto_detect=false, header=true, max_line_size=4000000, columns={${types.join(', ')}})`
}

function namesOf(columns: number): string[] {
  return Array.from({ length: columns }, (_, k) => `x${k}`)
}

async function seconds(call: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await call()
  return (performance.now() - begun) / 1000
}

function medians(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, k) => spreadOf(rows.map((row) => row[k] ?? 0)).median)
}
