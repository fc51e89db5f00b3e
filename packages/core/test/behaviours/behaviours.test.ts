import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { authBehaviours } from './auth.ts'
import type { Behaviours } from './behaviour.ts'
import { bulkBehaviours } from './bulk.ts'
import { clientBehaviours } from './client.ts'
import { compositeBehaviours } from './composite.ts'
import { eventBehaviours } from './events.ts'
import { queryBehaviours } from './query.ts'
import { retryBehaviours } from './retries.ts'
import { soapBehaviours } from './soap-login.ts'
import { sobjectBehaviours } from './sobject.ts'

const all: Behaviours = {
  ...clientBehaviours,
  ...authBehaviours,
  ...soapBehaviours,
  ...retryBehaviours,
  ...eventBehaviours,
  ...queryBehaviours,
  ...sobjectBehaviours,
  ...compositeBehaviours,
  ...bulkBehaviours,
}

describe('the behaviours of aiosalesforce, its faults mended', () => {
  // What waits for something that never comes is a failure, not a run without end.
  for (const [number, { says, shows }] of Object.entries(all)) it(`${number}: ${says}`, { timeout: 60_000 }, shows)

  it('are all here, from 1 to 77', () => {
    assert.deepEqual(
      Object.keys(all),
      Array.from({ length: 77 }, (_, index) => String(index + 1)),
    )
  })
})
