/** How are TensorFlow's operations called, and how long do their results live? A thin layer over the binding of tfjs-node-gpu. */
import { UserError } from '../../../../src-shared/user-error'
import { EngineLost } from '../lost'

/** What the compiled binding of @tensorflow/tfjs-node-gpu exports, as far as it is used. */
export interface Binding {
  createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array | Uint8Array): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  executeOp(name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: number): Output[]
  isUsingGpuDevice(): boolean
  getNumOfTensors(): number
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_BOOL: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
}

interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: number | boolean
}

interface Output {
  readonly id: number
  readonly shape: readonly number[]
}

/** An array on TensorFlow's device. */
export interface Tensor {
  readonly id: number
  readonly shape: readonly number[]
}

/** What it computes with, for people. */
export interface Device {
  readonly device: string
  readonly isCard: boolean
  readonly threads: number
}

/** Lists of numbers (axes, shapes) that are kept for the next call. */
const MOST_CONSTANTS = 2000

/** One TensorFlow: calls are synchronous, one at a time. What is made within `scope` is freed at its end. */
export class TensorFlow {
  readonly #binding: Binding
  /** Ids of the tensors that the scopes that are open will free. */
  readonly #scopes: Set<number>[] = []
  readonly #constants = new Map<string, Tensor>()

  readonly device: Device

  constructor(binding: Binding, device: Device) {
    this.#binding = binding
    this.device = device
  }

  get isOnCard(): boolean {
    return this.#binding.isUsingGpuDevice()
  }

  /** How many there are now of all networks, without the lists that are kept for the next call. */
  get tensors(): number {
    return this.#binding.getNumOfTensors() - this.#constants.size
  }

  /** Frees what `work` makes, but for what it returns, by itself or in lists and records: that belongs to the scope around it. */
  scope<T>(work: () => T): T {
    const made = new Set<number>()
    this.#scopes.push(made)
    let result: T | null = null
    try {
      result = work()
      return result
    } finally {
      this.#scopes.pop()
      const outer = this.#scopes.at(-1)
      for (const { id } of tensorsIn(result)) if (made.delete(id)) outer?.add(id)
      for (const id of made) this.#binding.deleteTensor(id)
    }
  }

