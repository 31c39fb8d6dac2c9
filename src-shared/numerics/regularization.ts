/** How much does better_kan's regulariser charge a layer for the sizes of its edges? Source: docs/numerics.md, "Regularisation". */

/**
 * l1·L1 + entropy·S of one layer, without λ, where L1 = Σ l1_ji, p = l1_ji / L1 and S = −Σ p ln p, with its gradient.
 *
 * An edge of size 0 has p ln p = 0 and takes no entropy gradient: its |phi| has slope 0 there anyway.
 *
 * @param scores l1_ji ≥ 0, [O, I]
 * @returns the value, and its derivative by each score, [O, I]
 */
export function betterKanPenalty(
  scores: Float64Array,
  { l1, entropy }: { readonly l1: number; readonly entropy: number },
): { value: number; gradient: Float64Array } {
  const total = scores.reduce((sum, score) => sum + score, 0)
  let disorder = 0
  for (const score of scores) disorder -= plogp(score / total)
  const gradient = scores.map((score) => {
    const p = score / total
    return p > 0 ? l1 - (entropy * (Math.log(p) + disorder)) / total : l1
  })
  return { value: l1 * total + entropy * disorder, gradient }
}

/** 0 at p = 0; also for a layer whose every edge is 0, where p is 0/0. */
function plogp(p: number): number {
  return p > 0 ? p * Math.log(p) : 0
}
