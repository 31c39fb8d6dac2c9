/** Which losses fit what a network is for: outputs of a regression are values, those of a classification weigh its classes. */
import type { Specification } from '../kan/specification'
import { UserError } from '../user-error'
import type { Loss } from './job'

type Task = Specification['task']

const LOSSES: Readonly<Record<Task, readonly [Loss, ...Loss[]]>> = {
  regression: ['mse', 'mae', 'huber'],
  classification: ['cross_entropy'],
}

/** The losses that a network can be trained with, the usual one first. */
export function lossesOf(task: Task): readonly [Loss, ...Loss[]] {
  return LOSSES[task]
}

/**
 * @param where what the sentence begins with: a job's file, or what a window sent
 * @throws UserError (status 2) where the network cannot be trained with the loss
 */
export function refuseLoss({ task }: Specification, loss: Loss, where: string): void {
  const fitting = lossesOf(task)
  if (fitting.includes(loss)) return
  const names = fitting.map((name) => `"${name}"`).join(', ')
  throw new UserError(`${where} is "${loss}", but the network's task is ${task}, which takes ${names}.`, {
    exitCode: 2,
  })
}
