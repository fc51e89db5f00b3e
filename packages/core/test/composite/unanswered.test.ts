import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ApiError,
  AuthenticationError,
  ConfigurationError,
  LimitError,
  TimeoutError,
  TransportError,
} from '@forcewire/core'
import { failureDetails, outcomeOf } from '../../src/composite/unanswered.ts'

function api(status: number, errorCode: string): ApiError {
  return new ApiError('said', { status, errors: [{ errorCode, message: 'said', fields: [] }] })
}

function closed(attempts: number): ConfigurationError {
  return new ConfigurationError('closed', { request: { method: 'POST', path: '/', attempts } })
}

function late(attempts: number): TimeoutError {
  return new TimeoutError('late', { phase: 'headers', request: { method: 'POST', path: '/', attempts } })
}

describe('what is known of a part whose call failed', () => {
  const cases: readonly (readonly [string, unknown, ReturnType<typeof outcomeOf>])[] = [
    ['a wrong option', new ConfigurationError('wrong'), 'not-sent'],
    ['a client that was closed before', closed(0), 'not-sent'],
    ['a client that was closed meanwhile', closed(1), 'unknown'],
    ['a refused login', new AuthenticationError('no', { errorCode: 'invalid_grant', description: '' }), 'not-sent'],
    ['a connection that never was', new TransportError('refused', { sent: false }), 'not-sent'],
    ['a time that was over before the login was', late(0), 'not-sent'],
    ['a time that was over', late(1), 'unknown'],
    ['a connection that broke', new TransportError('reset'), 'unknown'],
    ['an abort', new DOMException('aborted', 'AbortError'), 'unknown'],
    ['a refusal', api(400, 'INVALID_FIELD'), 'refused'],
    ['the daily limit', new LimitError('limit', { status: 403, errors: [], scope: 'daily' }), 'refused'],
    ['a server error', api(500, 'UNKNOWN_EXCEPTION'), 'unknown'],
    ['a locked record, whatever the status', api(500, 'UNABLE_TO_LOCK_ROW'), 'refused'],
    ['a server that is not there', api(503, 'SERVER_UNAVAILABLE'), 'refused'],
    ['a gateway without an answer', api(504, ''), 'unknown'],
    ['a timeout of the edge', api(408, ''), 'unknown'],
    ['the edge of Salesforce', api(420, ''), 'unknown'],
  ]
  for (const [name, reason, outcome] of cases) {
    it(`is "${outcome}" after ${name}`, () => assert.equal(outcomeOf(reason), outcome))
  }

  it('is told in the words of Salesforce, or by the code of the failure', () => {
    assert.deepEqual(failureDetails(api(400, 'X')), [{ errorCode: 'X', message: 'said', fields: [] }])
    assert.equal(failureDetails(new TransportError('reset'))[0]?.errorCode, 'ERR_SF_TRANSPORT')
    assert.deepEqual(failureDetails('enough'), [{ errorCode: 'ABORTED', message: 'enough', fields: [] }])
  })
})
