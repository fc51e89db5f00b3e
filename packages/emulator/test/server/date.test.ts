import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEmulator } from '../../src/index.ts'

test('dates its answers by the clock of the org', async () => {
  await using emulator = await createEmulator({ clock: { now: () => Date.UTC(2020, 1, 29, 23, 59, 59, 999) } })
  for (const path of ['/services/data', '/services/data/v67.0/limits', '/nowhere']) {
    const answer = await fetch(`${emulator.url}${path}`)
    assert.equal(answer.headers.get('date'), 'Sat, 29 Feb 2020 23:59:59 GMT', path)
  }
})
