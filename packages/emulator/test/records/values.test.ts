import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordError } from '../../src/errors.ts'
import { restDateTime, storedDate, storedDateTime } from '../../src/records/date-values.ts'
import { fromJson } from '../../src/records/from-json.ts'
import { fromText } from '../../src/records/from-text.ts'
import { buildSchema } from '../../src/schema/build-schema.ts'
import type { FieldSchema } from '../../src/schema/types.ts'

const schema = buildSchema({})

function field(object: string, name: string): FieldSchema {
  const found = schema.field(object, name)
  assert.ok(found, `${object}.${name}`)
  return found
}

test('an empty cell says nothing, #N/A clears', () => {
  const phone = field('Account', 'Phone')
  assert.equal(fromText(phone, ''), undefined)
  assert.equal(fromText(phone, '#N/A'), null)
  assert.equal(fromText(phone, '  '), undefined)
})

test('text is kept without the whitespace around it', () => {
  const phone = field('Account', 'Phone')
  assert.equal(fromText(phone, ' x y '), 'x y')
  assert.equal(fromJson(phone, '\tx y\n'), 'x y')
  assert.equal(fromJson(phone, '   '), null)
})

test('cells become what their field holds', () => {
  const cases: [FieldSchema, string, unknown][] = [
    [field('Contact', 'Birthdate'), '2026-02-28', '2026-02-28'],
    [field('Contact', 'Birthdate'), '1940-06-07Z', '1940-06-07'],
    [field('Contact', 'EmailBouncedDate'), '2026-05-01T09:25:37+02:00', '2026-05-01T07:25:37.000Z'],
    [field('Contact', 'EmailBouncedDate'), '2026-05-01T09:25:37.125-0130', '2026-05-01T10:55:37.125Z'],
    [field('Contact', 'EmailBouncedDate'), '2026-05-01T09:25:37Z', '2026-05-01T09:25:37.000Z'],
    [field('Account', 'NumberOfEmployees'), '42', 42],
    [field('Account', 'AnnualRevenue'), '9.1226E8', 912_260_000],
    [field('Case', 'IsEscalated'), 'TRUE', 1],
    [field('Case', 'IsEscalated'), '0', 0],
  ]
  for (const [type, text, stored] of cases) assert.equal(fromText(type, text), stored, text)
})

test('a cell that does not suit its field is refused in the words of Bulk', () => {
  for (const [name, text] of [
    ['NumberOfEmployees', '4.5'],
    ['NumberOfEmployees', 'many'],
    ['AnnualRevenue', '1,000'],
  ] as const) {
    assert.throws(
      () => fromText(field('Account', name), text),
      (error) =>
        error instanceof RecordError &&
        error.errorCode === 'INVALID_TYPE_ON_FIELD_IN_RECORD' &&
        error.message.endsWith(`: value not of required type: ${text}`) &&
        error.fields?.[0] === name,
    )
  }
})

test('a date in a cell has the forms of Bulk and no others', () => {
  const time = '2026-05-01T09:25'
  for (const [name, texts] of [
    ['Birthdate', ['28.02.2026', '2026-02-30Z', '2026-02-28+02:00', '2026-02-28T00:00:00Z', '2026-02-28ZZ']],
    ['EmailBouncedDate', ['2026-05-01', '2026-05-01Z', `${time}Z`, `${time}:37`, `${time}:37.1Z`, `${time}:37+02`]],
  ] as const) {
    for (const text of texts) assert.throws(() => fromText(field('Contact', name), text), RecordError, text)
  }
})

test('JSON values become what their field holds, and empty text clears', () => {
  assert.equal(fromJson(field('Account', 'Phone'), ''), null)
  assert.equal(fromJson(field('Account', 'Phone'), 123), '123')
  assert.equal(fromJson(field('Account', 'NumberOfEmployees'), '7'), 7)
  assert.equal(fromJson(field('Case', 'IsEscalated'), true), 1)
  assert.equal(fromJson(field('Contact', 'EmailBouncedDate'), '2026-05-01'), '2026-05-01T00:00:00.000Z')
})

test('a JSON value that does not suit its field is refused by its token', () => {
  for (const [name, value, token] of [
    ['NumberOfEmployees', 1.5, 'VALUE_NUMBER_FLOAT value 1.5'],
    ['Phone', { a: 1 }, 'START_OBJECT value {'],
    ['Phone', true, 'VALUE_TRUE value true'],
  ] as const) {
    assert.throws(
      () => fromJson(field('Account', name), value),
      (error) => error instanceof RecordError && error.message.includes(` from ${token} `),
    )
  }
})

test('days and times outside the calendar are none', () => {
  for (const text of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', 'today']) {
    assert.equal(storedDate(text), undefined, text)
    assert.equal(storedDateTime(text), undefined, text)
  }
  assert.equal(storedDate('2024-02-29'), '2024-02-29')
  assert.equal(storedDateTime('2026-01-01T25:00:00Z'), undefined)
})

test('date-times of every spelling mean the same moment', () => {
  for (const text of [
    '2026-05-01T07:25:37Z',
    '2026-05-01T07:25:37.000+0000',
    '2026-05-01T08:25:37+01:00',
    '2026-05-01T07:25:37',
  ]) {
    assert.equal(storedDateTime(text), '2026-05-01T07:25:37.000Z', text)
  }
  assert.equal(restDateTime('2026-05-01T07:25:37.000Z'), '2026-05-01T07:25:37.000+0000')
})
