/** How many rows can a network be asked about without anybody noticing? */

/** Rows × parameters of a forward pass: some 50 ms of one core. */
const SHORT_WORK = 5e7

/** Rows of a forward pass that is short; 0 where one row is too many. */
export const shortRows = (parameters: number): number => Math.floor(SHORT_WORK / parameters)
