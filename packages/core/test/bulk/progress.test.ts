import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BulkProgress, ProgressEvents } from '../../src/bulk/progress.ts'
import { TestClock } from '../support/test-clock.ts'

type News = Omit<BulkProgress, 'timeLeft'>

const clock = new TestClock()
const news = (phase: News['phase'], rows: number, total?: number): News => ({
  phase,
  rows,
  bytes: 0,
  jobs: {},
  ...(total === undefined ? {} : { total }),
})

test('estimates the time that is left by the pace of the phase, from what was done when it began', () => {
  const events = new ProgressEvents(clock)
  const told: (number | undefined)[] = []
  events.on('progress', ({ timeLeft }) => told.push(timeLeft))
  for (const [wait, one] of [
    // Nobody can tell a pace yet.
    [0, news('uploading', 100, 1_100)],
    [1_000, news('uploading', 100, 1_100)],
    // 200 rows in two seconds.
    [1_000, news('uploading', 300, 1_100)],
    [2_000, news('uploading', 300, 1_100)],
    [0, news('uploading', 1_100, 1_100)],
    // Another phase has a pace of its own, and no total at first.
    [1_000, news('processing', 0)],
    [500, news('processing', 10)],
    [500, news('processing', 10, 40)],
  ] as const) {
    clock.advance(wait)
    events.report(one)
  }
  assert.deepEqual(told, [undefined, undefined, 8_000, 16_000, 0, undefined, undefined, 3_000])
})

test('knows when a phase began although nobody listened then', () => {
  const events = new ProgressEvents(clock)
  events.report(news('downloading', 0, 100))
  clock.advance(1_000)
  const told: unknown[] = []
  events.on('progress', ({ timeLeft }) => told.push(timeLeft))
  events.report(news('downloading', 50, 100))
  assert.deepEqual(told, [1_000])
})

test('tells a listener as often as it was added, and bears what it throws or rejects with', async () => {
  const events = new ProgressEvents(clock)
  let calls = 0
  const listener = (): Promise<never> => {
    calls += 1
    return Promise.reject(new Error('the bug of a listener'))
  }
  const off = events.on('progress', listener)
  events.on('progress', () => {
    throw new Error('another one')
  })
  events.on('progress', listener)
  events.report(news('reading', 1))
  assert.equal(calls, 2)
  off()
  off()
  events.report(news('reading', 2))
  assert.equal(calls, 3)
  // A rejection that nobody takes would end the process by then.
  await new Promise((resolve) => setImmediate(resolve))
})
