// Adds up what the last `npm test` reported; the last line is `N passed, N failed`.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const status = Number(process.argv[2] ?? 0)

const unit = read('out/reports/unit.json', ({ numPassedTests, numFailedTests, numPendingTests, success }) => ({
  passed: numPassedTests,
  // A file that does not even load has no tests to fail.
  failed: numFailedTests || (success ? 0 : 1),
  skipped: numPendingTests,
}))
const e2e = read('test-results/e2e.json', ({ stats, errors }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected || errors.length,
  skipped: stats.skipped,
}))

for (const [name, found] of [
  ['unit', unit],
  ['end to end', e2e],
]) {
  console.log(
    found === null
      ? `${name}: did not run`
      : `${name}: ${found.passed} passed, ${found.failed} failed, ${found.skipped} skipped`,
  )
}
const passed = (unit?.passed ?? 0) + (e2e?.passed ?? 0)
let failed = (unit?.failed ?? 0) + (e2e?.failed ?? 0)
if (status !== 0 && failed === 0) {
  console.log(
    `npm test ended with status ${status} although no test failed: see above (build, types, lint, a door not tested).`,
  )
  failed = 1
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || unit === null || e2e === null ? 1 : 0

function read(path, count) {
  const file = join(root, path)
  return existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : null
}
