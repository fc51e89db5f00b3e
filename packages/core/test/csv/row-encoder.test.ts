import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type InputRow, RowColumns } from '../../src/csv/columns.ts'
import { LineWriter, type LineWriterOptions } from '../../src/csv/line-writer.ts'
import { RowEncoder } from '../../src/csv/row-encoder.ts'

function columnsOf(...rows: InputRow[]): string[] {
  const columns = new RowColumns()
  for (const row of rows) columns.add(row)
  return columns.names
}

function lineOf(row: InputRow, columns: readonly string[], options: LineWriterOptions = {}): string {
  const encoder = new RowEncoder(options, 0)
  assert.equal(encoder.row(row, columns), encoder.length)
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoder.bytes.subarray(0, encoder.length))
}

test('takes the columns of all rows, in the order in which they appear', () => {
  assert.deepEqual(columnsOf({ b: 1 }, { a: 1, b: 2 }, { c: 3 }), ['b', 'a', 'c'])
})

test('writes a parent record as a relationship column', () => {
  const row = { Name: 'x', Parent__r: { Ext__c: 'p-1' } }
  assert.deepEqual(columnsOf(row), ['Name', 'Parent__r.Ext__c'])
  assert.equal(lineOf(row, ['Name', 'Parent__r.Ext__c']), 'x,p-1\n')
})

test('takes a key without values for the parent record that another row has under it', () => {
  const parent = { Name: 'x', Parent__r: { Ext__c: 'p-1' } }
  for (const none of [null, undefined]) {
    const orphan = { Parent__r: none, Name: 'y' }
    assert.deepEqual(columnsOf(parent, orphan), ['Name', 'Parent__r.Ext__c'])
    assert.deepEqual(columnsOf(orphan, orphan, parent, orphan), ['Parent__r.Ext__c', 'Name'])
    assert.deepEqual(columnsOf(orphan, { 'Parent__r.Ext__c': null }), ['Parent__r.Ext__c', 'Name'])
    assert.deepEqual(columnsOf(orphan, { Parent__r: {} }, orphan), ['Parent__r', 'Name'])
    assert.deepEqual(columnsOf(orphan, { Parent__r: 'z' }, orphan), ['Parent__r', 'Name'])
  }
})

test('empties all columns of a parent record that is null, and leaves alone those of one that is not there', () => {
  const columns = ['Parent__r.Ext__c', 'Parent__r.Code__c', 'Name']
  assert.equal(lineOf({ Parent__r: null, Name: 'x' }, columns), '#N/A,#N/A,x\n')
  assert.equal(lineOf({ Parent__r: null, 'Parent__r.Ext__c': 'p-1' }, columns), 'p-1,#N/A,\n')
  assert.equal(lineOf({ Parent__r: undefined, Name: 'x' }, columns), ',,x\n')
})

test('takes a key with a dot as a relationship column of its own', () => {
  assert.equal(lineOf({ 'Owner.Ext__c': 'o-1' }, ['Owner.Ext__c']), 'o-1\n')
})

test('leaves out the attributes that Salesforce puts on each record of a query', () => {
  const attributes = { type: 'Account', url: '/services/data/v67.0/sobjects/Account/001' }
  const record = { attributes, Name: 'x', Parent: { attributes, Name: 'y' } }
  assert.deepEqual(columnsOf(record), ['Name', 'Parent.Name'])
})

test('leaves a missing column empty', () => {
  assert.equal(lineOf({ a: 1 }, ['a', 'b', 'C__r.d']), '1,,\n')
})

test('names the column whose value cannot be written', () => {
  const message = 'column Amount: the number Infinity cannot be sent to Salesforce'
  assert.throws(() => lineOf({ Amount: Infinity }, ['Amount']), { name: 'TypeError', message })
})

test('adds nothing of a row that cannot be written, and goes on behind the row before', () => {
  const encoder = new RowEncoder({}, 0)
  encoder.row({ a: 1, b: 'x' }, ['a', 'b'])
  assert.throws(() => encoder.row({ a: 'long enough to be seen', b: '\ud800' }, ['a', 'b']), TypeError)
  assert.equal(encoder.row({ a: 2, b: 'é' }, ['a', 'b']), 5)
  assert.equal(new TextDecoder().decode(encoder.bytes.subarray(0, encoder.length)), '1,x\n2,é\n')
})

test('writes a row without columns, and a lone empty value, as lines of their own', () => {
  assert.equal(lineOf({}, []), '\n')
  assert.equal(lineOf({ a: '' }, ['a'], { lineEnding: 'CRLF' }), '""\r\n')
})

const unit = fc.constantFrom(
  'a',
  '"',
  ',',
  ';',
  '\t',
  '^',
  '`',
  '|',
  '\n',
  '\r',
  ' ',
  '\u00a0',
  '\ufeff',
  '\0',
  'é',
  '😀',
)
const options = fc.record({
  columnDelimiter: fc.constantFrom('COMMA', 'TAB', 'SEMICOLON', 'PIPE', 'CARET', 'BACKQUOTE'),
  lineEnding: fc.constantFrom('LF', 'CRLF'),
})

test('writes every text as a line writer does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      options,
      (texts, dialect) => {
        const columns = texts.map((_, index) => `c${index}`)
        const row = Object.fromEntries(columns.map((column, index) => [column, texts[index]]))
        assert.equal(lineOf(row, columns, dialect), new LineWriter(dialect).texts(texts))
      },
    ),
  )
})
