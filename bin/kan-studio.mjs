#!/usr/bin/env node
// The front door: runs the command line on the pinned Node, whatever Node it was started with.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findPinnedNode } from './pinned-node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cli = join(root, 'out', 'node', 'cli.js')
const node = findPinnedNode(import.meta.url)

if (!existsSync(cli)) {
  fail('KAN Studio is not built yet: run `npm run build` in its folder first.')
} else if ('reason' in node) {
  fail(node.reason)
} else if (realpathSync(node.path) === realpathSync(process.execPath)) {
  await import(pathToFileURL(cli).href)
} else {
  runOn(node.path)
}

/** Starts the same command on another Node; signals go in, the exit status comes out. */
function runOn(path) {
  // The channel carries nothing: it ends when this process is killed, and tells the command to save and end too.
  const child = spawn(path, [cli, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`The pinned Node ${path} does not start: ${error.message}.`))
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 1))
  })
}

function fail(sentence) {
  process.stderr.write(`kan-studio: ${sentence}\n`)
  process.exitCode = 1
}
