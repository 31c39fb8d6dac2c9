// How do the rows of one slot go through the network and back? Chunk after chunk, so that what a chunk needs stays in the
// caches; `program` says what is computed.
import { backward } from './backward.as'
import { gather } from './columns.as'
import { basisOnly, forward, NOTHING, SIGNS } from './forward.as'
import { CHUNK, Layer, RANGE_BYTES, scratch, slotOffset } from './layer.as'
import { dataLoss } from './loss.as'
import { Boundary, boundary, program } from './program.as'
import { formulasBackward, formulasForward, formulasPassOn } from './symbolic.as'

// Outputs of all layers stay in the columns.
export function outputs(slot: i32): void {
  const end = lastChunk(slot)
  for (let c = firstChunk(slot); c < end; c++) {
    pick(c)
    ahead(c, slot, false, NOTHING)
  }
}

// And the loss.
export function losses(slot: i32): void {
  let sum: f64 = 0
  const end = lastChunk(slot)
  for (let c = firstChunk(slot); c < end; c++) {
    pick(c)
    ahead(c, slot, false, NOTHING)
    sum += loss(c, 0)
  }
  keepLoss(slot, sum)
}

// The loss and its gradient.
export function gradients(slot: i32): void {
  let sum: f64 = 0
  clear(slot)
  const end = lastChunk(slot)
  for (let c = firstChunk(slot); c < end; c++) {
    pick(c)
    ahead(c, slot, true, NOTHING)
    sum += loss(c, program.scale)
    back(c, slot, false, true)
  }
  keepLoss(slot, sum)
}

// The loss, and sums of phi over the batch.
export function sums(slot: i32): void {
  let sum: f64 = 0
  clear(slot)
  const end = lastChunk(slot)
  for (let c = firstChunk(slot); c < end; c++) {
    pick(c)
    ahead(c, slot, program.keptRecords != 0, program.scoring)
    sum += loss(c, 0)
  }
  keepLoss(slot, sum)
}

// The gradient of the loss, added to that of the penalty in the first slot; `sums` went over the same piece last.
export function backFromSums(slot: i32): void {
  if (slot > 0) clear(slot)
  const end = lastChunk(slot)
  for (let c = firstChunk(slot); c < end; c++) {
    hold(c)
    if (!program.keptRecords) {
      const row = <usize>(c * program.chunkRows) << 2
      for (let l = 0; l < program.layers; l++) basisOnly(boundary(l).layer, boundary(l).column + row, boundary(l).stride, chunkRows(c), l > 0)
    }
    loss(c, program.scale)
    back(c, slot, program.scoring == SIGNS, program.keptRecords != 0)
  }
}

// The same for a piece whose outputs were overwritten since.
export function againFromSums(slot: i32): void {
  if (slot > 0) clear(slot)
  const end = lastChunk(slot)
  for (let c = firstChunk(slot); c < end; c++) {
    pick(c)
    ahead(c, slot, true, NOTHING)
    loss(c, program.scale)
    back(c, slot, program.scoring == SIGNS, true)
  }
}

@inline function firstChunk(slot: i32): i32 { return slot * program.chunks / program.slots }
@inline function lastChunk(slot: i32): i32 { return (slot + 1) * program.chunks / program.slots }
@inline function chunkRows(c: i32): i32 { return min(program.chunkRows, program.rows - c * program.chunkRows) }

// Where the first layer's records of a chunk are.
function hold(c: i32): void {
  const p = program
  scratch.held = p.held ? p.held + <usize>(c * p.heldBytes) - boundary(0).layer.records : scratch.own
  scratch.isHeld = p.held ? p.isHeld : 0
}

function pick(c: i32): void {
  hold(c)
  if (program.order == 0) return
  const p = program, row = <usize>(c * p.chunkRows) << 2, n = chunkRows(c), inputs = boundary(0).layer.inputs
  gather(p.tableInputs, p.tableStride, inputs, p.order + row, n, boundary(0).column + row, boundary(0).stride)
  gather(p.tableTargets, p.tableStride, boundary(p.layers - 1).layer.outputs, p.order + row, n, p.targets + row, p.targetStride)
}

function ahead(c: i32, slot: i32, withSlopes: bool, scoring: i32): void {
  const row = <usize>(c * program.chunkRows) << 2, n = chunkRows(c), firstRow = program.firstRow + c * program.chunkRows
  for (let l = 0; l < program.layers; l++) {
    const from = boundary(l), to = boundary(l + 1)
    forward(from.layer, from.column + row, from.stride, n, to.column + row, to.stride, withSlopes && l > 0, scoring, slot, firstRow)
    if (from.layer.formulaCount > 0) {
      formulasForward(from.layer, from.column + row, from.stride, n, to.column + row, to.stride, scoring != NOTHING, slot)
    }
  }
}

function loss(c: i32, scale: f64): f64 {
  const row = <usize>(c * program.chunkRows) << 2, last = boundary(program.layers), outputs = boundary(program.layers - 1).layer.outputs
  return dataLoss(program.loss, last.column + row, last.stride, program.targets + row, program.targetStride, outputs, chunkRows(c), scale)
}

function back(c: i32, slot: i32, slopes: bool, kept: bool): void {
  const row = <usize>(c * program.chunkRows) << 2, n = chunkRows(c), firstRow = program.firstRow + c * program.chunkRows
  for (let l = program.layers - 1; l >= 0; l--) {
    const from = boundary(l), to = boundary(l + 1), withFormulas = from.layer.formulaCount > 0
    if (to.flow) addFlow(to, from.layer.outputs, row, n)
    if (withFormulas) formulasBackward(from.layer, from.column + row, from.stride, n, l > 0, slopes, slot)
    backward(from.layer, from.column + row, from.stride, n, l > 0, slopes, slot, firstRow, kept)
    if (withFormulas && l > 0) formulasPassOn(from.layer, n, slopes, firstRow)
  }
}

// Adds what a penalty feels of a chunk of columns to the derivatives by them.
function addFlow(at: Boundary, columns: i32, row: usize, n: i32): void {
  for (let j = 0; j < columns; j++) {
    const flow = scratch.flow + (<usize>(j * CHUNK) << 2), more = at.flow + row + <usize>j * <usize>at.stride
    for (let q: usize = 0; q < <usize>n << 2; q += 4) store<f32>(flow + q, load<f32>(flow + q) + load<f32>(more + q))
  }
}

@inline function keepLoss(slot: i32, sum: f64): void { store<f64>(program.losses + (<usize>slot << 3), sum) }

function clear(slot: i32): void {
  if (!program.clears) return
  for (let l = 0; l < program.layers; l++) {
    const layer = boundary(l).layer, offset = slotOffset(layer, slot)
    memory.fill(layer.gradient + offset, 0, layer.ranges - layer.gradient)
    clearRanges(layer, layer.ranges + offset)
  }
}

function clearRanges(l: Layer, ranges: usize): void {
  for (let i: usize = 0; i < <usize>l.inputs; i++) {
    store<f32>(ranges + i * RANGE_BYTES, <f32>Infinity)
    store<f32>(ranges + i * RANGE_BYTES, <f32>-Infinity, 4)
  }
}
