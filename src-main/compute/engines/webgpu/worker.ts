/**
 * What does the thread do that holds the graphics card? Carries out commands in their order, and answers what is read.
 * The thread is started with the text of this function and of find-card.ts (gpu.ts), so it uses nothing from outside but types.
 */
import type { MessagePort } from 'node:worker_threads'
import type { findCard } from './find-card'
import type { Answer, Command, Message, Post } from './protocol'

/**
 * @param load imports a module, by its address
 * @param find opens the card
 */
export async function holdCard(
  { port, bell, module }: Post,
  load: (address: string) => Promise<unknown>,
  find: typeof findCard,
): Promise<void> {
  const MAP_READ = 1
  const COPY_DESTINATION = 8
  const STORAGE = 128 | 4 | 8
  const UNIFORM = 64 | 8
  let failure: string | null = null
  let shader: GPUShaderModule | null = null
  let staging: GPUBuffer | null = null
  const buffers: (GPUBuffer | undefined)[] = []
  const bindings: ({ readonly pipeline: GPUComputePipeline; readonly group: GPUBindGroup } | undefined)[] = []
  const pipelines = new Map<string, GPUComputePipeline>()

  // Whoever sleeps until an answer comes must hear that none will.
  process.on('exit', () => reply(port, { error: 'its thread ended' }))
  const { opened, device } = await find(module, load)
  device?.addEventListener('uncapturederror', ({ error }) => {
    failure ??=
      error.constructor.name === 'GPUOutOfMemoryError'
        ? 'its memory is full: batches of half as many rows may fit it'
        : error.message
  })
  void device?.lost.then(({ message, reason }) => {
    failure ??= `it was lost (${message.split('\n', 1)[0] || reason})`
  })
  port.postMessage(opened)
  // One after the other: what is read must not overtake what was written.
  let turn = Promise.resolve()
  port.on('message', (message: Message) => {
    turn = turn.then(() => answer(message))
  })

  function carryOut(gpu: GPUDevice, command: Command): void {
    switch (command.type) {
      case 'allocate':
        buffers[command.buffer] = gpu.createBuffer({
          size: command.bytes,
          usage: command.uniform ? UNIFORM : STORAGE,
        })
        break
      case 'free':
        buffers[command.buffer]?.destroy()
        buffers[command.buffer] = undefined
        break
      case 'write':
        gpu.queue.writeBuffer(bufferOf(command.buffer), command.offset, command.bytes)
        break
      case 'compile':
        shader = gpu.createShaderModule({ code: command.code })
        break
      case 'bind': {
        const pipeline = pipelineOf(gpu, command.entry, command.constants)
        const entries = command.buffers.map(([binding, buffer]) => ({
          binding,
          resource: { buffer: bufferOf(buffer) },
        }))
        const group = gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })
        bindings[command.binding] = { pipeline, group }
        break
      }
      case 'unbind':
        bindings[command.binding] = undefined
        break
      case 'destroy':
        gpu.destroy()
        break
      case 'end':
        process.exit()
        break
      case 'run': {
        const encoder = gpu.createCommandEncoder()
        const pass = encoder.beginComputePass()
        for (let turn = 0; turn < command.turns; turn++) {
          for (const [binding, x, y] of command.dispatches) {
            const bound = bindings[binding]
            if (bound === undefined) throw new RangeError(`no binding ${binding}`)
            pass.setPipeline(bound.pipeline)
            pass.setBindGroup(0, bound.group)
            pass.dispatchWorkgroups(x, y)
          }
        }
        pass.end()
        gpu.queue.submit([encoder.finish()])
        break
      }
    }
  }

  async function read(gpu: GPUDevice, reads: Message['reads']): Promise<ArrayBuffer[]> {
    const total = reads.reduce((sum, { bytes }) => sum + bytes, 0)
    if (staging === null || staging.size < total) {
      staging?.destroy()
      staging = gpu.createBuffer({ size: Math.max(4096, total), usage: MAP_READ | COPY_DESTINATION })
    }
    const encoder = gpu.createCommandEncoder()
    let at = 0
    for (const { buffer, offset, bytes } of reads) {
      encoder.copyBufferToBuffer(bufferOf(buffer), offset, staging, at, bytes)
      at += bytes
    }
    gpu.queue.submit([encoder.finish()])
    await staging.mapAsync(MAP_READ, 0, total)
    const mapped = staging.getMappedRange(0, total)
    at = 0
    const answers = reads.map(({ bytes }) => {
      at += bytes
      return mapped.slice(at - bytes, at)
    })
    staging.unmap()
    return answers
  }

  /** Made when it is first used: that takes a while. */
  function pipelineOf(gpu: GPUDevice, entryPoint: string, constants: Record<string, number>): GPUComputePipeline {
    const key = `${entryPoint} ${JSON.stringify(constants)}`
    const made = pipelines.get(key)
    if (made !== undefined) return made
    if (shader === null) throw new RangeError('no kernels')
    const pipeline = gpu.createComputePipeline({ layout: 'auto', compute: { module: shader, entryPoint, constants } })
    pipelines.set(key, pipeline)
    return pipeline
  }

  function bufferOf(index: number): GPUBuffer {
    const buffer = buffers[index]
    if (buffer === undefined) throw new RangeError(`no buffer ${index}`)
    return buffer
  }

  async function answer({ commands, reads }: Message): Promise<void> {
    let result: Answer = { error: failure ?? 'no device' }
    try {
      if (device !== null && failure === null) {
        for (const command of commands) carryOut(device, command)
        if (reads.length === 0) return
        const values = await read(device, reads)
        result = failure === null ? { values } : { error: failure }
      }
    } catch (error) {
      failure ??= String(error)
      result = { error: failure }
    }
    if (reads.length === 0) return
    reply(port, result)
  }

  function reply(to: MessagePort, message: Answer): void {
    to.postMessage(message)
    Atomics.add(bell, 0, 1)
    Atomics.notify(bell, 0)
  }
}
