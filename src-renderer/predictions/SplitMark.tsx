/** A split's sign in the charts, beside its name: a shape and a colour. */
import type { SplitName } from '../../src-shared/contract/results'

const SHAPES: Readonly<Record<SplitName, string>> = {
  train: 'M5 2.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2z',
  validation: 'M5 1.4L8.6 5L5 8.6L1.4 5z',
  test: 'M5 1.4L8.6 8H1.4z',
}

export function SplitMark({ name }: { name: SplitName }) {
  return (
    <svg className={`split-mark ${name}`} viewBox="0 0 10 10" aria-hidden>
      <path d={SHAPES[name]} />
    </svg>
  )
}
