import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Salesforce } from '@forcewire/core'
import { DescribeCache } from '../../src/connection/describe-cache.ts'

function fakeSalesforce(answers: (() => Promise<unknown>)[]): { salesforce: Salesforce; calls: () => number } {
  let calls = 0
  const describeGlobal = () => (answers[calls++] ?? answers.at(-1))?.()
  return { salesforce: { describeGlobal } as unknown as Salesforce, calls: () => calls }
}

const answer = async () => ({
  sobjects: [
    { name: 'Contact', label: 'Contact', queryable: true },
    { name: 'Account', label: 'Account', queryable: true },
    { name: 'Hidden', label: 'Hidden', queryable: false },
  ],
})

test('names are sorted, without objects that cannot be queried', async () => {
  const { salesforce } = fakeSalesforce([answer])
  const names = await new DescribeCache(() => salesforce).objects()
  assert.deepEqual(
    names.map(({ name }) => name),
    ['Account', 'Contact'],
  )
})

test('one describe serves five minutes', async () => {
  const { salesforce, calls } = fakeSalesforce([answer])
  let now = 0
  const cache = new DescribeCache(
    () => salesforce,
    () => now,
  )
  await cache.objects()
  now = 299_999
  await cache.objects()
  assert.equal(calls(), 1)
  now = 300_000
  await cache.objects()
  assert.equal(calls(), 2)
})

test('a failed describe is not kept', async () => {
  const { salesforce } = fakeSalesforce([() => Promise.reject(new Error('down')), answer])
  const cache = new DescribeCache(() => salesforce)
  await assert.rejects(cache.objects(), /down/)
  assert.equal((await cache.objects()).length, 2)
})
