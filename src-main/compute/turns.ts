/** Work that must not overlap, one piece after the other in the order in which it was asked for. */
import { EngineLost } from './engines/lost'

export type Turn = <T>(work: () => T | Promise<T>) => Promise<T>

/** A queue whose pieces find an engine lost now and then: who is told sees to it before the next piece begins. */
export function turnsThatLose(turn: Turn, lose: (lost: EngineLost) => void): Turn {
  return (work) =>
    turn(async () => {
      try {
        return await work()
      } catch (error) {
        if (error instanceof EngineLost) lose(error)
        throw error
      }
    })
}

/** A queue of its own; a piece that fails does not hold up the next. */
export function createTurns(): Turn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
