import type { Page } from '@playwright/test'
import { FITTED } from '../../src-renderer/network/place/geometry'
import { hitTest } from '../../src-renderer/network/place/hit'
import { layoutNetwork } from '../../src-renderer/network/place/layout'
import { see } from '../../src-renderer/network/place/view'
import type { Case } from '../case'
import { figure, measure, table } from '../measure'
import { columns, design, SPLINE } from '../networks'
import { openSubject, type Subject, withStudio } from '../studio-page'
import { traced } from '../traced'

/** The most lines of a pair of layers, and in all: layers with more edges are tables. */
const NETWORKS = {
  '2 900 as lines': [38, 38, 38],
  '10 000 as lines': [...Array(40).fill(16), 1],
  '10 000': [100, 99, 1],
  '50 000': [784, 64, 10],
  '100 000': [784, 126, 10],
}
/** Layers beyond which a network of random numbers diverges at once. */
const MOST_TO_TRAIN = 10
const ROWS = 200
const SIZE = { width: 926, height: 605 }

export const frames: Case = {
  name: 'frames',
  shows: 'script of the window in a frame, as a person pans, zooms, points, trains; needs `npm run build`',
  async run(words) {
    const wanted = Object.entries(NETWORKS).filter(([name]) => words.length === 0 || words.includes(name))
    const row = table(34, ['edges, what', 'frames', 'median ms', 'p95', 'longest'])
    for (const [name, widths] of wanted) await ofNetwork(name, widths, row)
    process.stdout.write('\nhit test, ms\n')
    for (const [name, widths] of wanted) process.stdout.write(`${name.padEnd(34)}  ${figure(hitTime(widths))}\n`)
  },
}

type Row = ReturnType<typeof table>
type Told = (what: string, act: () => Promise<void>) => Promise<void>
type Place = (x: number, y: number) => readonly [number, number]

async function training(page: Page, told: Told, at: Place): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.waitForTimeout(1500)
  await told('training', () => page.waitForTimeout(4000))
  await told('training, panning', () => pan(page, at))
  await page.getByRole('button', { name: 'Fit', exact: true }).click()
  await page.waitForTimeout(500)
  await told('training, fitted', () => page.waitForTimeout(4000))
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.waitForTimeout(1000)
}

async function ofNetwork(name: string, widths: readonly number[], row: Row): Promise<void> {
  await withStudio(subjectOf(widths), { width: 1440, height: 900, colorScheme: 'light' }, async ({ browser, page }) => {
    const told: Told = async (what, act) => {
      const { frames, median, p95, longest } = await traced(browser, page, act)
      row(`${name}, ${what}`, [String(frames), median, p95, longest])
    }
    let opened = 0
    await told('opening', async () => {
      opened = await openSubject(page)
    })
    process.stdout.write(`${name}, from a click on the file to the picture: ${figure(opened)} ms on the clock\n`)
    const area = await page.getByRole('application').boundingBox()
    if (area === null) throw new Error('there is no network on the page')
    const at = (x: number, y: number) => [area.x + area.width * x, area.y + area.height * y] as const

    await told('pointing', async () => {
      for (let k = 0; k < 60; k++) await page.mouse.move(...at(0.1 + (0.8 * k) / 60, 0.3 + 0.25 * Math.sin(k / 4)))
    })
    await told('zooming', () => zoom(page, at))
    await told('panning', () => pan(page, at))
    await pruning(page, told)
    if (widths.length <= MOST_TO_TRAIN) await training(page, told, at)
    const slider = page.getByRole('slider', { name: 'Width of layer 1', exact: true })
    const handle = (await slider.isVisible()) ? await slider.boundingBox() : null
    if (handle === null) return
    const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2]
    await told('a wider layer', () => drag(page, x, y))
  })
}

function subjectOf(widths: readonly number[]): Subject {
  const specification = design(widths, SPLINE)
  return {
    specification,
    table: columns(specification.inputs.length, specification.outputs.length, ROWS),
    training: { steps: 1_000_000, optimizer: { type: 'adam', learningRate: 1e-6 } },
  }
}

/** In to where curves show in the cells, and half of the way out again. */
async function zoom(page: Page, at: Place): Promise<void> {
  await page.mouse.move(...at(0.3, 0.5))
  for (let k = 0; k < 90; k++) {
    await page.mouse.wheel(0, k < 60 ? -90 : 90)
    await page.waitForTimeout(16)
  }
}

async function pan(page: Page, at: Place): Promise<void> {
  await page.mouse.move(...at(0.6, 0.6))
  await page.mouse.down()
  for (let k = 0; k < 60; k++) {
    await page.mouse.move(...at(0.6 - 0.005 * k, 0.6 - 0.004 * k))
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
}

/** The threshold from one end of the scores to the other. */
async function pruning(page: Page, told: Told): Promise<void> {
  await page.keyboard.press('Shift+X')
  const box = await page.getByRole('slider', { name: 'Threshold' }).boundingBox()
  if (box === null) throw new Error('there is no bar to prune with')
  await page.waitForTimeout(1000)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + 10, y)
  await page.mouse.down()
  await told('the prune slider', async () => {
    for (let k = 1; k <= 60; k++) {
      await page.mouse.move(box.x + 10 + (k * (box.width - 20)) / 60, y)
      await page.waitForTimeout(16)
    }
  })
  await page.mouse.up()
  await page.keyboard.press('Escape')
}

async function drag(page: Page, x: number, y: number): Promise<void> {
  // What is planned is drawn by the browser alone: without somebody who asks for frames the trace knows no ends of any.
  await page.evaluate(() => {
    const tick = () => requestAnimationFrame(tick)
    tick()
  })
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let k = 1; k <= 30; k++) {
    await page.mouse.move(x, y + 2 * k)
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
  await page.waitForTimeout(1000)
}

/** Milliseconds of a hit test, all over the window. */
function hitTime(widths: readonly number[]): number {
  const specification = design(widths, SPLINE)
  const seen = see(
    layoutNetwork(specification, SIZE, (text) => 6 * text.length),
    FITTED,
  )
  let x = 0
  return measure(() => {
    x = (x + 61.8) % SIZE.width
    hitTest(seen, { x, y: (x * 7) % SIZE.height })
  }).median
}
