// A perceptron with one hidden layer, inputs -> ReLU -> one sigmoid output, mean squared error: the yardstick of the benchmark.
//
// A panel is 8 hidden units; units beyond the last are zeros, which stay zeros.
//   parameters, gradient  [panel][k + 1][8]   k rows of input weights, the last of them the biases; then the output's weights
//   active                [panel][rows]       a byte, a bit for each unit that is above 0
// x is [rows][k] with a last column of ones. The hidden layer is never kept: its activity is enough for the way back.
import { multiply, stripBytes } from './dense.as'
import { expNegative } from './elementary.as'
import { add, fma, ld, mul, splat, st, sumLanes } from './simd.as'

// Rows and panels that go together, so that strips and weights stay in the caches.
const FORWARD_ROWS: i32 = 96
const BACKWARD_ROWS: i32 = 128
const PANELS: i32 = 32

@inline function panelBytes(k: i32): usize { return <usize>(k + 1) << 5 }

// Adds the parts of the panels [from, to) to the output: sums [row][4], to be added up. x in strips of rows.
// hidden: [FORWARD_ROWS][8] of scratch.
export function mlpForward(x: usize, rows: i32, k: i32, parameters: usize, from: i32, to: i32, active: usize, sums: usize,
  hidden: usize): void {
  for (let group = from; group < to; group += PANELS) {
    for (let row = 0; row < rows; row += FORWARD_ROWS) {
      const n = min(FORWARD_ROWS, rows - row), strips = x + stripBytes(row, k)
      for (let panel = group; panel < min(to, group + PANELS); panel++) {
        const weights = parameters + <usize>panel * panelBytes(k)
        memory.fill(hidden, 0, <usize>n << 5)
        multiply(strips, n, k, weights, hidden)
        activate(hidden, n, weights + (<usize>k << 5), active + <usize>panel * <usize>rows + <usize>row, sums + (<usize>row << 4))
      }
    }
  }
}

// Leaves the gradient of the panels [from, to). xT: [chunk of BACKWARD_ROWS rows][strips of columns]; flow: [row], derivatives
// of the loss by the output before the sigmoid; masked: [BACKWARD_ROWS][8] of scratch.
export function mlpBackward(xT: usize, rows: i32, k: i32, parameters: usize, from: i32, to: i32, active: usize, flow: usize,
  gradient: usize, masked: usize): void {
  for (let group = from; group < to; group += PANELS) {
    const end = min(to, group + PANELS)
    memory.fill(gradient + <usize>group * panelBytes(k), 0, <usize>(end - group) * panelBytes(k))
    let strips = xT
    for (let row = 0; row < rows; row += BACKWARD_ROWS) {
      const n = min(BACKWARD_ROWS, rows - row)
      for (let panel = group; panel < end; panel++) {
        maskFlow(active + <usize>panel * <usize>rows + <usize>row, flow + (<usize>row << 2), n, masked)
        multiply(strips, k, n, masked, gradient + <usize>panel * panelBytes(k))
      }
      strips += stripBytes(k, n)
    }
    for (let panel = group; panel < end; panel++) {
      finish(parameters + <usize>panel * panelBytes(k), gradient + <usize>panel * panelBytes(k), k)
    }
  }
}

// The squared error's sum over the rows; flow [row] receives the derivative of its mean by what goes into the sigmoid.
// The arrays are filled up to a multiple of 4 rows. gradient: of the output's bias.
export function mlpLoss(sums: usize, bias: usize, target: usize, rows: i32, flow: usize, gradient: usize): f64 {
  let total: f64 = 0, slopes: f64 = 0
  const scale = splat(2 / <f32>rows), one = splat(1)
  for (let row = 0; row < rows; row += 4, sums += 64, target += 16, flow += 16) {
    let z = f32x4(sumLanes(ld(sums)), sumLanes(v128.load(sums, 16)), sumLanes(v128.load(sums, 32)), sumLanes(v128.load(sums, 48)))
    z = add(z, v128.load32_splat(bias))
    const e = expNegative(f32x4.abs(z)), q = f32x4.div(one, add(one, e))
    const p = v128.bitselect(mul(e, q), q, f32x4.lt(z, splat(0)))
    const there = i32x4.lt_s(i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3)), i32x4.splat(rows))
    const error = v128.and(f32x4.sub(p, ld(target)), there)
    const slope = mul(mul(scale, error), mul(mul(e, q), q))
    st(flow, slope)
    total += <f64>sumLanes(mul(error, error))
    slopes += <f64>sumLanes(slope)
  }
  store<f32>(gradient, <f32>slopes)
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
