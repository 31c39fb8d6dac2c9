/** Designing while training runs: width, basis, layers, and back. */
import { expect, test } from '../doors/test'

test('the width changes while training goes on', async ({ studio }) => {
  await studio.button(/^Layer 1, Spline/).click()
  await studio.trainOn()
  await studio.fill('Nodes', '7')
  await expect(studio.button(/^Layer 1, Spline.* 7 nodes$/)).toBeVisible()
  const step = await studio.step()
  await expect.poll(() => studio.step()).toBeGreaterThan(step + 20)
  expect(Number.isFinite(await studio.loss())).toBe(true)

  await studio.button('Undo').click()
  await expect(studio.button(/^Layer 1, Spline.* 5 nodes$/)).toBeVisible()
  await studio.pause()
})

test('what training would take and what the engine holds are told apart', async ({ studio }) => {
  await studio.button('One step').click()
  await expect(studio.inspector.getByText('Memory in use')).toBeVisible()
  await expect(studio.page.getByLabel('Build').getByText('Memory to train, about')).toBeVisible()
  await studio.button(/^(WASM|TensorFlow|WebGPU)( ·|$)/).hover()
  await expect(studio.page.getByText(/holds .* now, the data included/)).toBeVisible()
})

test('a basis is exchanged and the curves are kept', async ({ studio }) => {
  await studio.trainPast(300)
  const before = await studio.loss()
  await studio.button(/^Layer 1, Spline/).click()
  await studio.field('Basis').selectOption('Chebyshev')
  await expect(studio.button(/^Layer 1, Chebyshev/)).toBeVisible()
  await expect(studio.page.getByText(/^Change layer 1 to Chebyshev: validation .* → .*\.$/)).toBeVisible()
  await studio.fill('Degree', '12')
  await studio.button('One step').click()
  await expect.poll(() => studio.loss(), 'the fitted curves lose little').toBeLessThan(Math.max(3 * before, 0.1))
})

test('a width that cannot be is refused in one sentence and nothing is lost', async ({ studio }) => {
  await studio.button(/^Layer 1, Spline/).click()
  await studio.fill('Nodes', '100000000')
  await expect(studio.page.getByRole('region', { name: 'Notifications' })).toContainText(/would need about/)
  await expect(studio.button(/^Layer 1, Spline.* 5 nodes$/)).toBeVisible()
  await studio.field('Nodes').fill('0')
  await expect(studio.field('Nodes')).toHaveAttribute('aria-invalid', 'true')
})

test('a layer is added and taken back', async ({ studio }) => {
  await studio.button('Add layer').click()
  await expect(studio.button(/^Layer 3,/)).toBeVisible()
  await studio.trainPast(20)
  await studio.button('Undo').click()
  await expect(studio.button(/^Layer 3,/)).toHaveCount(0)
})

test('an edge becomes a formula that trains, and gets its curve back', async ({ studio }) => {
  await studio.selectEdge('x → h₁')
  await studio.field('Function').selectOption('sin')
  await expect(studio.page.getByTestId('formula')).toHaveText('sin(x)')
  await studio.fill('a', '3')
  await expect(studio.page.getByTestId('formula')).toHaveText('sin(3·x)')
  await studio.trainPast(20)
  await expect(studio.page.getByTestId('formula')).not.toHaveText('sin(3·x)')
  await studio.field('Function').selectOption('curve')
  await expect(studio.page.getByTestId('formula')).toHaveCount(0)
  await studio.button('Undo').click()
  await expect(studio.field('Function')).toHaveValue('sin')
})

test('an input that is discarded has no edges in the network, and comes back', async ({ studio }) => {
  await studio.clickInput(0)
  await studio.field('Group').selectOption('discarded')
  await expect(studio.button(/^Edge x → h₁.*pruned/)).toBeAttached()
  await studio.field('Group').selectOption('none')
  await expect(studio.button(/^Edge x → h₁.*score/)).toBeAttached()
})
