// What is to be computed: a piece of a batch, and the network that it goes through. A block that the host writes
// (layout.ts holds the same list), then an entry for each boundary between layers, the inputs first, the outputs last.
//
// The rows of a piece are cut into `chunks`, and the chunks dealt to `slots`: each slot adds up gradients and sums of its
// chunks in memory of its own, and slots are added up in their order. Both numbers follow from the shapes and the rows
// alone, so that any number of threads leaves the same bits.
import { Layer } from './layer.as'

@unmanaged export class Program {
  layers: i32
  rows: i32             // of the piece
  chunkRows: i32
  chunks: i32
  slots: i32
  firstRow: i32         // the piece's first row in its batch
  clears: i32           // whether slots begin at zero, as those of a batch's first piece do
  keptRecords: i32      // whether the records of the way forward are still there on the way back
  order: usize          // rows of the table to pick, or 0: the columns are the table's own
  tableInputs: usize; tableTargets: usize; tableStride: i32
  targets: usize; targetStride: i32
  scoring: i32          // what is summed of phi, see forward.as.ts
  loss: i32             // kind, see loss.as.ts
  scale: f64            // of the derivatives of the loss: 1 / values in the batch
  losses: usize         // f64 [slots]
  partials: usize       // f64 [blocks]{L, sum of l ln l}, see regularize.as.ts
  stepSize: f32         // of Adam: learning rate / (1 - 0.9^t)
  correction: f32       // 1 / sqrt(1 - 0.999^t)
  reduced: i32          // whether the first slot holds the sum of all
  held: usize           // what is kept of the first layer's records, runs and totals from step to step, chunk by chunk; or 0
  heldBytes: i32        // of a chunk
  isHeld: i32           // whether it is there
}

@unmanaged export class Boundary {
  layer: Layer          // what follows; none behind the outputs
  column: usize         // of the first row of the piece
  stride: i32           // bytes from one column to the next
  flow: usize           // derivatives of a penalty by the columns, laid out like them; or 0
}

// Where the boundaries begin, behind a program.
export const PROGRAM_BYTES: usize = 112

export let program: Program = changetype<Program>(0)
export function useProgram(at: Program): void { program = at }

@inline export function boundary(l: i32): Boundary {
  return changetype<Boundary>(changetype<usize>(program) + PROGRAM_BYTES + <usize>l * offsetof<Boundary>())
}
