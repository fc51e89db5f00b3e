import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import {
  ApiError,
  BulkJobError,
  ConfigurationError,
  NotFoundError,
  PartialFailureError,
  SalesforceError,
  TimeoutError,
  TransportError,
} from '@forcewire/core'
import { brand } from '../../src/errors/brand.ts'

const options = { status: 400, errors: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'no', fields: ['Name'] }] }

describe('error classes', () => {
  it('are recognised across copies of the library', async () => {
    const address = '../../src/errors/api-error.ts?copy'
    const copy: { ApiError: typeof ApiError; NotFoundError: typeof NotFoundError } = await import(address)
    assert.notEqual(copy.NotFoundError, NotFoundError)
    const foreign = new copy.NotFoundError('gone', options)
    assert.ok(foreign instanceof NotFoundError)
    assert.ok(foreign instanceof ApiError)
    assert.ok(foreign instanceof SalesforceError)
    assert.ok(!(foreign instanceof TransportError))
    assert.ok(!(new copy.ApiError('no', options) instanceof NotFoundError))
  })

  it("are not confused with a caller's own subclass", () => {
    class OwnError extends ApiError {}
    assert.ok(!(new ApiError('no', options) instanceof OwnError))
    assert.ok(new OwnError('no', options) instanceof OwnError)
    assert.ok(new OwnError('no', options) instanceof ApiError)
  })

  it('have a stable code and a name of their own', () => {
    const timeout = new TimeoutError('slow', { phase: 'headers' })
    assert.deepEqual([timeout.code, timeout.name, timeout.sent], ['ERR_SF_TIMEOUT', 'TimeoutError', true])
    assert.ok(timeout instanceof TransportError)
    const job = new BulkJobError('InvalidBatch', { jobId: '750', state: 'Failed' })
    assert.deepEqual([job.code, job.jobId, job.state], ['ERR_SF_BULK_JOB', '750', 'Failed'])
  })

  it('keep their names where a bundler has renamed the class', () => {
    const renamed = class _b extends Error {}
    brand(renamed, 'OtherError')
    assert.deepEqual([renamed.name, new renamed('no').name], ['OtherError', 'OtherError'])
    assert.match(inspect(new renamed('no')), /^OtherError: no/)
  })

  it('answer whether Salesforce gave a code', () => {
    const error = new ApiError('no', options)
    assert.ok(error.has('FIELD_INTEGRITY_EXCEPTION'))
    assert.ok(!error.has('UNABLE_TO_LOCK_ROW'))
    assert.ok(!new ConfigurationError('no').has('FIELD_INTEGRITY_EXCEPTION'))
    const partial = new PartialFailureError('1 of 2 failed', {
      results: [
        { id: '001', success: true, errors: [] },
        { success: false, errors: options.errors },
      ],
    })
    assert.ok(partial.has('FIELD_INTEGRITY_EXCEPTION'))
    const results = [{ error: new ApiError('no', options) }, { value: 1 }, undefined]
    assert.deepEqual(new PartialFailureError('1 of 3 failed', { results }).errorCodes(), ['FIELD_INTEGRITY_EXCEPTION'])
  })

  it('keep answer headers out of logs', () => {
    const error = new ApiError('no', { ...options, headers: { 'x-sfdc-request-id': 'R1' } })
    assert.equal(error.headers['x-sfdc-request-id'], 'R1')
    assert.doesNotMatch(inspect(error), /R1/)
  })
})
