import { expect, test, vi } from 'vitest'
import type { TelemetryFrame } from '../../src-shared/contract/telemetry'
import { Pages } from './pages'

const frame = (sequence: number) => ({ sequence }) as TelemetryFrame

test('frames go to all pages, and the newest one sets the pace', () => {
  const acknowledge = vi.fn()
  const pages = new Pages(acknowledge)
  const [first, second] = [vi.fn(), vi.fn()]
  const older = pages.add({ telemetry: first })
  const newest = pages.add({ telemetry: second })
  pages.telemetry(frame(1))
  expect(first).toHaveBeenCalledOnce()
  expect(second).toHaveBeenCalledOnce()
  pages.acknowledge(older, 1)
  expect(acknowledge).not.toHaveBeenCalled()
  pages.acknowledge(newest, 1)
  expect(acknowledge).toHaveBeenCalledExactlyOnceWith(1)
})

test('a page that goes or comes does not hold up training', () => {
  const acknowledge = vi.fn()
  const pages = new Pages(acknowledge)
  pages.telemetry(frame(1))
  expect(acknowledge).toHaveBeenLastCalledWith(1)
  const page = pages.add({ telemetry: vi.fn() })
  pages.telemetry(frame(2))
  pages.remove(page)
  expect(acknowledge).toHaveBeenLastCalledWith(2)
  pages.add({ telemetry: vi.fn() })
  pages.telemetry(frame(3))
  pages.add({ telemetry: vi.fn() })
  expect(acknowledge).toHaveBeenLastCalledWith(3)
})
