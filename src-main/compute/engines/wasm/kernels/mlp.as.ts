// A perceptron with one hidden layer, inputs -> ReLU -> one sigmoid output, mean squared error: the yardstick of the benchmark.
//
// A panel is 8 hidden units; units beyond the last are zeros, which stay zeros. A group is 32 panels, an item of each job.
//   parameters, gradient, first, second  [panel][k + 1][8]   k rows of input weights, the last of them the biases; then the
//                                        output's weights; behind all of them the output's bias
//   active   [panel][rows]       a byte, a bit for each unit that is above 0
//   sums     [group][rows][4]    parts of the output, to be added up; rows rounded up to 4 here and in flow
//   flow     [rows]              derivatives of the loss by what goes into the sigmoid
//   strips   the table [rows][k], with a last column of ones: forward in strips of rows, on the way back in strips of
//            columns, chunk by chunk of BACKWARD_ROWS rows
// The hidden layer is never kept: its activity is enough for the way back.
import { updateAll } from './adam.as'
import { multiply, stripBytes } from './dense.as'
import { expNegative } from './elementary.as'
import { scratch } from './layer.as'
import { program } from './program.as'
import { add, fma, ld, mul, splat, st, sumLanes } from './simd.as'

// A block that the host writes (mlp.ts holds the same list), in the place of a program.
@unmanaged export class Mlp {
  rows: i32; k: i32; panels: i32; groups: i32
  parameters: usize; gradient: usize; first: usize; second: usize
  strips: usize; active: usize; sums: usize; flow: usize
  stepSize: f32; correction: f32
}
@inline export function perceptron(): Mlp { return changetype<Mlp>(changetype<usize>(program)) }

// Rows and panels that go together, so that strips and weights stay in the caches.
const FORWARD_ROWS: i32 = 96
export const BACKWARD_ROWS: i32 = 128
const GROUP: i32 = 32

@inline function panelBytes(k: i32): usize { return <usize>(k + 1) << 5 }
@inline function sumBytes(rows: i32): usize { return <usize>((rows + 3) & ~3) << 4 }
// [FORWARD_ROWS or BACKWARD_ROWS][8], of this thread.
@inline function own(): usize { return changetype<usize>(scratch) }

// Forward through the units of a group.
export function mlpForward(group: i32): void {
  const n = perceptron(), rows = n.rows, k = n.k, first = group * GROUP, end = min(n.panels, first + GROUP), hidden = own()
  const sums = n.sums + <usize>group * sumBytes(rows)
  memory.fill(sums, 0, sumBytes(rows))
  for (let row = 0; row < rows; row += FORWARD_ROWS) {
    const count = min(FORWARD_ROWS, rows - row), strips = n.strips + stripBytes(row, k)
    for (let panel = first; panel < end; panel++) {
      const weights = n.parameters + <usize>panel * panelBytes(k)
      memory.fill(hidden, 0, <usize>count << 5)
      multiply(strips, count, k, weights, hidden)
      activate(hidden, count, weights + (<usize>k << 5), n.active + <usize>panel * <usize>rows + <usize>row, sums + (<usize>row << 4))
    }
  }
}

// The gradient of a group.
export function mlpBackward(group: i32): void {
  const n = perceptron(), rows = n.rows, k = n.k, first = group * GROUP, end = min(n.panels, first + GROUP), masked = own()
  memory.fill(n.gradient + <usize>first * panelBytes(k), 0, <usize>(end - first) * panelBytes(k))
  let strips = n.strips
  for (let row = 0; row < rows; row += BACKWARD_ROWS) {
    const count = min(BACKWARD_ROWS, rows - row)
    for (let panel = first; panel < end; panel++) {
      maskFlow(n.active + <usize>panel * <usize>rows + <usize>row, n.flow + (<usize>row << 2), count, masked)
      multiply(strips, k, count, masked, n.gradient + <usize>panel * panelBytes(k))
    }
    strips += stripBytes(k, count)
  }
  for (let panel = first; panel < end; panel++) {
    finish(n.parameters + <usize>panel * panelBytes(k), n.gradient + <usize>panel * panelBytes(k), k)
  }
}

