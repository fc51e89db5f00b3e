import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ColumnDelimiter } from '../../src/csv/dialect.ts'
import { type CsvRow, RowReader } from '../../src/csv/row-reader.ts'

const folder = new URL('../../../../../shared/recorded/csv/', import.meta.url)
const skip = existsSync(folder) ? false : 'the recorded files are not here'

function read(name: string, columnDelimiter: ColumnDelimiter = 'COMMA', chunk = 1 << 16): CsvRow[] {
  const onMalformed = ({ line, reason }: { line: number; reason: string }): never =>
    assert.fail(`${name}, line ${line}: ${reason}`)
  const reader = new RowReader({ columnDelimiter, onMalformed })
  const bytes = readFileSync(new URL(name, folder))
  const rows: CsvRow[] = []
  for (let at = 0; at < bytes.length; at += chunk) rows.push(...reader.push(bytes.subarray(at, at + chunk)))
  return [...rows, ...reader.end()]
}

test('reads every recorded file, however small the chunks', { skip }, () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.csv'))) {
    const rows = read(name)
    assert.ok(rows.length > 0, name)
    for (const chunk of [1, 7, 1000]) assert.deepEqual(read(name, 'COMMA', chunk), rows, name)
  }
})

const expectations: [name: string, rows: number, last: CsvRow][] = [
  ['doc-crlf.csv', 2, { FirstName: 'Ian', LastName: 'Dury', Description: 'Fuzzy logic expert' }],
  ['dataloader-csvEscapedQuotes.csv', 2, { column1: 'The "Best" Account', column2: 'bla' }],
  ['plugin-data-single-column.csv', 10, { NAME: 'account Upsert #9' }],
]
for (const [name, count, last] of expectations) {
  test(`reads ${name} as it is meant`, { skip }, () => {
    const rows = read(name)
    assert.equal(rows.length, count)
    assert.deepEqual(rows.at(-1), last)
  })
}

test('finds the columns of a half-quoted result by name and leaves its numbers as text', { skip }, () => {
  const [row] = read('doc-successful-results-scientific.csv')
  assert.equal(row?.sf__Created, 'true')
  assert.equal(row?.AnnualRevenue, '9.12260031E8')
})

test('reads failed results with pipes and another order of columns', { skip }, () => {
  const [row] = read('pasted-failed-results-pipe.csv', 'PIPE')
  assert.deepEqual(row, {
    sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
    sf__Id: '',
    FirstName: 'John',
    LastName: 'Doe',
    DOB: '1/1/1970',
  })
})
