import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BenchCase } from './bench-case.ts'
import { type Measured, median, rotated, standing } from './measured.ts'
import { reportSentence, reportTable } from './report.ts'
import { checksumOf } from './salesforce-rows.ts'

const run = (cpuSeconds: number, wallSeconds = 1, peakMegabytes = 100): Measured => ({
  outcome: { rows: 10, checksum: 0 },
  cpuSeconds,
  wallSeconds,
  peakMegabytes,
  requests: 5,
})

describe('a standing', () => {
  test('takes medians, which one bad run does not move', () => {
    assert.equal(median([3, 1, 100]), 3)
    assert.equal(median([4, 2]), 3)
    const { cpuSeconds, runs } = standing('floor', [run(1), run(50), run(1.2)])
    assert.equal(cpuSeconds, 1.2)
    assert.equal(runs.length, 3)
  })

  test('rotation lets each contestant begin equally often', () => {
    const order = [0, 1, 2, 3].map((repetition) => rotated(['a', 'b', 'c'], repetition).join(''))
    assert.deepEqual(order, ['abc', 'bca', 'cab', 'abc'])
  })
})

describe('the report', () => {
  const benchCase: BenchCase = {
    name: 'a-case',
    title: 'A case',
    unit: 'rows',
    expected: { rows: 10, checksum: 0 },
    contestants: ['forcewire', 'jsforce', 'floor'],
    repetitions: 1,
    prepare: () => () => ({}),
  }
  const standings = [
    standing('forcewire', [run(2, 4)]),
    standing('jsforce', [run(6, 8, 250)]),
    standing('floor', [run(1)]),
  ]

  test('says rows a second and how many times the floor', () => {
    const rows = reportTable(benchCase, standings)
      .split('\n')
      .map((line) => line.split('│').map((cell) => cell.trim()))
    assert.deepEqual(rows[3], ['', 'forcewire', '2.000', '2.00', '4.000', '3', '100', '1.00', '5', ''])
    assert.deepEqual(rows[5], ['', 'jsforce', '6.000', '6.00', '8.000', '1', '250', '2.50', '5', ''])
  })

  test('says in a sentence how the other client compares', () => {
    const sentence = 'jsforce needs 3.00 times the CPU time and 2.50 times the memory of forcewire.'
    assert.equal(reportSentence(standings), sentence)
    assert.equal(reportSentence([]), '')
  })
})

test('the checksum of the prepared rows counts their names', () => {
  assert.equal(checksumOf(1), 'Airport "000000000000", Ltd'.length)
  assert.equal(checksumOf(2), 'Airport "000000000000", Ltd'.length + 'Airport 000000000001'.length)
})