// Moves the numbers of a group, and with the last one the output's bias.
export function mlpUpdate(group: i32): void {
  const n = perceptron(), bytes = panelBytes(n.k), from = <usize>(group * GROUP) * bytes
  const whole = <usize>n.panels * bytes + 16, to = group + 1 < n.groups ? from + <usize>GROUP * bytes : whole
  updateAll(n.parameters + from, n.first + from, n.second + from, n.gradient + from, to - from, n.stepSize, n.correction)
}

// The squared error's sum over the rows, its flow, and the gradient of the output's bias. target: [rows] and up to 3 more.
export function mlpLoss(target: usize): f64 {
  const n = perceptron(), rows = n.rows, last = <usize>n.panels * panelBytes(n.k), bias = n.parameters + last
  let total: f64 = 0, slopes: f64 = 0
  const scale = splat(2 / <f32>rows), one = splat(1)
  for (let row = 0; row < rows; row += 4) {
    const at = <usize>row << 4
    let z = v128.load32_splat(bias)
    for (let g = 0; g < n.groups; g++) {
      const sums = n.sums + <usize>g * sumBytes(rows) + at
      z = add(z, f32x4(sumLanes(ld(sums)), sumLanes(v128.load(sums, 16)), sumLanes(v128.load(sums, 32)), sumLanes(v128.load(sums, 48))))
    }
    const e = expNegative(f32x4.abs(z)), q = f32x4.div(one, add(one, e))
    const p = v128.bitselect(mul(e, q), q, f32x4.lt(z, splat(0)))
    const there = i32x4.lt_s(i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3)), i32x4.splat(rows))
    const error = v128.and(f32x4.sub(p, ld(target + (<usize>row << 2))), there)
    const slope = mul(mul(scale, error), mul(mul(e, q), q))
    st(n.flow + (<usize>row << 2), slope)
    total += <f64>sumLanes(mul(error, error))
    slopes += <f64>sumLanes(slope)
  }
  store<f32>(n.gradient + last, <f32>slopes)
  return total
}

// ReLU, the output's part of it, and which units are above 0.
@inline function activate(hidden: usize, rows: i32, output: usize, active: usize, sums: usize): void {
  const left = ld(output), right = v128.load(output, 16), none = splat(0)
  for (let end = hidden + (<usize>rows << 5); hidden < end; hidden += 32, active++, sums += 16) {
    const a = ld(hidden), b = v128.load(hidden, 16)
    store<u8>(active, i32x4.bitmask(f32x4.gt(a, none)) | (i32x4.bitmask(f32x4.gt(b, none)) << 4))
    st(sums, fma(f32x4.max(a, none), left, fma(f32x4.max(b, none), right, ld(sums))))
  }
}

// [row][8]: the row's flow where the unit is active, else 0.
@inline function maskFlow(active: usize, flow: usize, rows: i32, masked: usize): void {
  const low = i32x4(1, 2, 4, 8), high = i32x4(16, 32, 64, 128)
  for (let end = flow + (<usize>rows << 2); flow < end; flow += 4, active++, masked += 32) {
    const bits = i32x4.splat(load<u8>(active)), d = v128.load32_splat(flow)
    st(masked, v128.and(d, i32x4.eq(v128.and(bits, low), low)))
    v128.store(masked, v128.and(d, i32x4.eq(v128.and(bits, high), high)), 16)
  }
}

// `gradient` holds, a unit u and input i, g_iu = sum over rows of flow x where u is active. With u = sum_i w_i x_i there, the
// output weight's gradient, sum of flow u, is sum_i w_i g_i, and an input weight's is output weight x g_i.
@inline function finish(weights: usize, gradient: usize, k: i32): void {
  for (let h: usize = 0; h < 32; h += 16) {
    const output = ld(weights + (<usize>k << 5) + h)
    let sum = splat(0)
    for (let r = h; r < <usize>k << 5; r += 32) {
      const g = ld(gradient + r)
      sum = fma(ld(weights + r), g, sum)
      st(gradient + r, mul(output, g))
    }
    st(gradient + (<usize>k << 5) + h, sum)
  }
}