  /** Takes it out of all scopes: it lives until `free`. */
  keep(tensor: Tensor): Tensor {
    for (const scope of this.#scopes) scope.delete(tensor.id)
    return tensor
  }

  free(tensor: Tensor): void {
    for (const scope of this.#scopes) scope.delete(tensor.id)
    this.#binding.deleteTensor(tensor.id)
  }

  /** Takes the array over: it must not be written to any more. */
  floats(values: Float32Array, shape: readonly number[] = [values.length]): Tensor {
    return this.#make(shape, this.#binding.TF_FLOAT, values)
  }

  integers(values: Int32Array, shape: readonly number[] = [values.length]): Tensor {
    return this.#make(shape, this.#binding.TF_INT32, values)
  }

  flags(values: Uint8Array, shape: readonly number[] = [values.length]): Tensor {
    return this.#make(shape, this.#binding.TF_BOOL, values)
  }

  /** A number; made anew each time, for it may be another one each time. */
  scalar(value: number): Tensor {
    return this.floats(Float32Array.of(value), [])
  }

  read(tensor: Tensor): Float32Array {
    const values = this.#binding.tensorDataSync(tensor.id)
    if (!(values instanceof Float32Array)) throw new TypeError('a tensor of numbers was expected')
    return values
  }

  readNumber(tensor: Tensor): number {
    return this.read(tensor)[0] ?? Number.NaN
  }

  // One operation each. Shapes spread as in NumPy.

  add = (a: Tensor, b: Tensor) => this.#run('AddV2', [a, b])
  subtract = (a: Tensor, b: Tensor) => this.#run('Sub', [a, b])
  multiply = (a: Tensor, b: Tensor) => this.#run('Mul', [a, b])
  divide = (a: Tensor, b: Tensor) => this.#run('RealDiv', [a, b])
  /** 0 where it divides by 0. */
  share = (a: Tensor, b: Tensor) => this.#run('DivNoNan', [a, b])
  minimum = (a: Tensor, b: Tensor) => this.#run('Minimum', [a, b])
  maximum = (a: Tensor, b: Tensor) => this.#run('Maximum', [a, b])
  isAtLeast = (a: Tensor, b: Tensor) => this.#run('GreaterEqual', [a, b])
  isAbove = (a: Tensor, b: Tensor) => this.#run('Greater', [a, b])
  isEqual = (a: Tensor, b: Tensor) => this.#run('Equal', [a, b])
  isNotNumber = (a: Tensor) => this.#run('IsNan', [a])
  where = (condition: Tensor, a: Tensor, b: Tensor) => this.#run('SelectV2', [condition, a, b])
  negate = (a: Tensor) => this.#run('Neg', [a])
  size = (a: Tensor) => this.#run('Abs', [a])
  sign = (a: Tensor) => this.#run('Sign', [a])
  square = (a: Tensor) => this.#run('Square', [a])
  root = (a: Tensor) => this.#run('Sqrt', [a])
  exponential = (a: Tensor) => this.#run('Exp', [a])
  logarithm = (a: Tensor) => this.#run('Log', [a])
  logarithmOfMore = (a: Tensor) => this.#run('Log1p', [a])
  cosine = (a: Tensor) => this.#run('Cos', [a])
  sine = (a: Tensor) => this.#run('Sin', [a])
  arctangent = (a: Tensor) => this.#run('Atan', [a])
  hyperbolicTangent = (a: Tensor) => this.#run('Tanh', [a])
  hyperbolicCosine = (a: Tensor) => this.#run('Cosh', [a])

  /** 0 and 1 of flags. */
  asNumbers = (a: Tensor) => this.#run('Cast', [a], [this.#type('DstT', this.#binding.TF_FLOAT)])
  asIntegers = (a: Tensor) => this.#run('Cast', [a], [this.#type('DstT', this.#binding.TF_INT32)])

  sum = (a: Tensor, axes: readonly number[], keep = false) => this.#reduce('Sum', a, axes, keep)
  mean = (a: Tensor, axes: readonly number[], keep = false) => this.#reduce('Mean', a, axes, keep)
  largest = (a: Tensor, axes: readonly number[], keep = false) => this.#reduce('Max', a, axes, keep)
  smallest = (a: Tensor, axes: readonly number[], keep = false) => this.#reduce('Min', a, axes, keep)

  /** Matrices, or equal numbers of them along the first axes. */
  product(a: Tensor, b: Tensor, turned: { readonly a?: boolean; readonly b?: boolean } = {}): Tensor {
    if (a.shape.length === 2) {
      return this.#run(
        'MatMul',
        [a, b],
        [this.#flag('transpose_a', turned.a === true), this.#flag('transpose_b', turned.b === true)],
      )
    }
    return this.#run(
      'BatchMatMulV2',
      [a, b],
      [this.#flag('adj_x', turned.a === true), this.#flag('adj_y', turned.b === true)],
    )
  }

  reshape = (a: Tensor, shape: readonly number[]) => this.#run('Reshape', [a, this.#constant(shape)])
  turn = (a: Tensor, axes: readonly number[]) => this.#run('Transpose', [a, this.#constant(axes)])
  slice = (a: Tensor, from: readonly number[], size: readonly number[]) =>
    this.#run('Slice', [a, this.#constant(from), this.#constant(size)])

  /** Part of one axis. */
  part(a: Tensor, axis: number, from: number, count: number): Tensor {
    if (from === 0 && count === a.shape[axis]) return a
    const size = a.shape.map((length, k) => (k === axis ? count : length))
    return this.slice(
      a,
      a.shape.map((_, k) => (k === axis ? from : 0)),
      size,
    )
  }

  join(parts: readonly Tensor[], axis: number): Tensor {
    const [only] = parts
    if (only !== undefined && parts.length === 1) return only
    return this.#run(
      'ConcatV2',
      [...parts, this.#constant([axis], [])],
      [
        this.#number('N', parts.length),
        this.#type('T', this.#binding.TF_FLOAT),
        this.#type('Tidx', this.#binding.TF_INT32),
      ],
    )
  }

  /** Tensors of one shape along a new axis. */
  stack(parts: readonly Tensor[], axis: number): Tensor {
    return this.#run('Pack', parts, [
      this.#number('N', parts.length),
      this.#type('T', this.#binding.TF_FLOAT),
      this.#number('axis', axis),
    ])
  }

