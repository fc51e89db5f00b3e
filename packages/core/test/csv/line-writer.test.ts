import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collectColumns, coversRow, type InputRow } from '../../src/csv/columns.ts'
import { LineWriter } from '../../src/csv/line-writer.ts'

function columnsOf(...rows: InputRow[]): string[] {
  const columns = new Set<string>()
  for (const row of rows) collectColumns(row, columns)
  return [...columns]
}

test('quotes what would be misread and nothing else', () => {
  const writer = new LineWriter()
  const texts = ['a', 'a,b', 'a"b', 'a\nb', 'a\rb', ' a', 'a ', '', 'a;b', 'é']
  assert.equal(writer.texts(texts), 'a,"a,b","a""b","a\nb","a\rb"," a","a ",,a;b,é\n')
})

test('ends lines as it is told', () => {
  assert.equal(new LineWriter({ lineEnding: 'CRLF' }).texts(['a', 'b']), 'a,b\r\n')
})

test('writes a lone empty field so that its line is not empty', () => {
  assert.equal(new LineWriter().texts(['']), '""\n')
})

test('takes the columns of all rows, in the order in which they appear', () => {
  assert.deepEqual(columnsOf({ b: 1 }, { a: 1, b: 2 }, { c: 3 }), ['b', 'a', 'c'])
})

test('writes a parent record as a relationship column', () => {
  const row = { Name: 'x', Parent__r: { Ext__c: 'p-1' } }
  assert.deepEqual(columnsOf(row), ['Name', 'Parent__r.Ext__c'])
  assert.equal(new LineWriter().row(row, ['Name', 'Parent__r.Ext__c']), 'x,p-1\n')
})

test('takes a key with a dot as a relationship column of its own', () => {
  assert.equal(new LineWriter().row({ 'Owner.Ext__c': 'o-1' }, ['Owner.Ext__c']), 'o-1\n')
})

test('leaves out the attributes that Salesforce puts on each record of a query', () => {
  const record = { attributes: { type: 'Account', url: '/services/data/v67.0/sobjects/Account/001' }, Name: 'x' }
  assert.deepEqual(columnsOf(record), ['Name'])
  assert.ok(coversRow(new Set(['Name']), record))
})

test('notices a row with a column that is not known yet', () => {
  const columns = new Set(['Name', 'Owner.Ext__c'])
  assert.equal(coversRow(columns, { Name: 'x', Owner: { Ext__c: 'o' } }), true)
  assert.equal(coversRow(columns, { Phone: '1' }), false)
  assert.equal(coversRow(columns, { Owner: { Id: '1' } }), false)
})

test('leaves a missing column empty', () => {
  assert.equal(new LineWriter().row({ a: 1 }, ['a', 'b', 'C__r.d']), '1,,\n')
})

test('names the column whose value cannot be written', () => {
  const message = 'column Amount: the number Infinity cannot be sent to Salesforce'
  assert.throws(() => new LineWriter().row({ Amount: Infinity }, ['Amount']), { name: 'TypeError', message })
})
