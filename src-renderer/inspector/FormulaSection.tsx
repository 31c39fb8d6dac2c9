/** The formula of an edge, live: which function, its four numbers; or back to the curve. */
import { sameEdge } from '../../src-shared/kan/locks'
import { nodeName } from '../../src-shared/kan/names'
import { type EdgeIndex, type Formula, inputsOf, type Specification } from '../../src-shared/kan/specification'
import { AFFINE_SIZE, type SymbolicFunction, symbolicFunctions, symbolicText } from '../../src-shared/numerics/symbolic'
import { edit, live } from '../state/studio'
import { useLive } from '../state/useLive'
import { NumberField, SelectField } from '../ui/fields'

interface FormulaSectionProps {
  readonly specification: Specification
  readonly layer: number
  readonly edge: EdgeIndex
}

const CURVE = 'curve'
/** What a function that a person chooses begins with. */
const FIRST: Omit<Formula, 'function'> = { a: 1, b: 0, c: 1, d: 0 }
const NUMBERS = ['a', 'b', 'c', 'd'] as const

export function FormulaSection({ specification, layer: l, edge }: FormulaSectionProps) {
  const [input, output] = edge
  const formula = specification.layers[l]?.symbolic.find((one) => sameEdge(one.edge, edge))
  const at = AFFINE_SIZE * (output * inputsOf(specification, l) + input)
  const trained = useLive(() => live.parameters[l]?.symbolic?.subarray(at, at + AFFINE_SIZE) ?? null)
  const set = (next: Formula | null) => edit({ type: 'set-symbolic', layer: l, edge, formula: next })
  const numbers = formula === undefined ? FIRST : numbersOf(formula, trained)
  return (
    <section className="section">
      <SelectField<SymbolicFunction | typeof CURVE>
        label="Function"
        hint="What the edge computes: its curve, or c·f(a·x + b) + d with numbers that train."
        value={formula?.function ?? CURVE}
        options={[
          { value: CURVE, label: 'curve' },
          ...symbolicFunctions.map((name) => ({ value: name, label: name === '0' ? '0 (constant)' : name })),
        ]}
        onChange={(name) => (name === CURVE ? set(null) : set({ ...numbers, function: name }))}
      />
      {formula === undefined ? null : (
        <>
          <p className="formula" data-testid="formula">
            {symbolicText(formula.function, numbers, nodeName(specification, l, input))}
          </p>
          <div className="formula-numbers">
            {NUMBERS.map((name) => (
              <NumberField
                key={name}
                label={name}
                hint="In c·f(a·x + b) + d"
                value={Number(numbers[name].toPrecision(5))}
                onChange={(value) => value !== null && set({ ...numbers, function: formula.function, [name]: value })}
              />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

/** As training has them by now, where that is known. */
function numbersOf(formula: Formula, trained: Float32Array | null): Omit<Formula, 'function'> {
  const [a = formula.a, b = formula.b, c = formula.c, d = formula.d] = trained ?? []
  return { a, b, c, d }
}
