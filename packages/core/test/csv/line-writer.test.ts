import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LineWriter } from '../../src/csv/line-writer.ts'

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
