import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IdSequence, isIdShaped, toId18 } from '../../src/records/record-id.ts'

test('the longer form of recorded Ids is worked out from the shorter one', () => {
  for (const id of ['001dM00003kRs59QAC', '00Q4C00000B5BugUAF', '003dM00001wBXYDQA4', '001D000000Kv3g5IAB']) {
    assert.equal(toId18(id.slice(0, 15)), id)
    assert.equal(toId18(id), id)
  }
})

test('Ids are told from other text by length and letters', () => {
  assert.ok(isIdShaped('001dM00003kRs59'))
  assert.ok(isIdShaped('001dM00003kRs59QAC'))
  for (const text of ['', '001', '001dM00003kRs59Q', '001dM00003kRs5-', '001dM00003kRs59QACX'])
    assert.ok(!isIdShaped(text))
})

test('Ids of one prefix never repeat and sort in the order they were dealt out', () => {
  const ids = new IdSequence()
  const dealt = Array.from({ length: 5000 }, () => ids.next('001'))
  assert.equal(new Set(dealt).size, 5000)
  assert.deepEqual(dealt, dealt.toSorted())
  assert.ok(dealt.every((id) => id.length === 18 && toId18(id.slice(0, 15)) === id))
})

test('a sequence goes on after an Id of an earlier process', () => {
  const earlier = new IdSequence()
  let last = ''
  for (let i = 0; i < 100; i++) last = earlier.next('500')
  const later = new IdSequence()
  later.continueAfter(last)
  assert.equal(later.next('500'), earlier.next('500'))
  assert.notEqual(later.next('001').slice(0, 3), '500')
})
