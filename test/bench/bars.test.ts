import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { barFindings, type Result } from './bars.ts'
import type { Bar } from './bench-case.ts'
import { chart } from './chart.ts'
import { standing } from './measured.ts'
import { jobsTable, standingsTable, withSection } from './readme-section.ts'
import { barTable } from './report.ts'

/** A case in which each contestant needs so many seconds and megabytes, and 28 requests. */
function result(name: string, needs: Readonly<Record<string, number>>, bars: readonly Bar[] = []): Result {
  const standings = Object.entries(needs).map(([contestant, figure]) =>
    standing(contestant, [
      {
        outcome: { rows: 1, checksum: 1 },
        cpuSeconds: figure,
        wallSeconds: figure,
        peakMegabytes: figure * 100,
        requests: 28,
      },
    ]),
  )
  const contestants = Object.keys(needs)
  return {
    benchCase: { name, title: `Case ${name}`, unit: 'rows', expected: { rows: 1, checksum: 1 }, contestants, bars },
    standings,
  }
}

describe('a bar', () => {
  const small = result('small', { forcewire: 1, floor: 1 })

  test('compares with a contestant, with another case, or with a number', () => {
    const bars: Bar[] = [
      { figure: 'cpuSeconds', against: 'jsforce', most: 1 / 4 },
      { figure: 'peakMegabytes', against: 'forcewire', run: 'small', most: 1.25 },
      { figure: 'requests', most: 28 },
    ]
    const found = barFindings([small, result('large', { forcewire: 2, jsforce: 8 }, bars)])
    assert.deepEqual(
      found.map(({ title, found, holds }) => [title, found, holds]),
      [
        ['large: CPU time against jsforce', 0.25, true],
        ['large: peak memory against forcewire in small', 2, false],
        ['large: requests', 28, true],
      ],
    )
    assert.match(barTable(found), /peak memory against forcewire in small +│ +2 │ +1\.25 │ missed/)
  })

  test('is left out where the other side was not measured', () => {
    const bars: Bar[] = [{ figure: 'cpuSeconds', against: 'forcewire', run: 'small', most: 1 }]
    assert.deepEqual(barFindings([result('large', { forcewire: 2 }, bars)]), [])
  })
})

describe('the README', () => {
  test('gets a line for each contestant, between its marks, and keeps the rest', () => {
    const begin = '<!-- bench: written by npm run bench -- --write -->'
    const end = '<!-- end of bench -->'
    const table = standingsTable([result('a', { forcewire: 1, jsforce: 2 })])
    assert.match(table, /\| Case a \| forcewire \| 1\.00 s \| 1\.00 s \| 100 MB \| 28 \|\n\| {2}\| jsforce \| 2\.00 s/)
    const page = withSection(`before\n${begin}\nold\n${end}\nafter`, 'bench', table)
    assert.equal(page, `before\n${begin}\n\n${table}\n\n${end}\nafter`)
    assert.throws(() => withSection('no marks', 'bench', table), /lacks the marks/)
  })

  test('tells how long a load takes by its jobs in flight', () => {
    const table = jobsTable([result('slow', { '1-job': 4, '2-jobs': 2 })])
    assert.equal(table, '| | 1 job | 2 jobs |\n| --- | --: | --: |\n| Case slow | 4.00 s | 2.00 s |')
  })

  test('has a chart of the cases with a rival', async () => {
    const svg = await chart([result('a', { forcewire: 1, jsforce: 3.5 }), result('b', { forcewire: 1, floor: 1 })])
    assert.match(svg, /^<svg /)
    assert.match(svg, />Case a</)
    assert.match(svg, />3\.5</)
    assert.doesNotMatch(svg, />Case b</)
  })
})
