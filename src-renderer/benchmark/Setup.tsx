/** What is to be measured: presets, methods, engines, sizes, other programs; how long it will take; reports kept before. */
import { useEffect, useId, useMemo, useState } from 'react'
import { useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { SelectField } from '../ui/fields'
import { counted, formatDuration } from '../ui/format'
import { FIELD_NAMES, type Field, METHOD_TYPES, type MethodType, planOf } from './draft'
import { estimate } from './estimate'
import { KeptReports } from './KeptReports'
import { Peers } from './Peers'
import { DRAFTS } from './presets'
import { enginesOf, planNow, setDraft, useBench } from './state'

const METHOD_NAMES: Readonly<Record<MethodType, string>> = {
  spline: 'Spline',
  rbf: 'RBF',
  chebyshev: 'Chebyshev',
  mlp: 'Perceptron',
  open: 'Open network',
}

/** Milliseconds without a keystroke. */
const SETTLING = 200

/** Settings of a method that stand beside it. */
const SETTINGS: Readonly<Record<MethodType, readonly Field[]>> = {
  spline: ['intervals', 'order'],
  rbf: ['centers'],
  chebyshev: ['degree'],
  mlp: [],
  open: [],
}

export function Setup() {
  return (
    <div className="bench-setup">
      <Outlook />
      <Presets />
      <div className="bench-columns">
        <Methods />
        <Engines />
        <Sizes />
        <Peers />
        <KeptReports />
      </div>
    </div>
  )
}

/** How long it will take, or why it cannot be done. */
function Outlook() {
  const draft = useBench((state) => state.draft)
  const peers = useBench((state) => state.peers)
  const known = useBench((state) => state.shown?.report?.rows)
  const engines = useStudio((state) => state.info?.engines)
  const specification = useStudio((state) => state.document?.specification ?? null)
  // Engines are known a moment after the window.
  const { plan: typed, problem } = useMemo(() => ({ ...planNow({ draft, peers }), engines }), [draft, peers, engines])
  // Large networks take a moment to count: never while a person types.
  const plan = useSettled(typed)
  const outlook = useMemo(() => plan && estimate(plan, specification, known ?? []), [plan, specification, known])
  if (outlook === null || problem !== null)
    return (
      <p className="bench-outlook problem" role="status">
        {problem}
      </p>
    )
  const { rows, seconds, misfit, misfits } = outlook
  return (
    <p className="bench-outlook" role="status">
      <b>{counted(rows, 'row')}</b>, about {formatDuration(seconds)}. Training pauses meanwhile.
      {misfit === null ? null : (
        <span className="problem">
          {' '}
          {counted(misfits, 'row')} cannot be measured: {misfit}
        </span>
      )}
    </p>
  )
}

/** A value that did not change for a moment; what is null is null at once. */
function useSettled<T>(value: T | null): T | null {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), SETTLING)
    return () => clearTimeout(timer)
  }, [value])
  return value === null ? null : settled
}

function Presets() {
  const draft = useBench((state) => state.draft)
  // Whatever else is chosen: a preset that was changed is none.
  const title = useMemo(() => planOf({ ...draft, engines: ['wasm'] }, []).plan?.title, [draft])
  return (
    <fieldset className="bench-group bench-presets">
      <legend>Presets</legend>
      {DRAFTS.map((preset) => (
        <Button
          key={preset.title}
          label={preset.title}
          hint={preset.explanation}
          look="outlined"
          on={title === preset.title}
          onClick={() => setDraft(preset.draft)}
        />
      ))}
    </fieldset>
  )
}

function Methods() {
  const draft = useBench((state) => state.draft)
  const toggle = (type: MethodType, on: boolean) =>
    setDraft({ methods: METHOD_TYPES.filter((one) => (one === type ? on : draft.methods.includes(one))) })
  return (
    <fieldset className="bench-group">
      <legend>Methods</legend>
      {METHOD_TYPES.map((type) => {
        const on = draft.methods.includes(type)
        return (
          <div key={type}>
            <Check label={METHOD_NAMES[type]} checked={on} onChange={(next) => toggle(type, next)} />
            {on ? SETTINGS[type].map((field) => <NumbersField key={field} field={field} under />) : null}
          </div>
        )
      })}
    </fieldset>
  )
}

function Engines() {
  const draft = useBench((state) => state.draft)
  const engines = useStudio((state) => state.info?.engines ?? [])
  const chosen = enginesOf(draft)
  const names = engines.filter(({ available }) => available).map(({ name }) => name as string)
  return (
    <fieldset className="bench-group">
      <legend>Engines</legend>
      {names.map((name) => (
        <Check
          key={name}
          label={name}
          checked={chosen.includes(name)}
          disabled={chosen.includes(name) && chosen.length === 1}
          onChange={(on) => setDraft({ engines: names.filter((one) => (one === name ? on : chosen.includes(one))) })}
        />
      ))}
      <SelectField
        label="L1"
        hint="The original L1 and entropy."
        value={draft.regularized}
        options={[
          { value: 'both', label: 'with and without' },
          { value: 'without', label: 'without' },
          { value: 'with', label: 'with' },
        ]}
        onChange={(regularized) => setDraft({ regularized })}
      />
      <NumbersField field="threads" hint="Most threads to use: all, or numbers such as 1, 2, 4." />
    </fieldset>
  )
}

function Sizes() {
  return (
    <fieldset className="bench-group">
      <legend>Sizes</legend>
      <NumbersField field="inputs" />
      <NumbersField
        field="hidden"
        hint="Nodes of each hidden layer; several numbers measure each. The perceptron has ten times as many."
      />
      <NumbersField field="layers" />
      <NumbersField field="outputs" />
      <NumbersField field="batch" hint="Rows of a batch; several numbers, such as 250, 500, 1000, measure each." />
      <NumbersField field="repetitions" hint="Each with a batch of its own." />
      <NumbersField field="warmUp" hint="Repetitions that come first in each turn and do not count." />
    </fieldset>
  )
}

/** Whole numbers as they are typed; what is wrong with them is said above. */
function NumbersField({ field, hint, under }: { field: Field; hint?: string; under?: boolean }) {
  const id = useId()
  const value = useBench((state) => state.draft[field])
  return (
    <div className={under ? 'field under' : 'field'} title={hint}>
      <label htmlFor={id}>{FIELD_NAMES[field]}</label>
      <input
        id={id}
        className="input"
        value={value}
        aria-description={hint}
        aria-invalid={!/^\s*(all|[1-9]\d*([\s,;]+[1-9]\d*)*)\s*$/.test(value)}
        onChange={(event) => setDraft({ [field]: event.target.value })}
      />
    </div>
  )
}
