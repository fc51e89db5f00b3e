import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Reference } from '../../src/composite/reference.ts'
import { fieldText } from '../../src/csv/field-text.ts'

const luxonLike = { toJSON: () => '2026-05-01T07:25:37.000+02:00' }
const values: [title: string, value: unknown, text: string][] = [
  ['text as it is', ' Acme "Ltd" ', ' Acme "Ltd" '],
  ['an empty text', '', ''],
  ['undefined as nothing, which leaves the field alone', undefined, ''],
  ['null as #N/A, which empties the field', null, '#N/A'],
  ['true', true, 'true'],
  ['false', false, 'false'],
  ['zero', 0, '0'],
  ['a decimal number', -1.5, '-1.5'],
  ['a bigint beyond the safe numbers', 12345678901234567890n, '12345678901234567890'],
  ['a Date in UTC', new Date(Date.UTC(2026, 4, 1, 7, 25, 37)), '2026-05-01T07:25:37.000Z'],
  ['a list as a multi-select picklist', ['Biking', 'Tennis', 3], 'Biking;Tennis;3'],
  ['an empty list as #N/A, since nothing is selected', [], '#N/A'],
  ['an object that knows its own JSON', luxonLike, '2026-05-01T07:25:37.000+02:00'],
]

for (const [title, value, text] of values) {
  test(`writes ${title}`, () => assert.equal(fieldText(value), text))
}

const refused: [title: string, value: unknown, message: RegExp][] = [
  ['NaN', Number.NaN, /the number NaN cannot be sent/],
  ['an invalid Date', new Date(Number.NaN), /an invalid date cannot be sent/],
  ['a Date beyond the year 9999', new Date(8.64e15), /a date that is not in the years 0 to 9999 cannot be sent/],
  ['a list with a hole', new Array(2), /holds something that is not a text/],
  ['a function', () => 1, /a function cannot be sent/],
  ['half a character', 'cut \ud83d', /half a character/],
  ['a reference', new Reference('@{a.id}', {}), /in its own composite or graph call only/],
  ['a plain object', { a: 1 }, /neither a date nor a relationship/],
  ['an object whose JSON is an object', { toJSON: () => ({}) }, /neither a date nor a relationship/],
  ['a list of lists', [['a']], /not a text/],
]

for (const [title, value, message] of refused) {
  test(`refuses ${title}`, () => assert.throws(() => fieldText(value), { name: 'TypeError', message }))
}
