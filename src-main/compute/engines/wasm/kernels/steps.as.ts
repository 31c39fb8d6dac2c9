// What the host asks for: jobs over the rows and edges of `program`, one after the other.
import { blockCount, blocksOf } from './blocks.as'
import { AGAIN, BACK, GRADIENTS, LOSSES, OUTPUTS, REDUCE, SCORE, SLOPE, SUMS, UPDATE } from './items.as'
import { effective, pool } from './adam.as'
import { Layer } from './layer.as'
import { polynomials } from './narrow.as'
import { boundary, program } from './program.as'
import { joinRanges, rangeSlopes, total } from './regularize.as'
import { formulaSlopes, joinFormulas } from './symbolic.as'
import { dispatch } from './threads.as'

export function runOutputs(): void { dispatch(OUTPUTS, program.slots) }
export function runLosses(): f64 { return walk(LOSSES) }
export function runGradients(): f64 { return walk(GRADIENTS) }
export function runSums(): f64 { return walk(SUMS) }
// again: whether other rows went through the network since `runSums`.
export function runBack(again: bool): void { dispatch(again ? AGAIN : BACK, program.slots) }

function walk(command: i32): f64 {
  dispatch(command, program.slots)
  let sum: f64 = 0
  for (let s: usize = 0; s < <usize>program.slots; s++) sum += load<f64>(program.losses + (s << 3))
  return sum
}

// Joins what the slots summed over a batch of `rows` rows: scores and ranges.
export function joinSums(rows: i32): void {
  for (let l = 0; l < program.layers; l++) joinRanges(boundary(l).layer, program.slots, rows)
  dispatch(SCORE, blockCount())
  for (let l = 0; l < program.layers; l++) joinFormulas(boundary(l).layer, program.slots)
}

// The penalty of the joined sums, without lambda; its gradient takes their place.
export function penalty(lambda: f64, l1: f64, entropy: f64): f64 {
  let sum: f64 = 0, block = 0
  for (let l = 0; l < program.layers; l++) {
    sum += total(l, block, lambda, l1, entropy)
    block += blocksOf(boundary(l).layer)
  }
  dispatch(SLOPE, blockCount())
  for (let l = 0; l < program.layers; l++) formulaSlopes(boundary(l).layer)
  for (let l = 1; l < program.layers; l++) rangeSlopes(boundary(l).layer)
  return sum
}

// The gradient of the batch, ties pooled, into the first slot.
export function join(): void {
  if (program.reduced) return
  dispatch(REDUCE, blockCount())
  for (let l = 0; l < program.layers; l++) pool(boundary(l).layer)
  program.reduced = 1
}

// One update of Adam by the gradient of the batch.
export function runUpdate(): void {
  dispatch(UPDATE, blockCount())
  for (let l = 0; l < program.layers; l++) if (boundary(l).layer.narrow == 1) polynomials(boundary(l).layer)
}

// To be called after parameters or masks of a layer were written.
export function refresh(l: Layer): void {
  for (let edge = 0; edge < l.tiles * l.inputs; edge++) effective(l, edge)
  if (l.narrow == 1) polynomials(l)
}

// The same where the masks of one edge tile of a layer that is not narrow were.
export function refreshEdge(l: Layer, edge: i32): void { effective(l, edge) }
