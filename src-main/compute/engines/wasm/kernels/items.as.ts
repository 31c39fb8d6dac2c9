// What does one item of a job do? Items of the way through the network are slots; those of what follows are blocks of edges.
import { reduce, update } from './adam.as'
import { mlpBackward, mlpForward, mlpUpdate } from './mlp.as'
import { score, slope } from './regularize.as'
import { againFromSums, backFromSums, gradients, losses, outputs, sums } from './walk.as'

export const OUTPUTS: i32 = 0, LOSSES: i32 = 1, GRADIENTS: i32 = 2, SUMS: i32 = 3, BACK: i32 = 4, AGAIN: i32 = 5
export const SCORE: i32 = 6, SLOPE: i32 = 7, REDUCE: i32 = 8, UPDATE: i32 = 9
export const MLP_FORWARD: i32 = 10, MLP_BACKWARD: i32 = 11, MLP_UPDATE: i32 = 12

export function run(command: i32, item: i32): void {
  if (command == OUTPUTS) outputs(item)
  else if (command == LOSSES) losses(item)
  else if (command == GRADIENTS) gradients(item)
  else if (command == SUMS) sums(item)
  else if (command == BACK) backFromSums(item)
  else if (command == AGAIN) againFromSums(item)
  else if (command == SCORE) score(item)
  else if (command == SLOPE) slope(item)
  else if (command == REDUCE) reduce(item)
  else if (command == UPDATE) update(item)
  else if (command == MLP_FORWARD) mlpForward(item)
  else if (command == MLP_BACKWARD) mlpBackward(item)
  else mlpUpdate(item)
}
