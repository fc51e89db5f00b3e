import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError, DuplicateError, LimitError, MultipleMatchesError, NotFoundError } from '@forcewire/core'
import { rowErrors } from '../../src/http/error-body.ts'
import { subrequestError } from '../../src/http/subrequest-error.ts'
import { recordedCase, recordingsMissing } from '../support/recorded-case.ts'

const request = { method: 'GET', path: '/services/data/v67.0/query?q=SELECT', attempts: 1 }

describe('the error of a subrequest', () => {
  it('has the class, the codes and the message that the same answer has as a call of its own', () => {
    const body = [{ errorCode: 'NOT_FOUND', message: '\nProvided external ID field does not exist ' }]
    const error = subrequestError({ status: 404, body, headers: { 'X-Own': 'kept' }, request })
    assert.ok(error instanceof NotFoundError && error.has('NOT_FOUND'))
    assert.equal(error.message, 'NOT_FOUND: Provided external ID field does not exist')
    assert.deepEqual(error.headers, { 'x-own': 'kept' })
  })

  it('names its own method and path, without the query', () => {
    const error = subrequestError({ status: 400, body: null, request })
    assert.deepEqual(error.request, { method: 'GET', path: '/services/data/v67.0/query', attempts: 1 })
    assert.match(error.message, /^GET \/services\/data\/v67\.0\/query was answered with status 400 and no explanation/)
  })

  it('knows candidates, duplicates and limits', () => {
    const several = subrequestError({ status: 300, body: ['/services/data/v67.0/sobjects/Account/001A'], request })
    assert.ok(several instanceof MultipleMatchesError)
    const duplicate = subrequestError({ status: 400, body: [{ errorCode: 'DUPLICATES_DETECTED' }], request })
    assert.ok(duplicate instanceof DuplicateError)
    const limit = subrequestError({ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }], request })
    assert.ok(limit instanceof LimitError && limit.scope === 'daily')
  })

  it('reads an object, a text and nonsense', () => {
    const object = subrequestError({ status: 400, body: { errorCode: 'X', message: 'told' }, request })
    assert.equal(object.message, 'X: told')
    assert.match(subrequestError({ status: 500, body: '<b>out of order</b>', request }).message, /500: out of order$/)
    assert.equal(subrequestError({ status: 500, body: 7, request }).errors.length, 0)
  })

  it('is read from a recorded composite answer', { skip: recordingsMissing }, () => {
    const { compositeResponse } = JSON.parse(recordedCase('cci-composite-085').response.body)
    const failed = compositeResponse.find(({ httpStatusCode }: { httpStatusCode: number }) => httpStatusCode >= 400)
    const error = subrequestError({ status: failed.httpStatusCode, body: failed.body, request })
    assert.ok(error instanceof ApiError)
    assert.deepEqual(error.errors[0]?.errorCode, failed.body[0].errorCode)
  })
})

describe('the errors of a row', () => {
  it('carry statusCode as errorCode', () => {
    assert.deepEqual(rowErrors([{ statusCode: 'MALFORMED_ID', message: 'bad id', fields: ['Id'] }]), [
      { errorCode: 'MALFORMED_ID', message: 'bad id', fields: ['Id'] },
    ])
  })

  it('are none where there is no list', () => {
    assert.deepEqual(rowErrors(undefined), [])
    assert.deepEqual(rowErrors(null), [])
  })
})
