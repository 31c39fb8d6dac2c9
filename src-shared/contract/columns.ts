/** What the columns of generated data are called. */

/** What `hello` is made of: f(x, y) = exp(sin πx + y²). */
export const HELLO_INPUTS = ['x', 'y'] as const
/** The target of every generator. */
export const GENERATED_TARGET = 'f'
