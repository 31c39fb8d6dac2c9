/** The switch at the lower left: which score the ink of edges shows. */
import type { Convention } from '../../src-shared/contract/telemetry'
import { Hint } from '../ui/Hint'

const CONVENTIONS: readonly { value: Convention; title: string; hint: string }[] = [
  {
    value: 'l1',
    title: 'L1',
    hint: 'Ink is the mean of |curve|, of the range of its input (better_kan): layer by layer',
  },
  {
    value: 'attribution',
    title: 'Attribution',
    hint: 'Ink is the part that an edge has in the spread of the outputs (pykan): through the whole network',
  },
]

interface ScoreSwitchProps {
  convention: Convention
  onConvention(convention: Convention): void
}

export function ScoreSwitch({ convention, onConvention }: ScoreSwitchProps) {
  return (
    <fieldset className="network-scores" aria-label="Score of edges">
      {CONVENTIONS.map(({ value, title, hint }) => (
        <Hint key={value} text={hint}>
          <button type="button" aria-pressed={convention === value} onClick={() => onConvention(value)}>
            {title}
          </button>
        </Hint>
      ))}
    </fieldset>
  )
}
