/** Is a network designed by hand as fast as it is thought of? */
import type { Locator } from '@playwright/test'
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

async function drag(studio: Studio, from: Locator, to: { x: number; y: number }, givesUp = false): Promise<void> {
  const { mouse, keyboard } = studio.page
  await from.hover()
  await mouse.down()
  await mouse.move(to.x, to.y, { steps: 6 })
  if (givesUp) await keyboard.press('Escape')
  await mouse.up()
}

const layer = (studio: Studio, words: string) => studio.button(`Layer ${words}`)
const handle = (studio: Studio, l: number) => studio.page.getByRole('slider', { name: `Width of layer ${l}` })

/** Undo until nothing is left, each step while the one before is still on its way to the window. */
async function undoAll(studio: Studio): Promise<void> {
  const undo = studio.button('Undo')
  for (let step = 0; step < 30 && (await undo.isEnabled()); step++) {
    await studio.page.keyboard.press('Control+z')
    await studio.page.waitForTimeout(60)
  }
  await expect(undo).toBeDisabled()
}

test('[2] → Spline 5 → RBF 3 → Chebyshev 1 is built by drag and drop alone, while it trains, and undone', async ({
  studio,
}) => {
  await studio.trainOn()
  await drag(studio, block(studio, 'RBF'), await pointAt(studio, 1.5))
  await expect(layer(studio, '2: RBF, 8 centres, 5 nodes')).toBeVisible()
  const box = await handle(studio, 2).boundingBox()
  if (!box) throw new Error('layer 2 has no handle')
  await drag(studio, handle(studio, 2), { x: box.x + box.width / 2, y: box.y + box.height / 2 - 28 })
  await expect(layer(studio, '2: RBF, 8 centres, 3 nodes')).toBeVisible()
  await expect(studio.page.getByText(/^Layer 2 lost its least important nodes, until now h₂,. and h₂,./)).toBeVisible()
  await drag(studio, block(studio, 'Chebyshev'), await pointAt(studio, 3))
  await expect(layer(studio, '3: Chebyshev, d 4, 1 node')).toBeVisible()
  await expect(layer(studio, '1: Spline, k 3 · G 5, 5 nodes')).toBeVisible()
  await studio.pause()
  await undoAll(studio)
  await expect(layer(studio, '2: Spline, k 3 · G 5, 1 node')).toBeVisible()
  await expect(layer(studio, '1: Spline, k 3 · G 5, 5 nodes')).toBeVisible()
})

test('the same network is built by the keyboard alone', async ({ studio }) => {
  const { keyboard } = studio.page
  await block(studio, 'RBF').focus()
  for (const key of ['Enter', 'ArrowRight', 'ArrowRight', 'Enter']) await keyboard.press(key)
  await expect(layer(studio, '2: RBF, 8 centres, 5 nodes')).toBeVisible()
  await handle(studio, 2).focus()
  for (const key of ['ArrowDown', 'ArrowDown']) await keyboard.press(key)
  await expect(layer(studio, '2: RBF, 8 centres, 3 nodes')).toBeVisible()
  await block(studio, 'Chebyshev').focus()
  for (const key of [
    'Enter',
    'ArrowLeft',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'Enter',
  ])
    await keyboard.press(key)
  await expect(layer(studio, '3: Chebyshev, d 4, 1 node')).toBeVisible()
  await expect(layer(studio, '1: Spline, k 3 · G 5, 5 nodes')).toBeVisible()
  await undoAll(studio)
  await expect(layer(studio, '2: Spline, k 3 · G 5, 1 node')).toBeVisible()
})

