import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { ConfigurationError } from '@forcewire/core'
import { findOperation } from '@forcewire/operations'
import { nodeError, RowFailures } from '../../src/runtime/failure.ts'

const ingest = findOperation('bulk.ingest')

test('an error is one text with cause and next step, without name and stack', () => {
  const error = nodeError(new ConfigurationError('"Object" is empty.'))
  assert.equal(String(error), '"Object" is empty. Nothing was sent to Salesforce; correct this and run again.')
  assert.equal(error.code, 'ERR_SF_CONFIG')
  assert.deepEqual(error.cause, {
    errors: [],
    retryable: false,
    description: 'Nothing was sent to Salesforce; correct this and run again.',
  })
  assert.equal(Object.hasOwn(error, 'stack'), false)
  assert.doesNotMatch(inspect(error), /\.ts:\d+/)
})

test('refused rows are counted whether they come one by one or in a summary', () => {
  const refused = {
    errorCode: 'REQUIRED_FIELD_MISSING',
    message: 'Required fields are missing: [Name]',
    fields: ['Name'],
  }
  const single = new RowFailures()
  single.note({ success: true, id: '001' })
  single.note({ success: false, errors: [refused] })
  const summary = new RowFailures()
  summary.note({ rows: 5, failed: 1, unprocessed: 2, failures: [{ success: false, errors: [refused] }] })
  assert.equal(single.count, 1)
  assert.equal(summary.count, 3)
  assert.equal(summary.rows, 5)
  assert.equal(
    single.toError(ingest)?.message,
    'Ingest: One row was refused: REQUIRED_FIELD_MISSING: Required fields are missing: [Name]. The other rows are in; correct the failed ones of the output and send them again.',
  )
  assert.match(summary.toError(ingest)?.message ?? '', /^Ingest: 3 rows were refused: REQUIRED_FIELD_MISSING/)
  assert.equal(summary.toError(ingest)?.code, 'REQUIRED_FIELD_MISSING')
})

test('no refused row is no error', () => {
  const failures = new RowFailures()
  failures.note({ success: true })
  failures.note({ rows: 2, failed: 0, unprocessed: 0, failures: [] })
  assert.equal(failures.toError(ingest), undefined)
})

test('a text that repeats a huge value is cut, and is whole in the cause', () => {
  const refused = { errorCode: 'STRING_TOO_LONG', message: `data value too large: ${'x'.repeat(130_000)}`, fields: [] }
  const failures = new RowFailures()
  failures.note({ success: false, errors: [refused] })
  const error = failures.toError(ingest)
  assert.ok((error?.message.length ?? 0) < 1200)
  assert.match(error?.message ?? '', /x… The other rows are in;/)
  assert.deepEqual(error?.cause.errors, [refused])
  const whole = nodeError(new ConfigurationError(`${'x'.repeat(130_000)}.`))
  assert.match(whole.message, /^x{1000}… Nothing was sent to Salesforce; correct this and run again\.$/)
})
