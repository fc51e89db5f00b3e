import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryJob } from '../../src/bulk/job.ts'
import { QueryProgress } from '../../src/bulk/query-progress.ts'
import { TestClock } from '../support/test-clock.ts'

const job = {
  id: '750R000000146UvIAI',
  object: 'Account',
  operation: 'query',
  state: 'JobComplete',
  numberRecordsProcessed: 100,
} as QueryJob

test('estimates the time that is left of each loop by its own pace', () => {
  const clock = new TestClock()
  const progress = new QueryProgress(clock)
  const told: (number | undefined)[] = []
  progress.events.on('progress', ({ timeLeft }) => told.push(timeLeft))
  const slow = progress.downloads()
  slow(job, 10, 1)
  clock.advance(1_000)
  slow(job, 10, 1)
  // Left there; an hour later somebody reads the results again.
  clock.advance(3_600_000)
  const fast = progress.downloads()
  fast(job, 30, 1)
  clock.advance(100)
  fast(job, 10, 1)
  assert.deepEqual(told, [undefined, 8_000, undefined, 600])
})
