// Is every damaged file read without loss or refused in one sentence? `npm run fuzz:files -- 600` first reads the corpus
// (src-main/fuzz/corpus), then damages its files for ten minutes; a second number is the seed to begin with, and
// `npm run fuzz:files -- 1 4711` tries one that failed again. Each file is read in a process of its own kind, so that one that
// hangs or takes the process along is found; one in a hundred is given to the command line, too.
//
// A file that fails is kept in out/fuzz/, to be mended and to join the corpus. Ends with 1 where there was one.
import { execFile, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { runnerImport } from 'vite'

const root = join(import.meta.dirname, '..')
const load = async (file) => (await runnerImport(join(root, 'src-main', 'fuzz', file))).module

/** Milliseconds that a file of a few kilobytes may take; a machine may be busy, so it is tried a second time. */
const LIMIT = 5000
/** Bytes that are read some ten times in that, and how much more time those with more may take. */
const LONG = 1 << 19
const LONGER = 4
const COMMANDS = 101
const HANGS = 'it is not done in time'

if (process.send === undefined) await fuzz()
else await answer()

/** The child: reads each file that it is told of. */
async function answer() {
  const { tryFile } = await load('try-file.ts')
  process.on('message', async (path) => process.send(await tryFile(path)))
  process.on('disconnect', () => process.exit(0))
  process.send('ready')
}

async function fuzz() {
  const [seconds = 60, first = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number)
  const { mutated } = await load('mutations.ts')
  const { faultOf } = await load('try-file.ts')
  const corpus = join(root, 'src-main', 'fuzz', 'corpus')
  const names = readdirSync(corpus).sort()
  const folder = mkdtempSync(join(tmpdir(), 'kan-fuzz-'))
  const kept = join(root, 'out', 'fuzz')
  const count = { tried: 0, read: 0, refused: 0, failed: 0, commands: 0 }
  const refusals = new Map()
  let slowest = { milliseconds: 0, label: '' }
  let child = null
  try {
    for (const name of names) await attempt(name, readFileSync(join(corpus, name)), name)
    await commandLine(join(folder, 'survey.csv'), readFileSync(join(corpus, 'survey.csv')), 'survey.csv')
    const end = performance.now() + seconds * 1000
    for (let seed = first; performance.now() < end; seed++) {
      const name = names[seed % names.length]
      const bytes = mutated(readFileSync(join(corpus, name)), seed)
      await attempt(`input${extname(name)}`, bytes, `seed ${seed} (${name})`)
      if (seed % COMMANDS === 0)
        await commandLine(join(folder, `input${extname(name)}`), bytes, `seed ${seed} (${name})`)
    }
  } finally {
    child?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(
    `${count.tried} files from seed ${first} on: ${count.read} read, ${count.refused} refused, ${count.failed} failed; ` +
      `${count.commands} commands; the slowest took ${(slowest.milliseconds / 1000).toFixed(2)} s: ${slowest.label}`,
  )
  const kinds = [...refusals].sort(([, a], [, b]) => b - a)
  for (const [sentence, times] of kinds) console.log(`${String(times).padStart(7)}  ${sentence}`)
  process.exitCode = count.failed > 0 ? 1 : 0

  async function attempt(file, bytes, label) {
    const path = join(folder, file)
    writeFileSync(path, bytes)
    const begun = performance.now()
    const limit = bytes.length > LONG ? LONGER * LIMIT : LIMIT
    let outcome = await ask(path, limit)
    const milliseconds = performance.now() - begun
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, label }
    if (outcome.sentence === HANGS) outcome = await ask(path, limit)
    count.tried++
    count[outcome.kind]++
    if (outcome.kind === 'failed') keep(path, bytes, label, outcome.sentence)
    if (outcome.kind === 'refused') {
      const kind = kindOf(outcome.sentence)
      refusals.set(kind, (refusals.get(kind) ?? 0) + 1)
    }
  }

  function keep(path, bytes, label, sentence) {
    mkdirSync(kept, { recursive: true })
    const file = join(kept, `${label.replace(/[^\w.]+/g, '-')}${extname(path)}`)
    writeFileSync(file, bytes)
    console.log(`${label}: ${sentence}\n  kept as ${file}`)
  }

  async function ask(path, limit) {
    child ??= await startChild()
    const asked = child
    const outcome = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'failed', sentence: HANGS }), limit)
      asked.removeAllListeners('message')
      asked.removeAllListeners('exit')
      asked.once('message', (answered) => done(answered))
      asked.once('exit', (code, signal) => done({ kind: 'failed', sentence: `the process ends (${signal ?? code})` }))
      asked.send(path)
      function done(answered) {
        clearTimeout(timer)
        resolve(answered)
      }
    })
    if (outcome.sentence === HANGS || asked.exitCode !== null || asked.signalCode !== null) {
      asked.kill('SIGKILL')
      child = null
    }
    return outcome
  }

  /** The commands that open a file: status 0, or 1 or 2 with a sentence. */
  async function commandLine(path, bytes, label) {
    writeFileSync(path, bytes)
    const job = join(folder, 'job.json')
    const isModel = extname(path) === '.kan'
    const data = { file: isModel ? join(corpus, 'numbers.csv') : path, inputs: ['a', 'b'], targets: ['target'] }
    const training = { optimizer: { type: 'adam', learningRate: 0.01 }, steps: 2 }
    writeFileSync(job, JSON.stringify({ model: isModel ? path : join(corpus, 'design.kan'), data, training }))
    const model = isModel ? path : join(corpus, 'spline.kan')
    const commands = [
      ['info', path],
      ['predict', model, '--data', data.file],
      ['train', job, '--out', join(folder, 'trained.kan')],
    ]
    for (const args of commands) {
      count.commands++
      const { code, stderr } = await run(args)
      const lines = stderr.split('\n').filter((line) => line !== '')
      const fault =
        code !== 0 && code !== 1 && code !== 2
          ? `ends with ${code}`
          : code > 0 && lines.length !== 1
            ? `says ${lines.length} lines`
            : (lines.map((line) => faultOf(line, null)).find((found) => found !== null) ?? null)
      if (fault === null) continue
      count.failed++
      keep(path, bytes, label, `kan-studio ${args[0]}: ${fault}\n${stderr}`)
    }
  }
}

function startChild() {
  const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`the process that reads files ends with ${code}`)))
  })
}

function run(args) {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'bin', 'kan-studio.mjs'), ...args],
      { timeout: 4 * LIMIT },
      (error, _, stderr) => resolve({ code: error === null ? 0 : (error.code ?? error.signal), stderr }),
    )
  })
}

/** A sentence without what differs from file to file. */
function kindOf(sentence) {
  return sentence
    .replace(/\S*input\.\w+/g, 'FILE')
    .replace(/'[^']*'/g, "'…'")
    .replace(/"[^"]*"/g, '"…"')
    .replace(/[\d.]+/g, 'N')
    .slice(0, 110)
}
