import { describe, expect, it } from 'vitest'
import { PRESET, PRESETS } from '../../src-shared/benchmark/presets'
import { planOf } from './draft'
import { DRAFTS, START } from './presets'

const HERE = { ...START, engines: ['wasm'] }

describe('a draft', () => {
  it("makes, as it is at first, better_kan's benchmark", () => {
    expect(planOf(HERE, []).plan).toMatchObject({
      methods: [
        { type: 'spline', order: 3, intervals: 5 },
        { type: 'rbf', centers: 8, kernel: 'gaussian' },
        { type: 'chebyshev', degree: 9 },
        { type: 'mlp' },
      ],
      ...{ engines: ['wasm'], threads: [null], regularized: [false, true], batchSizes: [1000] },
      shapes: [{ inputs: 100, hidden: 1000, outputs: 1, hiddenLayers: 1 }],
      ...{ repetitions: 50, warmUp: 1 },
    })
  })

  it.each(PRESETS)('makes of the preset %s the plan that it is', (name) => {
    const plan = PRESET[name].plan(['wasm'])
    const shown = DRAFTS.find(({ title }) => title === plan.title)
    expect(shown && planOf({ ...shown.draft, engines: ['wasm'] }, []).plan).toEqual(plan)
  })

  it('says in its title that a preset was changed, but not for fewer methods or other repetitions', () => {
    const title = (change: object) => planOf({ ...HERE, ...change }, []).plan?.title
    expect(title({ methods: ['spline'], repetitions: '3' })).toBe('better_kan 2024')
    for (const change of [{ hidden: '8' }, { batch: '10' }, { inputs: '4' }, { degree: '5' }, { methods: ['open'] }]) {
      expect(title(change)).toBe('better_kan 2024, changed')
    }
  })

  it('measures every one of several numbers', () => {
    const { plan } = planOf(
      { ...HERE, batch: '250, 500;1000', hidden: '5 10', threads: '1, 2', intervals: '5, 10' },
      [],
    )
    expect(plan?.batchSizes).toEqual([250, 500, 1000])
    expect(plan?.shapes.map(({ hidden }) => hidden)).toEqual([5, 10])
    expect(plan?.threads).toEqual([1, 2])
    expect(plan?.methods.slice(0, 2)).toMatchObject([{ intervals: 5 }, { intervals: 10 }])
  })

  it.each([
    [{ repetitions: '0' }, 'The number of repetitions is a whole number from 1 to 1000000.'],
    [{ repetitions: '5, 6' }, 'Repetitions: one number.'],
    [{ batch: 'many' }, 'Batch sizes: whole numbers, such as 1000 or 250, 500, 1000.'],
    [{ hidden: '' }, 'Hidden nodes: whole numbers, such as 1000 or 250, 500, 1000.'],
    [{ intervals: '0' }, 'Intervals, order, centres and degree: whole numbers of 1 or more.'],
    [{ methods: [] }, 'Choose at least one method, or another program.'],
    [{ engines: [] }, 'Choose at least one engine.'],
    [{ batch: 'all' }, 'Batch sizes: whole numbers, such as 1000 or 250, 500, 1000.'],
  ])('says of %o what would be right', (change, problem) => {
    expect(planOf({ ...HERE, ...change }, [])).toEqual({ plan: null, problem })
  })

  it('may measure other programs alone', () => {
    const peers = [{ name: 'torch', command: 'python mlp.py' }]
    expect(planOf({ ...HERE, methods: [] }, peers).plan).toMatchObject({ methods: [], peers })
  })
})
