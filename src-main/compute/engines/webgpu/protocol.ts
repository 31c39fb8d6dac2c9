/** What do the engine and the thread that holds the graphics card say to each other? */
import type { MessagePort } from 'node:worker_threads'

/** Kernels and buffers are numbered by the engine. */
export type Command =
  | { readonly type: 'allocate'; readonly buffer: number; readonly bytes: number; readonly uniform: boolean }
  | { readonly type: 'free'; readonly buffer: number }
  | {
      readonly type: 'write'
      readonly buffer: number
      readonly offset: number
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | { readonly type: 'compile'; readonly code: string }
  /** Gives a kernel its buffers, by the numbers that it has them under. */
  | {
      readonly type: 'bind'
      readonly binding: number
      readonly entry: string
      readonly constants: Readonly<Record<string, number>>
      readonly buffers: readonly (readonly [number, number])[]
    }
  | { readonly type: 'unbind'; readonly binding: number }
  /** Gives the card back. */
  | { readonly type: 'destroy' }
  /** Ends the thread. */
  | { readonly type: 'end' }
  /** Kernels one after the other, some turns of it. */
  | { readonly type: 'run'; readonly dispatches: readonly Dispatch[]; readonly turns: number }

export type Dispatch = readonly [binding: number, x: number, y: number]

export interface Read {
  readonly buffer: number
  readonly offset: number
  readonly bytes: number
}

/** Answered where something is read. */
export interface Message {
  readonly commands: readonly Command[]
  readonly reads: readonly Read[]
}

export type Answer = { readonly values: readonly ArrayBuffer[] } | { readonly error: string }

export interface Adapter {
  readonly name: string
  /** Whether it is a program that acts like a card. */
  readonly isSoftware: boolean
  /** Bytes of the largest buffer. */
  readonly largest: number
}

/** What is found; an error of `none` where there is no card at all. */
export type Opened = Adapter | { readonly error: string }

export interface Post {
  readonly port: MessagePort
  /** Counts answers, so that one can wait for them. */
  readonly bell: Int32Array<SharedArrayBuffer>
  /** Address of Dawn's module. */
  readonly module: string
}
