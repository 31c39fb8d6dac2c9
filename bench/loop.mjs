// A loop of multiply-adds on registers, compiled on the spot: what a core does at most.
import asc from 'assemblyscript/asc'

/** Sums that do not wait for one another: more than the units have stages. */
const SUMS = 12

const each = (text) => Array.from({ length: SUMS }, (_, k) => text(k))

// Factors that are known when the loop is compiled are made anew in each turn, at four times the cost.
const SOURCE = `
export function loop(n: i32, a: f32, b: f32): f32 {
  const x = f32x4.splat(a), y = f32x4.splat(b)
  let ${each((k) => `s${k} = f32x4.splat(${k})`).join(', ')}
  for (; n > 0; n--) { ${each((k) => `s${k} = v128.relaxed_madd<f32>(x, y, s${k})`).join('; ')} }
  ${each((k) => (k === 0 ? '' : `s0 = f32x4.add(s0, s${k})`)).join('; ')}
  return f32x4.extract_lane(s0, 0)
}`

/** Floating point operations of a turn; a multiply-add counts as two. */
export const OPERATIONS = SUMS * 4 * 2

/** Exports loop(turns, a, b). */
export async function compileLoop() {
  const options = { optimizeLevel: 3, runtime: 'stub', enable: ['simd', 'relaxed-simd'] }
  const { error, binary, stderr } = await asc.compileString(SOURCE, options)
  if (error) throw new Error(`the loop does not compile: ${stderr}`)
  return new WebAssembly.Module(binary)
}
