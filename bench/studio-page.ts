/** The real studio with a network and a table of its own, opened in Chromium by a program: for what is measured and pictured. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { serve } from '../e2e/doors/browser'
import { launchOptions } from '../e2e/doors/chromium'
import type { Columns } from '../src-main/compute/engines/engine'
import { writeModel } from '../src-main/files/model'
import type { TrainingSettings } from '../src-shared/contract/job'
import { newModel } from '../src-shared/kan/file/file'
import type { Specification } from '../src-shared/kan/specification'

/** A design, the table that it learns, and how. */
export interface Subject {
  readonly specification: Specification
  readonly table: Columns
  readonly training: Partial<TrainingSettings>
}

export interface OpenedStudio {
  readonly browser: Browser
  readonly page: Page
}

const FILE = 'network.kan'

/** Serves the studio in a folder that holds the subject, shows its first page, and cleans up behind what is done there. */
export async function withStudio(
  subject: Subject | null,
  look: { readonly width: number; readonly height: number; readonly colorScheme: 'light' | 'dark' },
  act: (studio: OpenedStudio) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kan-studio-page-'))
  if (subject !== null) await write(folder, subject)
  const { child, address } = await serve({ folder, state: join(folder, '.state') })
  const browser = await chromium.launch(launchOptions())
  try {
    const { colorScheme, ...viewport } = look
    const page = await (await browser.newContext({ viewport, colorScheme })).newPage()
    await page.goto(address)
    await page.getByRole('button', { name: 'Train', exact: true }).waitFor()
    await act({ browser, page })
  } finally {
    await browser.close()
    child.kill()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Opens the subject as a person does. @returns milliseconds from the click on its name until its picture is drawn */
export async function openSubject(page: Page): Promise<number> {
  await page.keyboard.press('Control+o')
  const file = page.getByRole('button', { name: /^network\.kan/ })
  await file.waitFor()
  await page.waitForTimeout(300)
  const milliseconds = await file.evaluate(
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
  await page.waitForTimeout(1000)
  return milliseconds
}

async function write(folder: string, { specification, table, training }: Subject): Promise<void> {
  const inputs = specification.inputs.map(({ name }) => name)
  const targets = specification.outputs.map(({ name }) => name)
  const all = [...table.inputs, ...table.targets]
  const lines = Array.from({ length: table.rows }, (_, row) => all.map((column) => column[row]).join(','))
  await writeFile(join(folder, 'table.csv'), [[...inputs, ...targets].join(','), ...lines].join('\n'))
  const job = { data: { file: 'table.csv', inputs, targets, scaling: 'none' }, training }
  await writeModel(join(folder, FILE), newModel({ ...specification, history: { step: 0, job } }, FILE))
}
