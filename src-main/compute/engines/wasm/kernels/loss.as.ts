// How far a chunk's outputs are from its targets, and the derivatives with which the way back begins.
import { CHUNK, scratch } from './layer.as'

// Kinds of losses, as passes.ts numbers them.
const MSE: i32 = 0, MAE: i32 = 1, HUBER: i32 = 2

// Sum of the losses over a chunk, not yet divided by their number. With a scale, leaves scale times its derivatives by the
// outputs in scratch.flow. All in f64: what cancels here is gone from every gradient.
export function dataLoss(kind: i32, output: usize, outputStride: usize, target: usize, targetStride: usize, columns: i32,
  n: i32, scale: f64): f64 {
  let sum: f64 = 0
  if (kind > HUBER) {
    for (let q: usize = 0; q < <usize>n << 2; q += 4) {
      sum += crossEntropy(output + q, outputStride, target + q, targetStride, columns, scratch.flow + q, scale)
    }
    return sum
  }
  for (let j = 0; j < columns; j++) {
    const flow = scratch.flow + (<usize>(j * CHUNK) << 2)
    if (kind == MSE) sum += squared(output, target, n, flow, scale)
    else if (kind == MAE) sum += absolute(output, target, n, flow, scale)
    else sum += huber(output, target, n, flow, scale)
    output += outputStride
    target += targetStride
  }
  return sum
}

@inline function errorAt(output: usize, target: usize): f64 { return <f64>load<f32>(output) - <f64>load<f32>(target) }

function squared(output: usize, target: usize, n: i32, flow: usize, scale: f64): f64 {
  let sum: f64 = 0
  for (let q: usize = 0; q < <usize>n << 2; q += 4) {
    const d = errorAt(output + q, target + q)
    sum += d * d
    if (scale != 0) store<f32>(flow + q, <f32>(2 * scale * d))
  }
  return sum
}

// Slope 0 where there is no error.
function absolute(output: usize, target: usize, n: i32, flow: usize, scale: f64): f64 {
  let sum: f64 = 0
  for (let q: usize = 0; q < <usize>n << 2; q += 4) {
    const d = errorAt(output + q, target + q)
    sum += abs(d)
    if (scale != 0) store<f32>(flow + q, <f32>(d > 0 ? scale : d < 0 ? -scale : 0))
  }
  return sum
}

// d^2 / 2 up to an error of 1, then |d| - 1/2.
function huber(output: usize, target: usize, n: i32, flow: usize, scale: f64): f64 {
  let sum: f64 = 0
  for (let q: usize = 0; q < <usize>n << 2; q += 4) {
    const d = errorAt(output + q, target + q), slope = max<f64>(-1, min<f64>(1, d))
    sum += slope * (d - slope / 2)
    if (scale != 0) store<f32>(flow + q, <f32>(scale * slope))
  }
  return sum
}

// Of one row: softmax of its outputs against its targets, shifted by the largest output, so that nothing overflows.
function crossEntropy(output: usize, outputStride: usize, target: usize, targetStride: usize, columns: i32, flow: usize,
  scale: f64): f64 {
  let largest: f64 = -Infinity
  for (let j = 0, z = output; j < columns; j++, z += outputStride) largest = max<f64>(largest, <f64>load<f32>(z))
  let total: f64 = 0, mass: f64 = 0, sum: f64 = 0
  for (let j = 0, z = output, t = target; j < columns; j++, z += outputStride, t += targetStride) {
    const logit = <f64>load<f32>(z) - largest, weight = <f64>load<f32>(t)
    total += Math.exp(logit)
    mass += weight
    // A class that is impossible costs nothing, however far below the others it is.
    if (weight != 0) sum -= weight * logit
  }
  if (scale != 0) {
    for (let j = 0, z = output, t = target; j < columns; j++, z += outputStride, t += targetStride) {
      const probability = Math.exp(<f64>load<f32>(z) - largest) / total
      store<f32>(flow + (<usize>(j * CHUNK) << 2), <f32>(scale * (mass * probability - <f64>load<f32>(t))))
    }
  }
  return sum + mass * Math.log(total)
}