  /** Rows of a list, or other slices along one axis. */
  gather = (a: Tensor, list: Tensor, axis = 0) => this.#run('GatherV2', [a, list, this.#constant([axis], [])])
  /** Sums of the slices along the first axis that have the same number in a list. */
  sumByNumber = (a: Tensor, list: Tensor, count: number) =>
    this.#run('UnsortedSegmentSum', [a, list, this.#constant([count], [])])

  zeros = (shape: readonly number[]) => this.#run('Fill', [this.#constant(shape), this.scalar(0)])

  #reduce(name: string, a: Tensor, axes: readonly number[], keep: boolean): Tensor {
    return this.#run(name, [a, this.#constant(axes)], [this.#flag('keep_dims', keep)])
  }

  #run(name: string, inputs: readonly Tensor[], attributes: readonly Attribute[] = NONE): Tensor {
    let outputs: Output[]
    try {
      outputs = this.#binding.executeOp(
        name,
        attributes,
        inputs.map(({ id }) => id),
        1,
      )
    } catch (error) {
      throw faultOf(error, this.isOnCard)
    }
    const [tensor] = outputs
    if (tensor === undefined) throw new TypeError(`TensorFlow's ${name} answered nothing`)
    this.#scopes.at(-1)?.add(tensor.id)
    return tensor
  }

  #make(shape: readonly number[], type: number, values: Float32Array | Int32Array | Uint8Array): Tensor {
    const id = this.#binding.createTensor(shape, type, values)
    this.#scopes.at(-1)?.add(id)
    return { id, shape }
  }

  /** Small lists that operations take: the same ones at every step. */
  #constant(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
    const key = `${values.join()}|${shape.length}`
    let tensor = this.#constants.get(key)
    if (tensor === undefined) {
      if (this.#constants.size >= MOST_CONSTANTS) this.#forgetConstants()
      tensor = this.keep(this.integers(Int32Array.from(values), shape))
      this.#constants.set(key, tensor)
    }
    return tensor
  }

  /** Within a scope, for an operation may be about to take one. */
  #forgetConstants(): void {
    for (const { id } of this.#constants.values()) this.#scopes.at(-1)?.add(id)
    this.#constants.clear()
  }

  #flag = (name: string, value: boolean): Attribute => ({ name, type: this.#binding.TF_ATTR_BOOL, value })
  #number = (name: string, value: number): Attribute => ({ name, type: this.#binding.TF_ATTR_INT, value })
  #type = (name: string, value: number): Attribute => ({ name, type: this.#binding.TF_ATTR_TYPE, value })
}

const NONE: readonly Attribute[] = []

function* tensorsIn(value: unknown): Generator<Tensor> {
  if (isTensor(value)) yield value
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const item of Object.values(value)) yield* tensorsIn(item)
  }
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'id' in value && 'shape' in value
}

/** A device without memory is a matter of the batch; after any other fault nothing that TensorFlow holds is to be trusted. */
function faultOf(error: unknown, isOnCard: boolean): Error {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  if (!/OOM|ResourceExhausted|RESOURCE_EXHAUSTED|out of memory/i.test(line)) {
    return new EngineLost('tensorflow', `TensorFlow cannot go on: ${line.trim().replace(/\.$/, '')}`)
  }
  return new DeviceFull(isOnCard ? 'the graphics card' : 'this machine', null, error)
}

/** The device has no memory for what was asked of it. What it holds is as it was before the operation. */
export class DeviceFull extends UserError {
  readonly #where: string

  /** @param rows of the batch that was too many; null where it was none */
  constructor(where: string, rows: number | null, cause: unknown) {
    const half = rows === null ? 0 : Math.floor(rows / 2)
    const found = `TensorFlow found no memory on ${where}`
    super(
      half === 0
        ? `${found}: train in smaller batches, or choose another engine.`
        : `${found} for ${rows} rows at once: train in batches of ${half} or fewer, or choose another engine.`,
      { cause },
    )
    this.#where = where
  }

  /** The same, where it is known how many rows were computed at once. */
  of(rows: number): DeviceFull {
    return new DeviceFull(this.#where, rows, this.cause)
  }
}
