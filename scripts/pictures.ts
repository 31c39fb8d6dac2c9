/** Takes the pictures of docs/pictures from the real studio: networks in the middle of a training, in light and dark. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { design, SPLINE } from '../bench/networks'
import { openSubject, type Subject, withStudio } from '../bench/studio-page'
import { random } from '../src-shared/numerics/random'

const FOLDER = join(import.meta.dirname, '..', 'docs', 'pictures')
const SIZE = { width: 1280, height: 800 }

interface Picture {
  readonly name: string
  /** Null is the network that the studio begins with. */
  readonly subject: Subject | null
  /** Trains until its step counter has passed this. */
  readonly steps: number
  /** What is looked at, when training is on. */
  readonly look: (page: Page) => Promise<void>
}

const PICTURES: readonly Picture[] = [
  {
    name: 'hello',
    subject: null,
    steps: 1500,
    look: (page) => page.getByRole('button', { name: /^Edge x → h₂/ }).focus(),
  },
  {
    name: 'deep',
    subject: learning([4, 10, 10, 2], 1000, 0.005, (x) => [
      Math.exp(
        0.5 * (Math.sin(Math.PI * ((x[0] ?? 0) ** 2 + (x[1] ?? 0) ** 2)) + Math.sin(Math.PI * (x[2] ?? 0) ** 2)),
      ),
      (x[2] ?? 0) * (x[3] ?? 0),
    ]),
    steps: 400,
    look: async () => {},
  },
  {
    name: 'wide',
    subject: learning([100, 100, 10], 1000, 0.005, (x) =>
      Array.from({ length: 10 }, (_, j) => Math.sin(Math.PI * (x[7 * j] ?? 0)) + (x[5 * j + 3] ?? 0) ** 2),
    ),
    steps: 400,
    look: (page) => pointAt(page, 0.5, 0.4),
  },
]

export async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  for (const { name, subject, steps, look } of PICTURES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await withStudio(subject, { ...SIZE, colorScheme }, async ({ page }) => {
        if (subject !== null) await openSubject(page)
        await page.getByLabel('Steps', { exact: true }).fill('1000000')
        await page.getByLabel('Steps', { exact: true }).press('Enter')
        await page.getByRole('button', { name: 'Train', exact: true }).click()
        await page.waitForFunction(
          (least) => Number(document.querySelector('[data-testid=step]')?.textContent?.replace(/\D/g, '')) >= least,
          steps,
          { timeout: 300_000 },
        )
        await look(page)
        await page.waitForTimeout(500)
        await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) })
      })
      process.stdout.write(`docs/pictures/${name}-${colorScheme}.png\n`)
    }
  }
}

async function pointAt(page: Page, x: number, y: number): Promise<void> {
  const area = await page.getByRole('application').boundingBox()
  if (area === null) throw new Error('there is no network on the page')
  await page.mouse.move(area.x + area.width * x, area.y + area.height * y)
}

/** A network that learns a function of numbers from -1 to 1, and to do without edges that it does not need. */
function learning(
  widths: readonly number[],
  rows: number,
  lambda: number,
  truth: (x: readonly number[]) => readonly number[],
): Subject {
  const specification = { ...design(widths, SPLINE), name: `[${widths.join(', ')}]` }
  const next = random(1, 'picture')
  const samples = Array.from({ length: rows }, () => specification.inputs.map(() => 2 * next() - 1))
  const answers = samples.map(truth)
  const column = (of: readonly (readonly number[])[], k: number) => Float32Array.from(of, (row) => row[k] ?? 0)
  return {
    specification,
    table: {
      rows,
      inputs: specification.inputs.map((_, i) => column(samples, i)),
      targets: specification.outputs.map((_, j) => column(answers, j)),
    },
    training: {
      steps: 20_000,
      optimizer: { type: 'adam', learningRate: 0.01 },
      regularization: { type: 'better_kan', lambda, l1: 1, entropy: 1 },
    },
  }
}
