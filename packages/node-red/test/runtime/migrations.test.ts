import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentVersion, type Migration, migrate, migrations } from '../../src/runtime/migrations.ts'

const steps: readonly Migration[] = [
  { version: 2, up: ({ soql, ...config }) => ({ ...config, query: soql }) },
  { version: 3, up: (config) => ({ ...config, limit: 10 }) },
]
const old = { id: 'a', type: 'forcewire-query', soql: 'SELECT Id FROM Account' }

test('an old node goes through every step, a newer one only through those after it', () => {
  assert.deepEqual(migrate(old, steps), { id: 'a', type: 'forcewire-query', query: old.soql, limit: 10, version: 3 })
  assert.deepEqual(migrate({ ...old, version: 2 }, steps), { ...old, limit: 10, version: 3 })
  assert.deepEqual(migrate({ ...old, version: 3 }, steps), { ...old, version: 3 })
})

test('what Node-RED holds is not changed', () => {
  const frozen = Object.freeze({ ...old })
  migrate(frozen, steps)
  assert.deepEqual(frozen, old)
})

test('the newest step leads to the version that the editor writes', () => {
  assert.equal(migrations.at(-1)?.version ?? 1, currentVersion)
})