test('Escape gives up a drag, and a layer is moved by its header and by Alt and arrow keys', async ({ studio }) => {
  await drag(studio, block(studio, 'RBF'), await pointAt(studio, 2))
  await expect(layer(studio, '2: RBF, 8 centres, 1 node')).toBeVisible()
  await drag(studio, block(studio, 'Chebyshev'), await pointAt(studio, 1.5), true)
  await expect(studio.page.getByText('Insert Chebyshev')).toHaveCount(0)
  const { x, y } = await pointAt(studio, 1)
  await drag(studio, layer(studio, '2: RBF, 8 centres, 1 node'), { x: x - 150, y })
  await expect(layer(studio, '1: RBF, 8 centres, 5 nodes')).toBeVisible()
  await expect(layer(studio, '2: Spline, k 3 · G 5, 1 node')).toBeVisible()
  await layer(studio, '1: RBF, 8 centres, 5 nodes').focus()
  await studio.page.keyboard.press('Alt+ArrowRight')
  await expect(layer(studio, '2: RBF, 8 centres, 1 node')).toBeVisible()
})

test('widths are typed and turned by the wheel, and nodes are moved, doubled and removed', async ({ studio }) => {
  const { keyboard, mouse } = studio.page
  await studio.button('5 nodes in layer 1: type another number').click()
  await keyboard.type('7')
  await keyboard.press('Enter')
  await expect(layer(studio, '1: Spline, k 3 · G 5, 7 nodes')).toBeVisible()
  await layer(studio, '1: Spline, k 3 · G 5, 7 nodes').hover()
  await mouse.wheel(0, -120)
  await expect(layer(studio, '1: Spline, k 3 · G 5, 9 nodes')).toBeVisible()
  const box = await handle(studio, 1).boundingBox()
  if (!box) throw new Error('layer 1 has no handle')
  const node = { x: box.x + box.width / 2, y: box.y - 14 }
  await mouse.move(node.x, node.y)
  await mouse.down()
  await mouse.move(node.x, node.y - 200, { steps: 6 })
  await mouse.up()
  await expect(studio.page.getByRole('heading', { name: 'h₆' })).toBeVisible()
  await keyboard.press('Alt+ArrowUp')
  await keyboard.press('Control+j')
  await expect(layer(studio, '1: Spline, k 3 · G 5, 10 nodes')).toBeVisible()
  await keyboard.press('Delete')
  await expect(layer(studio, '1: Spline, k 3 · G 5, 9 nodes')).toBeVisible()
  await undoAll(studio)
  await expect(layer(studio, '1: Spline, k 3 · G 5, 5 nodes')).toBeVisible()
})

test('a block that is picked up says where it would go', async ({ studio }) => {
  await block(studio, 'RBF').focus()
  await studio.page.keyboard.press('Enter')
  await expect(studio.page.getByText('Insert RBF before layer 1, 156 → 411 parameters')).toBeAttached()
  await studio.page.keyboard.press('ArrowRight')
  await expect(studio.page.getByText('Change layer 1 to RBF, 156 parameters')).toBeAttached()
  await studio.page.keyboard.press('Escape')
  await expect(studio.page.getByText('Change layer 1 to RBF')).toHaveCount(0)
})

test('a block is put down without a drag: by one click on it and one in the network', async ({ studio }) => {
  const { x, y } = await pointAt(studio, 1.5)
  await block(studio, 'Chebyshev').click()
  await studio.page.mouse.click(x, y)
  await expect(layer(studio, '2: Chebyshev, d 4, 5 nodes')).toBeVisible()
  await expect(studio.page.getByText('Done: Add Chebyshev layer 2')).toBeAttached()
})

test('a network is copied as text, pasted as one step, and undone, while it trains', async ({ studio }) => {
  await studio.trainOn()
  await studio.page.keyboard.press('Control+c')
  await expect(studio.page.getByText('Copied the network with its 156 parameters')).toBeVisible()
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await studio.page.keyboard.press('Control+v')
  await expect(studio.button(/^Layer 3,/)).toHaveCount(0)
  const pasted = studio.page.getByText('Pasted the network [2, 5, 1] with 156 parameters')
  await expect(pasted).toBeVisible()
  await studio.button('Undo this change').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await expect(pasted).toHaveCount(0)
  await studio.pause()
})
