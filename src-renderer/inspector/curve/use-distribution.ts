/** How are the values that reach an edge distributed? Asked again while training moves them. */
import { useEffect, useRef, useState } from 'react'
import type { Distribution } from '../../../src-shared/contract/data'
import { studio, useStudio } from '../../state/studio'

/** Milliseconds between two questions. */
const PAUSE = 500

export function useDistribution(layer: number, input: number): Distribution | null {
  const [distribution, setDistribution] = useState<Distribution | null>(null)
  const step = useStudio((state) => state.progress.step)
  const data = useStudio((state) => state.document?.dataSummary ?? null)
  const askedAt = useRef({ time: 0, of: '', data })

  useEffect(() => {
    if (data === null) return setDistribution(null)
    const of = `${layer}/${input}`
    const now = performance.now()
    // The inputs of the first layer are the data themselves: they do not move.
    const { current: last } = askedAt
    if (of === last.of && data === last.data && (layer === 0 || now - last.time < PAUSE) && step > 0) return
    const asked = { time: now, of, data }
    askedAt.current = asked
    // An answer counts while nothing newer was asked, however many steps were done meanwhile.
    const show = (answer: Distribution | null) => askedAt.current === asked && setDistribution(answer)
    studio()
      .distribution(layer, input)
      .then(show)
      .catch(() => show(null))
  }, [layer, input, step, data])
  return distribution
}
