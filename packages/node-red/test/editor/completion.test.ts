import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matching } from '../../editor/completion.ts'

const items = [
  { name: 'AccountContactRole', label: 'Account Contact Role' },
  { name: 'Contact', label: 'Contact' },
  { name: 'Invoice__c', label: 'Contact Invoice' },
  { name: 'Lead', label: 'Lead' },
]

test('names that begin with what was typed come first, then names that hold it, then labels', () => {
  assert.deepEqual(
    matching(items, 'contact').map(({ name }) => name),
    ['Contact', 'AccountContactRole', 'Invoice__c'],
  )
})

test('nothing typed offers everything', () => {
  assert.equal(matching(items, ' ').length, 4)
})

test('a long list is cut to a hundred', () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ name: `Object${index}`, label: '' }))
  assert.equal(matching(many, 'object').length, 100)
})
