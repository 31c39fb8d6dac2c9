/** How many operations a second does the machine do at most? A loop of multiply-adds on registers, on some threads at once. */
import { Worker } from 'node:worker_threads'
import { loadKernels } from './loader'

const MILLISECONDS = 400

/** Of a turn of the loop (kernels/peak.as.ts): 12 vectors of 4, and a multiply-add counts as two. */
const OPERATIONS = 12 * 4 * 2

const WORKER = `
const { parentPort, workerData } = require('node:worker_threads')
// As all kernels want it; the loop does not touch it.
const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true })
const { multiplyAdds } = new WebAssembly.Instance(workerData, { env: { memory } }).exports
const rate = (milliseconds) => {
  const begun = performance.now()
  let rounds = 0
  do { multiplyAdds(100000, 0.5, 0.25); rounds++ } while (performance.now() < begun + milliseconds)
  return (rounds * 100000) / (performance.now() - begun)
}
rate(300)
parentPort.once('message', () => parentPort.postMessage(rate(${MILLISECONDS})))
parentPort.postMessage('ready')
`

/** Operations a second of all threads together; a multiply-add counts as two. */
export async function multiplyAdds(threads: number): Promise<number> {
  const { module } = await loadKernels()
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { eval: true, workerData: module }))
  const heard = (worker: Worker) => new Promise<unknown>((resolve) => worker.once('message', resolve))
  await Promise.all(workers.map(heard))
  const rates = Promise.all(workers.map(heard))
  for (const worker of workers) worker.postMessage('go')
  const loops = (await rates).reduce<number>((sum, rate) => sum + Number(rate), 0)
  await Promise.all(workers.map((worker) => worker.terminate()))
  return 1000 * loops * OPERATIONS
}
