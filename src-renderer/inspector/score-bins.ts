/** How are the scores of many edges spread? In bins of equal width on a logarithmic axis. */

export interface ScoreBins {
  /** Powers of ten at both ends of the axis. */
  readonly from: number
  readonly to: number
  readonly counts: readonly number[]
  /** Edges whose score is 0, which a logarithmic axis does not have: pruned ones above all. */
  readonly zeros: number
}

const PER_DECADE = 6
/** What is smaller is among the smallest. */
const MOST_DECADES = 6

/** Null where no score is above 0. */
export function scoreBins(scores: ArrayLike<number>): ScoreBins | null {
  let [least, most, zeros] = [Number.POSITIVE_INFINITY, 0, 0]
  for (let n = 0; n < scores.length; n++) {
    const score = scores[n] as number
    if (score > 0 && Number.isFinite(score)) {
      least = Math.min(least, score)
      most = Math.max(most, score)
    } else zeros++
  }
  if (most === 0) return null
  const last = Math.floor(Math.log10(most)) + 1
  const first = Math.max(Math.floor(Math.log10(least)), last - MOST_DECADES)
  const counts = new Array<number>((last - first) * PER_DECADE).fill(0)
  for (let n = 0; n < scores.length; n++) {
    const score = scores[n] as number
    if (!(score > 0 && Number.isFinite(score))) continue
    const bin = Math.floor((Math.log10(score) - first) * PER_DECADE)
    const within = Math.min(counts.length - 1, Math.max(0, bin))
    counts[within] = (counts[within] ?? 0) + 1
  }
  return { from: 10 ** first, to: 10 ** last, counts, zeros }
}

/** The score at which a bin begins. */
export const binStart = ({ from }: ScoreBins, bin: number): number => from * 10 ** (bin / PER_DECADE)
