/** The studio as a person uses it: found by role and name. */

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { helloModel } from '../../src-main/studio/hello'
import { boxOf } from '../../src-renderer/network/place/boxes'
import { FITTED } from '../../src-renderer/network/place/geometry'
import { layoutNetwork } from '../../src-renderer/network/place/layout'
import { type Orientation, toWindow } from '../../src-renderer/network/place/turn'
import { see } from '../../src-renderer/network/place/view'
import type { Door } from './door'
import { computeOf } from './processes'

type Edge = readonly [layer: number, input: number, output: number]

export class Studio {
  readonly page: Page

  constructor(readonly door: Door) {
    this.page = door.page
  }

  async ready(): Promise<void> {
    await expect(this.button('Train')).toBeVisible()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  }

  /** Saves by a menu's item: by the native dialog on the desktop, with the browser's downloads otherwise. @returns the bytes */
  async exported(menu: string, item: string, path: string): Promise<Buffer> {
    const { page, door } = this
    await door.answerFileDialog(path)
    const download = door.name === 'browser' ? page.waitForEvent('download') : null
    await this.button(menu).click()
    await page.getByRole('menuitem', { name: item }).click()
    if (download) await (await download).saveAs(path)
    else await expect(page.getByText(`Saved as ${path}`)).toBeVisible()
    return readFile(path)
  }

  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' })
  }

  field(name: string): Locator {
    return this.page.getByLabel(name, { exact: true })
  }

  async fill(name: string, value: string): Promise<void> {
    await this.field(name).fill(value)
    await this.field(name).press('Enter')
  }

  /** The step counter of the top bar. */
  async step(): Promise<number> {
    return Number(((await this.page.getByTestId('step').textContent()) ?? '').replace(/\D/g, ''))
  }

  /** The loss of the top bar. */
  async loss(): Promise<number> {
    return Number(((await this.page.getByTestId('loss').textContent()) ?? '').replaceAll('−', '-'))
  }

  /** Selects an edge as a screen reader does: through the list that mirrors the canvas. */
  async selectEdge(name: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^Edge ${name}`) }).focus()
    await expect(this.page.getByRole('heading', { name })).toBeVisible()
  }

  /** One click on the curve of an edge of the first network, which runs left to right or from the bottom up. */
  async clickCurve(layer: number, input: number, output: number, orientation?: Orientation): Promise<void> {
    const { surface, at } = await this.curvePlace([layer, input, output], orientation)
    await surface.click({ position: at })
  }

  /** Drags from the curve of one edge of the first network to that of another. */
  async dragOver(from: Edge, to: Edge, keys: readonly 'Shift'[] = []): Promise<void> {
    const { surface, at: first } = await this.curvePlace(from)
    const { at: last } = await this.curvePlace(to)
    const box = await surface.boundingBox()
    if (!box) throw new Error('the network is not on the screen')
    for (const key of keys) await this.page.keyboard.down(key)
    await this.page.mouse.move(box.x + first.x, box.y + first.y)
    await this.page.mouse.down()
    await this.page.mouse.move(box.x + last.x, box.y + last.y, { steps: 8 })
    await this.page.mouse.up()
    for (const key of keys) await this.page.keyboard.up(key)
  }

  /** Where the first network's edge is drawn. */
  private async curvePlace([layer, input, output]: Edge, orientation?: Orientation) {
    const { surface, layout } = await this.drawing(orientation)
    const box = boxOf(see(layout, FITTED), { type: 'edge', layer, edge: [input, output] })
    if (box === null) throw new Error('there is no such edge')
    return { surface, at: toWindow(layout, box) }
  }

  /** One click on an input of the first network. */
  async clickInput(
    index: number,
    options: Pick<Parameters<Locator['click']>[0] & object, 'button' | 'modifiers'> = {},
  ): Promise<void> {
    const { surface, layout } = await this.drawing()
    const column = layout.columns[0]
    if (!column) throw new Error('the network has no inputs')
    await surface.click({ ...options, position: { x: column.x, y: column.y + index * column.pitch } })
  }

  /** Where the first network is drawn, and how. */
  private async drawing(orientation: Orientation = 'right') {
    const surface = this.page.getByRole('application')
    const size = await surface.boundingBox()
    if (!size) throw new Error('the network is not on the screen')
    return { surface, layout: layoutNetwork(helloModel().specification, size, () => 8, orientation) }
  }

  /** Drops a file from this computer into the window. */
  async drop(path: string): Promise<void> {
    const text = await readFile(path, 'base64')
    const data = await this.page.evaluateHandle(
      ([base64, name]) => {
        const transfer = new DataTransfer()
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
        transfer.items.add(new File([bytes], name))
        return transfer
      },
      [text, basename(path)] as const,
    )
    for (const type of ['dragenter', 'dragover', 'drop'])
      await this.page.dispatchEvent('body', type, { dataTransfer: data })
  }

  /** Begins a training that does not end by itself, and waits until it has passed a step. */
  async trainOn(step = 20): Promise<void> {
    await this.fill('Steps', '10000000')
    await this.button('Train').click()
    await expect.poll(() => this.step()).toBeGreaterThan(step)
  }

  /** Trains until the step counter has passed a step, then pauses. */
  async trainPast(step: number): Promise<void> {
    await this.button('Train').click()
    await expect.poll(() => this.step()).toBeGreaterThan(step)
    await this.pause()
  }

  async pause(): Promise<void> {
    // Training may end by itself meanwhile, and then there is nothing to click.
    const pause = this.button('Pause')
    if (await pause.isVisible()) await pause.click({ timeout: 3000 }).catch(() => {})
    await this.standStill()
  }

  /** Until training is paused: the button turns at once, the last step may still be on its way. */
  async standStill(): Promise<void> {
    await expect(this.button('Train')).toBeVisible()
    let before = -1
    const unchanged = async () => {
      const last = before
      before = await this.step()
      return before === last
    }
    await expect.poll(unchanged, { intervals: [150] }).toBe(true)
  }

  /** Saves under a path in the studio's folder. */
  async saveAs(path: string): Promise<void> {
    await this.door.answerFileDialog(path)
    await this.page.keyboard.press('Control+Shift+s')
    if (this.door.name === 'browser') {
      await this.field('File name').fill(basename(path))
      await this.button('Save').click()
      await expect(this.field('File name')).toHaveCount(0)
    }
    await expect(this.page.getByText(`Saved as ${path}`)).toBeVisible()
  }

  /** Opens a model of the studio's folder. */
  async openModel(path: string): Promise<void> {
    await this.door.answerFileDialog(path)
    await this.page.keyboard.press('Control+o')
    if (this.door.name === 'browser') await this.button(new RegExp(`^${basename(path)}`)).click()
  }

  computePid(): number {
    return computeOf(this.door.pid)
  }
}
