import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiError,
  AuthenticationError,
  BulkJobError,
  ConfigurationError,
  LimitError,
  TransportError,
} from '@forcewire/core/portable'
import { explain } from '@forcewire/operations'
import { loginSteps, nextSteps } from '../../src/explain/next-steps.ts'

const apiError = (status: number, errorCode: string, message: string, fields: string[] = []) =>
  new ApiError(message, { status, errors: [{ errorCode, message, fields }] })

test('an error of Salesforce keeps its code, fields and words, and gains a next step', () => {
  const explanation = explain(apiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']))
  assert.deepEqual(explanation, {
    message: 'Required fields are missing: [Name].',
    description: 'Give a value to the required fields named above.',
    code: 'REQUIRED_FIELD_MISSING',
    status: 400,
    errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] }],
    retryable: false,
  })
})

test('line breaks and markup in a message become one plain sentence', () => {
  const { message } = explain(
    apiError(400, 'MALFORMED_QUERY', '\nSELECT FROM\n       ^\nERROR at Row:1:Column:8\n<b>unexpected</b> token'),
  )
  assert.equal(message, 'SELECT FROM ^ ERROR at Row:1:Column:8 unexpected token.')
})

test('the daily limit and a momentary one give different advice', () => {
  const limit = (scope: 'daily' | 'concurrent') =>
    explain(
      new LimitError('limit', {
        status: 403,
        scope,
        errors: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: '', fields: [] }],
      }),
    )
  assert.match(limit('daily').description, /run again tomorrow/)
  assert.equal(limit('daily').retryable, false)
  assert.match(limit('concurrent').description, /run again in a minute/)
  assert.equal(limit('concurrent').retryable, true)
})

test('a code without advice of its own gets that of its status', () => {
  assert.match(explain(apiError(500, 'UNKNOWN_EXCEPTION', 'oops')).description, /run again in a few minutes/)
  assert.match(explain(apiError(403, 'SOMETHING_NEW', 'no')).description, /right to do this/)
  assert.match(explain(apiError(400, 'SOMETHING_NEW', 'no')).description, /Correct the values/)
})

test('a resource that is not there is not worth another try', () => {
  const { description, retryable } = explain(apiError(501, 'NOT_IMPLEMENTED', 'no such road'))
  assert.match(description, /does not offer that resource/)
  assert.equal(retryable, false)
})

test('a message that quotes a huge value is cut', () => {
  const { message } = explain(apiError(400, 'STRING_TOO_LONG', `Name: ${'x'.repeat(200_000)}`))
  assert.equal(message.length, 1001)
  assert.match(message, /^Name: x+…$/)
})

test('a failed login names the part of the credentials to check', () => {
  const explanation = explain(new AuthenticationError('refused', { errorCode: 'invalid_client', status: 400 }))
  assert.equal(explanation.code, 'invalid_client')
  assert.match(explanation.description, /consumer secret/)
})

test('a bulk job that failed on a column says which column to rename', () => {
  const failure = new BulkJobError('Job 750 failed: InvalidBatch : Field name not found : Colour__c', {
    jobId: '750',
    state: 'Failed',
  })
  assert.match(explain(failure).description, /column Colour__c/)
  assert.equal(explain(failure).code, 'InvalidBatch')
  const aborted = new BulkJobError('Job 750 was aborted', { jobId: '750', state: 'Aborted' })
  assert.match(explain(aborted).description, /start it again/)
  assert.equal(explain(aborted).code, 'ERR_SF_BULK_JOB')
})

test('our own refusals say that nothing was sent, and a broken network that the address is worth a look', () => {
  assert.match(explain(new ConfigurationError('"Object" is empty.')).description, /Nothing was sent/)
  assert.match(explain(new TransportError('No answer')).description, /address of the connection/)
  assert.equal(explain(new TransportError('No answer')).retryable, true)
})

test('a request that creates something and got no answer is not said to be safe to run again', () => {
  const request = { method: 'POST', path: '/services/data/v67.0/sobjects/Account', attempts: 1 }
  const lost = explain(new TransportError('The connection was reset', { request, sent: true }))
  assert.match(lost.description, /not known whether Salesforce did it: look there first/)
  assert.equal(lost.retryable, false)
  for (const other of [
    { request, sent: false },
    { request: { ...request, method: 'GET' }, sent: true },
    { request: { ...request, path: '/services/oauth2/token' }, sent: true },
    { request: { ...request, path: '/services/data/v67.0/jobs/ingest' }, sent: true },
  ]) {
    assert.equal(explain(new TransportError('The connection was reset', other)).retryable, true)
  }
})

test('a redirection is taken for a wrong address', () => {
  const redirected = new ApiError('GET /x was redirected (status 302)', { status: 302, errors: [] })
  assert.match(explain(redirected).description, /^Check the address of the connection/)
})

test('an error of anybody else keeps its message', () => {
  assert.equal(explain(new RangeError('Invalid array length')).message, 'Invalid array length.')
  assert.equal(explain('a text').message, 'a text.')
})

test('every piece of advice is one line that ends as a sentence', () => {
  for (const [code, step] of Object.entries({ ...nextSteps, ...loginSteps }))
    assert.match(step, /^[A-Z][^\n]*\.$/, code)
})

test('advice to programmers becomes that of a flow, or is left out', () => {
  const job = { jobId: '750R000000146UvIAI', state: 'Failed' } as const
  for (const [said, shown] of [
    [
      'Bulk insert job 750R000000146UvIAI on Lead failed: InvalidBatch : Field name not found : A__r.B__c. bulk.resume(load.checkpoint, source) completes the load.',
      'Bulk insert job 750R000000146UvIAI on Lead failed: InvalidBatch : Field name not found : A__r.B__c.',
    ],
    [
      "It broke off. Bulk query job 750R000000146UvIAI is still at Salesforce; bulk.resumeQuery('750R000000146UvIAI') goes on with it.",
      'It broke off. Bulk query job 750R000000146UvIAI is still at Salesforce.',
    ],
    ['Salesforce goes on with it; bulk.resume with the same Ids goes on.', 'Salesforce goes on with it.'],
    [
      'There is no such job; run the query again. A load goes on by bulk.resume.',
      'There is no such job; run the query again.',
    ],
    [
      'It is one of several ranges of the query. Loop over the same BulkQuery again, or run the query again.',
      'It is one of several ranges of the query. Run the query again.',
    ],
    [
      'It took too long. The option idRanges runs the query in parts that take less time.',
      'It took too long. The option Split by ID Ranges runs the query in parts that take less time.',
    ],
    [
      'No store. Make room in the folder for temporary files (TMPDIR), or name the columns of the rows in the option columns.',
      'No store. Make room in the folder for temporary files (TMPDIR).',
    ],
    [
      'The folder for temporary files (TMPDIR) must exist and be writable; or give the load a smaller maxBytes or fewer jobsInFlight. The load has the bulk job 750R000000146UvIAI. bulk.resume(load.checkpoint, source) completes the load.',
      'The folder for temporary files (TMPDIR) must exist and be writable. The load has the bulk job 750R000000146UvIAI.',
    ],
  ] as const) {
    assert.equal(explain(new BulkJobError(said, job)).message, shown)
  }
  const { description } = explain(
    new BulkJobError('failed: InvalidBatch : Field name not found : A__r.B__c. More.', job),
  )
  assert.match(description, /^Rename or remove the column A__r\.B__c, or/)
})
