/** Floating point operations of a turn; a multiply-add counts as two. */
export const OPERATIONS: number

/** Exports loop(turns, a, b). */
export function compileLoop(): Promise<WebAssembly.Module>
