/** What better_kan's own README says of its speed, word for word: theirs, and their machine's. */

interface PublishedRow {
  readonly name: string
  readonly forwardMs: number
  readonly backwardMs: number
  /** Of 1024³ bytes; null where the README says nan. */
  readonly forwardGb: number | null
  readonly backwardGb: number | null
  readonly parameters: number
  readonly trainable: number
}

interface PublishedTable {
  readonly title: string
  readonly command: string
  readonly rows: readonly PublishedRow[]
}

export const PUBLISHED_NOTE =
  "These figures are better_kan's own: its README's of 19 July 2024, of its author's machine, which it does not name. They were not measured here, so only ratios within one table can be compared."

const COMMAND = 'python3 benchmark.py --batch-size 1000 --inp-size 100 --hid-size 1000 --reps 50'

/** Both tables of the README that were measured with the default flags. */
export const BETTER_KAN_2024: readonly PublishedTable[] = [
  {
    title: 'better_kan, with all that L1, plots and pruning need',
    command: COMMAND,
    rows: [
      row('effkan-cpu', [94.5, 175.48], null, 1_010_000, 1_010_000),
      row('effkan-gpu', [20.82, 37.4], [0.36, 0.37], 1_010_000, 1_010_000),
      row('mlp-cpu', [12.22, 16.95], null, 1_020_001, 1_020_001),
      row('mlp-gpu', [1.93, 3.18], [0.1, 0.14], 1_020_001, 1_020_001),
      row('rbf-better_kan-cpu', [279.77, 126.55], null, 928_602, 911_002),
      row('rbf-better_kan-gpu', [45.15, 28.37], [1.52, 0.78], 928_602, 911_002),
      row('splines-better_kan-cpu', [329.53, 266.63], null, 924_202, 911_002),
      row('splines-better_kan-gpu', [61.03, 63.09], [1.52, 0.78], 924_202, 911_002),
      row('cheby-better_kan-cpu', [231.81, 106.88], null, 1_118_502, 1_113_002),
      row('cheby-better_kan-gpu', [44.15, 23.81], [1.52, 0.78], 1_118_502, 1_113_002),
    ],
  },
  {
    title: 'better_kan, fast version without exact L1',
    command: `${COMMAND} --fast_better_kan`,
    rows: [
      row('effkan-cpu', [90.73, 171.64], null, 1_010_000, 1_010_000),
      row('effkan-gpu', [20.48, 36.68], [0.36, 0.37], 1_010_000, 1_010_000),
      row('mlp-cpu', [10.27, 14], null, 1_020_001, 1_020_001),
      row('mlp-gpu', [1.94, 3.16], [0.1, 0.14], 1_020_001, 1_020_001),
      row('rbf-better_kan-cpu', [27.54, 28.01], null, 928_602, 911_002),
      row('rbf-better_kan-gpu', [4.79, 6.58], [0.15, 0.18], 928_602, 911_002),
      row('splines-better_kan-cpu', [90.05, 165.65], null, 924_202, 911_002),
      row('splines-better_kan-gpu', [20.12, 34.32], [0.36, 0.37], 924_202, 911_002),
      row('cheby-better_kan-cpu', [30.28, 57.3], null, 1_118_502, 1_113_002),
      row('cheby-better_kan-gpu', [5.34, 11.27], [0.15, 0.3], 1_118_502, 1_113_002),
    ],
  },
]

function row(
  name: string,
  [forwardMs, backwardMs]: readonly [number, number],
  gigabytes: readonly [number, number] | null,
  parameters: number,
  trainable: number,
): PublishedRow {
  const [forwardGb, backwardGb] = gigabytes ?? [null, null]
  return { name, forwardMs, backwardMs, forwardGb, backwardGb, parameters, trainable }
}
