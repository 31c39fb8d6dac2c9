/** `--engine`, and a job's "engine": what computes, in the program as others use it. */
import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { inOwnFolder, lastLine, QUICK } from './testing'

const { start, read, runs, refusal, job } = inOwnFolder()

/** The card in software that Chromium brings, where Linux has it; a card of the machine's own where it is named. */
const CHROMIUM = '/usr/lib/chromium'
const ENVIRONMENT = {
  VK_ICD_FILENAMES: `${CHROMIUM}/vk_swiftshader_icd.json`,
  XDG_RUNTIME_DIR: tmpdir(),
  LD_LIBRARY_PATH: CHROMIUM,
  ...process.env,
} as Record<string, string>
const kan = (...args: string[]) => start(args, ENVIRONMENT).ended

/** Whether there is a card, in software too. */
async function hasCard(): Promise<boolean> {
  const { engines } = lastLine((await kan('doctor', '--json')).stdout)
  return engines.some(({ name, available }: { name: string; available: boolean }) => name === 'webgpu' && available)
}

it('trains on the graphics card where the job says so, and with another engine where the flag does', async (context) => {
  context.skip(!(await hasCard()), 'no graphics card here, not even one in software')
  // In software it is slow.
  await job({ engine: 'webgpu', training: { ...QUICK, steps: 6 } })
  const onCard = await kan('train', 'job.json', '--json', '--out', 'card.kan')
  expect(onCard.code).toBe(0)
  const onProcessor = lastLine((await kan('train', 'job.json', '--json', '--engine', 'wasm')).stdout)
  const there = lastLine(onCard.stdout)
  expect([there.engine, onProcessor.engine]).toEqual(['webgpu', 'wasm'])
  expect(there.train.loss / onProcessor.train.loss).toBeCloseTo(1, 2)
  const [, second = ''] = await runs()
  expect(JSON.parse(await read(second, 'job.json')).engine).toBe('wasm')
})

it('refuses an engine that nobody knows, by the names of those there are', async () => {
  await job()
  const [code, sentence] = await refusal('train', 'job.json', '--engine', 'abacus')
  expect(code).toBe(2)
  expect(sentence).toMatch(/--engine must be auto, wasm, .*reference, not abacus/)
})
