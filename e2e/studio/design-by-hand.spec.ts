/** Is a network designed by hand as fast as it is thought of? */
import type { Studio } from '../doors/studio'
import { expect, test } from '../doors/test'

/** A block of the palette. */
const block = (studio: Studio, name: string) =>
  studio.page.getByRole('complementary', { name: 'Build' }).getByRole('button', { name: new RegExp(`^${name} `) })

/** A point of the network: 1 is over the first layer's nodes, 1.5 between those and the next, a little below the headers. */
async function pointAt(studio: Studio, column: number): Promise<{ x: number; y: number }> {
  const header = async (l: number) => {
    const box = await studio.button(new RegExp(`^Layer ${l}:`)).boundingBox()
    if (!box) throw new Error(`layer ${l} has no header`)
    return { x: box.x + box.width / 2, y: box.y + 160 }
  }
  const [from, to] = [await header(Math.floor(column)), await header(Math.ceil(column))]
  return { x: (from.x + to.x) / 2, y: from.y }
}

async function drag(studio: Studio, name: string, column: number, end: 'drop' | 'escape' = 'drop'): Promise<void> {
  const { mouse, keyboard } = studio.page
  const target = await pointAt(studio, column)
  await block(studio, name).hover()
  await mouse.down()
  await mouse.move(target.x, target.y, { steps: 6 })
  if (end === 'escape') await keyboard.press('Escape')
  await mouse.up()
}

test('blocks are dragged into a gap and onto a layer, and Escape puts them back', async ({ studio }) => {
  await drag(studio, 'RBF', 1.5)
  await expect(studio.button('Layer 2: RBF, 8 centres, 5 nodes')).toBeVisible()
  await drag(studio, 'Chebyshev', 3)
  await expect(studio.button('Layer 3: Chebyshev, d 4, 1 node')).toBeVisible()
  await drag(studio, 'RBF', 1.5, 'escape')
  await expect(studio.page.getByText('Insert RBF')).toHaveCount(0)
  await expect(studio.button(/^Layer 4:/)).toHaveCount(0)
  await studio.button('Undo').click()
  await studio.button('Undo').click()
  await expect(studio.button('Layer 2: Spline, k 3 · G 5, 1 node')).toBeVisible()
})

test('a block is picked up and put down by the keyboard, which is told what it does', async ({ studio }) => {
  await block(studio, 'RBF').focus()
  await studio.page.keyboard.press('Enter')
  await expect(studio.page.getByText('Insert RBF before layer 1, 156 → ')).toBeAttached()
  await studio.page.keyboard.press('ArrowRight')
  await expect(studio.page.getByText('Change layer 1 to RBF, 156 parameters')).toBeAttached()
  await studio.page.keyboard.press('ArrowRight')
  await studio.page.keyboard.press('Enter')
  await expect(studio.button('Layer 2: RBF, 8 centres, 5 nodes')).toBeVisible()
  await studio.page.keyboard.press('Enter')
  await studio.page.keyboard.press('Escape')
  await studio.page.keyboard.press('Enter')
  await studio.page.keyboard.press('ArrowRight')
  await studio.page.keyboard.press('Enter')
  await expect(studio.button('Layer 1: RBF, 8 centres, 5 nodes')).toBeVisible()
})

test('a network is copied as text, pasted as one step, and undone, while it trains', async ({ studio }) => {
  await studio.button('Train').click()
  await expect.poll(() => studio.step()).toBeGreaterThan(20)
  await studio.page.keyboard.press('Control+c')
  await expect(studio.page.getByText('Copied the network with its 156 parameters')).toBeVisible()
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await studio.page.keyboard.press('Control+v')
  await expect(studio.button(/^Layer 3,/)).toHaveCount(0)
  await studio.button('Undo').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await studio.pause()
})
