/** How many operations a second does the machine do at most? A loop of multiply-adds on registers, on some threads at once. */
import { Worker } from 'node:worker_threads'
import asc from 'assemblyscript/asc'

/** Twelve sums that do not wait for one another: more than the units have stages. */
const SUMS = 12
const LANES = 4
const MILLISECONDS = 400

// Factors that are known when the loop is compiled are made anew in each turn, at four times the cost.
const SOURCE = `
export function loop(n: i32, a: f32, b: f32): f32 {
  const x = f32x4.splat(a), y = f32x4.splat(b)
  let ${Array.from({ length: SUMS }, (_, k) => `s${k} = f32x4.splat(${k})`).join(', ')}
  for (; n > 0; n--) { ${Array.from({ length: SUMS }, (_, k) => `s${k} = v128.relaxed_madd<f32>(x, y, s${k})`).join('; ')} }
  ${Array.from({ length: SUMS - 1 }, (_, k) => `s0 = f32x4.add(s0, s${k + 1})`).join('; ')}
  return f32x4.extract_lane(s0, 0)
}`

const WORKER = `
const { parentPort, workerData } = require('node:worker_threads')
const { loop } = new WebAssembly.Instance(workerData).exports
const rate = (milliseconds) => {
  const begun = performance.now()
  let rounds = 0
  do { loop(100000, 0.5, 0.25); rounds++ } while (performance.now() < begun + milliseconds)
  return (rounds * 100000) / (performance.now() - begun)
}
rate(300)
parentPort.once('message', () => parentPort.postMessage(rate(${MILLISECONDS})))
parentPort.postMessage('ready')
`

/** Operations a second of all threads together; a multiply-add counts as two. */
export async function multiplyAdds(threads: number): Promise<number> {
  const module = new WebAssembly.Module(await compile())
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { eval: true, workerData: module }))
  const heard = (worker: Worker) => new Promise<unknown>((resolve) => worker.once('message', resolve))
  await Promise.all(workers.map(heard))
  const rates = Promise.all(workers.map(heard))
  for (const worker of workers) worker.postMessage('go')
  const loops = (await rates).reduce<number>((sum, rate) => sum + Number(rate), 0)
  await Promise.all(workers.map((worker) => worker.terminate()))
  return 1000 * loops * SUMS * LANES * 2
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  const { error, binary, stderr } = await asc.compileString(SOURCE, {
    optimizeLevel: 3,
    runtime: 'stub',
    enable: ['simd', 'relaxed-simd'],
  })
  if (error || binary === null) throw new Error(`the loop does not compile: ${stderr}`)
  return new Uint8Array(binary)
}
