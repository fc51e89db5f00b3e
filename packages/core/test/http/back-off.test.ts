import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessToken, Salesforce } from '@forcewire/core/portable'
import fc from 'fast-check'
import { instanceUrl, scriptedTransport } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

const policies = fc.record({
  maxRetries: fc.integer({ min: 0, max: 8 }),
  initialDelay: fc.integer({ min: 0, max: 2_000 }),
  factor: fc.double({ min: 1, max: 4, noNaN: true }),
  maxDelay: fc.integer({ min: 0, max: 12_000 }),
  maxElapsed: fc.integer({ min: 0, max: 60_000 }),
})
const hundredths = fc.integer({ min: 0, max: 99 }).map((draw) => draw / 100)
const draws = fc.array(hundredths, { minLength: 8, maxLength: 8 })

/** The delays before the retries of a read that is never answered well. */
async function delays(
  retry: object,
  random: readonly number[],
  timeout: number,
  retryAfter?: number,
): Promise<number[]> {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  const { transport } = scriptedTransport([{ status: 503, headers }])
  const clock = new TestClock()
  const left = [...random]
  const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
  const salesforce = new Salesforce({ auth, transport, clock, random: () => left.shift() ?? 0, retry, timeout })
  const slept: number[] = []
  salesforce.on('retry', ({ delay }) => slept.push(delay))
  await assert.rejects(salesforce.limits())
  return slept
}

describe('back-off', () => {
  it('draws each delay from 0 to its length, within the count, the time of the policy and the deadline', async () => {
    await fc.assert(
      fc.asyncProperty(policies, draws, fc.integer({ min: 20_000, max: 120_000 }), async (policy, random, timeout) => {
        const slept = await delays(policy, random, timeout)
        assert.ok(slept.length <= policy.maxRetries)
        slept.forEach((delay, index) => {
          const longest = Math.min(policy.initialDelay * policy.factor ** index, policy.maxDelay)
          assert.equal(delay, longest * (random[index] as number))
        })
        const total = slept.reduce((sum, delay) => sum + delay, 0)
        // The clock counts in milliseconds since 1970, so that tiny parts of one are lost.
        assert.ok(total <= policy.maxElapsed + 1 && total < timeout)
      }),
    )
  })

  it('waits as long as Retry-After says, or gives up when there is not the time', async () => {
    await fc.assert(
      fc.asyncProperty(policies, fc.integer({ min: 1, max: 15 }), async (policy, seconds) => {
        const slept = await delays(policy, [], 120_000, seconds)
        const inTime = Math.floor(policy.maxElapsed / (seconds * 1_000))
        assert.deepEqual(slept, Array(Math.min(policy.maxRetries, inTime)).fill(seconds * 1_000))
      }),
    )
  })
})
