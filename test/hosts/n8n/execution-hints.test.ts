import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ExecutionTally } from '../../../nodes/shared/execution-hints.ts'
import { resultItems } from '../../../nodes/shared/result-items.ts'

describe('the hints of an execution', () => {
  const hints = (used: number): string[] =>
    new ExecutionTally().hints({ used, limit: 15_000, remaining: 15_000 - used }).map(({ message }) => message)

  it('warn of the daily API requests from 80 % on', () => {
    assert.deepEqual(hints(11_999), [])
    assert.deepEqual(hints(12_000), ['The org has used 80 % of its daily API requests (12,000 of 15,000).'])
  })
})

describe('the links from results to items', () => {
  const node = { name: 'Test' } as Parameters<typeof resultItems>[0]
  const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
  const rows = (count: number) => indexes(count).map((id) => ({ id }))

  it('are left out where there would be more than 100,000', () => {
    const all = indexes(1_000).map((item) => ({ item }))
    assert.deepEqual(resultItems(node, rows(100), indexes(1_000))[0]?.pairedItem, all)
    assert.deepEqual(resultItems(node, rows(101), indexes(1_000))[0]?.pairedItem, [])
  })

  it('lead a refused row of a summary that knows its index to its own item on the error output', () => {
    const errors = [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: [] }]
    const failures = [
      { success: false, index: 1, errors },
      { success: false, errors },
    ]
    const items = resultItems({ ...node, onError: 'continueErrorOutput' }, [{ rows: 3, failures }], [4, 5, 6])
    const all = [{ item: 4 }, { item: 5 }, { item: 6 }]
    assert.deepEqual(
      items.map(({ pairedItem }) => pairedItem),
      [all, { item: 5 }, all],
    )
  })
})
