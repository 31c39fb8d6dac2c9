import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from '@playwright/test'
import { writeModel } from '../../src-main/files/model'
import { hitTest } from '../../src-renderer/network/hit'
import { layoutNetwork } from '../../src-renderer/network/layout'
import { FITTED, see } from '../../src-renderer/network/view'
import { newModel } from '../../src-shared/kan/file'
import type { Case } from '../main'
import { figure, measure, table } from '../measure'
import { columns, design, SPLINE } from '../networks'
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
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const executablePath = process.env.CHROMIUM
    const browser = await chromium.launch({ args: flags, ...(executablePath === undefined ? {} : { executablePath }) })
    try {
      const row = table(34, ['edges, what', 'frames', 'median ms', 'p95', 'longest'])
      for (const [name, widths] of wanted) await ofNetwork(browser, name, widths, row)
    } finally {
      await browser.close()
    }
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

async function ofNetwork(browser: Browser, name: string, widths: readonly number[], row: Row): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kan-studio-bench-'))
  await writeNetwork(folder, widths)
  const { child, address } = await serve(folder)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('button', { name: 'Train', exact: true }).waitFor()
    const told: Told = async (what, act) => {
      const { frames, median, p95, longest } = await traced(browser, page, act)
      row(`${name}, ${what}`, [String(frames), median, p95, longest])
    }
    process.stdout.write(
      `${name}, first picture after a click on its name: ${figure(await firstPicture(page))} ms on the clock\n`,
    )
    await told('opening', () => open(page, widths))
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
    if (handle !== null) await told('a wider layer', () => drag(page, handle.x + 4, handle.y + 4))
  } finally {
    await context.close()
    child.kill()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

export async function writeNetwork(folder: string, widths: readonly number[]): Promise<void> {
  const specification = design(widths, SPLINE)
  const names = {
    inputs: specification.inputs.map(({ name }) => name),
    targets: specification.outputs.map(({ name }) => name),
  }
  const { inputs, targets } = columns(names.inputs.length, names.targets.length, ROWS)
  const all = [...inputs, ...targets]
  const lines = Array.from({ length: ROWS }, (_, row) => all.map((column) => column[row]).join(','))
  await writeFile(join(folder, 'table.csv'), [[...names.inputs, ...names.targets].join(','), ...lines].join('\n'))
  const data = { file: 'table.csv', ...names, scaling: 'none' }
  const training = { steps: 1_000_000, optimizer: { type: 'adam', learningRate: 1e-6 } }
  await writeModel(
    join(folder, 'large.kan'),
    newModel({ ...specification, history: { step: 0, job: { data, training } } }, 'large'),
  )
}

export async function serve(folder: string): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const program = join(import.meta.dirname, '..', '..', 'bin', 'kan-studio.mjs')
  const child = spawn(process.execPath, [program, 'serve', '--no-open', '--folder', folder], {
    env: { ...process.env, KAN_STUDIO_STATE: join(folder, '.state') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address !== undefined) return { child, address }
  }
  throw new Error('the server ended without printing its address')
}

export async function open(page: Page, widths: readonly number[]): Promise<void> {
  await page.keyboard.press('Control+o')
  await page.getByRole('button', { name: /^large\.kan/ }).click()
  await page.getByRole('application', { name: `Network ${widths.join(', ')} with` }).waitFor()
  await page.waitForTimeout(1000)
}

/** In to where curves show in the cells, and half of the way out again. */
async function zoom(page: Page, at: Place): Promise<void> {
  await page.mouse.move(...at(0.3, 0.5))
  for (let k = 0; k < 90; k++) {
    await page.mouse.wheel(0, k < 60 ? -90 : 90)
    await page.waitForTimeout(16)
  }
}

/** Milliseconds from a click on the network's name until its picture is drawn, all processes and the line between them included. */
async function firstPicture(page: Page): Promise<number> {
  await page.keyboard.press('Control+o')
  const file = page.getByRole('button', { name: /^large\.kan/ })
  await file.waitFor()
  await page.waitForTimeout(300)
  return file.evaluate(
    (button) =>
      new Promise<number>((resolve) => {
        const surface = document.querySelector('[role=application]')
        if (surface === null || !(button instanceof HTMLElement)) throw new Error('there is no network on the page')
        const begun = performance.now()
        // It is drawn in the frame after the page knows it, or in the one after that.
        const known = new MutationObserver(() =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun))),
        )
        known.observe(surface, { attributeFilter: ['aria-label'] })
        button.click()
      }),
  )
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
