import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { failedRow, unprocessedRow } from '../../src/bulk/failed-row.ts'

const errorOf = (sf__Error: string) => failedRow({ sf__Id: '', sf__Error, Name: 'A' }).errors[0]

test('the reason of a failed row comes apart into code, message and fields', () => {
  assert.deepEqual(errorOf('REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --'), {
    errorCode: 'REQUIRED_FIELD_MISSING',
    message: 'Required fields are missing: [Name]',
    fields: ['Name'],
  })
  assert.deepEqual(
    errorOf('DUPLICATE_VALUE:duplicate value found: X__c duplicates value on record with id: 001xx:X__c Y__c --')
      ?.fields,
    ['X__c', 'Y__c'],
  )
  assert.deepEqual(errorOf('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--'), {
    errorCode: 'UNABLE_TO_LOCK_ROW',
    message: 'unable to obtain exclusive access to this record',
    fields: [],
  })
})

test('a reason of another form is kept word for word', () => {
  assert.deepEqual(errorOf('something else'), { errorCode: 'UNKNOWN', message: 'something else', fields: [] })
  assert.equal(errorOf('MALFORMED_CSV:line 3 has a quote where none may be')?.errorCode, 'MALFORMED_CSV')
})

test('a failed row keeps its own columns apart from those of Salesforce', () => {
  assert.deepEqual(failedRow({ sf__Id: '001', sf__Error: 'X_Y:no', Name: 'A' }), {
    success: false,
    errors: [{ errorCode: 'X_Y', message: 'no', fields: [] }],
    id: '001',
    row: { Name: 'A' },
  })
})

test('a failed row that core has found in the input has its index', () => {
  const row = failedRow({ sf__Id: '', sf__Error: 'X_Y:no', sf__Row: 0, Name: 'A' })
  assert.deepEqual([row.index, row.row], [0, { Name: 'A' }])
  assert.deepEqual(unprocessedRow({ sf__Row: 7, Name: 'A' }).index, 7)
  assert.ok(!('index' in unprocessedRow({ Name: 'A' })))
})

const recorded = new URL('../../../../../shared/recorded/csv/pasted-failed-results-pipe.csv', import.meta.url)

test('the errors of a recorded results file are understood', {
  skip: !existsSync(recorded) && 'no recordings here',
}, () => {
  const errors = readFileSync(recorded, 'utf8').match(/[A-Z_]{6,}:[^|"]+/g) ?? []
  assert.ok(errors.length > 0)
  for (const error of errors) assert.notEqual(errorOf(error.trim())?.errorCode, 'UNKNOWN', error)
})
