/** The open document's training as a page. Runs the real compute process. */
import { expect, test } from 'vitest'
import { fakeStudio, startBuiltCompute } from './testing'

test('the training of the open document is a page with its settings, losses, scores and predictions, which loads nothing', async () => {
  const { studio } = await fakeStudio({ startCompute: startBuiltCompute })
  try {
    const { calls } = studio.connect({})
    const fresh = await calls.trainingReport()
    expect(fresh).toContain('not trained yet')
    for (let step = 0; step < 3; step++) await calls.step()
    await expect.poll(async () => (await calls.document()).step).toBe(3)
    const page = await calls.trainingReport()
    for (const part of [
      'trained for 3 steps',
      'aria-label="The network [2, 5, 1]',
      'aria-label="Losses over the steps',
      'aria-label="Predicted over true',
      '<h2 id="scores">',
      '&quot;optimizer&quot;',
      'validation',
    ]) {
      expect(page).toContain(part)
    }
    for (const one of [fresh, page]) expect(one).not.toMatch(/<script|\bsrc=|\bhref=|url\(|NaN|Infinity|@import/)
  } finally {
    await studio.close('discard')
  }
})
