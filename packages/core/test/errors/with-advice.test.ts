import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { ApiError } from '../../src/errors/api-error.ts'
import { withAdvice } from '../../src/errors/with-advice.ts'

test('an error with advice is the same error with a sentence more, and leaves the given one as it is', () => {
  const request = { method: 'GET', path: '/limits', attempts: 1 }
  const errors = [{ errorCode: 'ODD', message: 'odd', fields: [] }]
  const headers = { 'x-sfdc-request-id': '7' }
  const cause = new Error('behind it')
  const given = new ApiError('odd', { status: 400, errors, headers, body: [1], request, cause })
  const stack = given.stack
  const told = withAdvice(given, 'Look again.')
  assert.deepEqual([given.message, given.stack], ['odd', stack])
  assert.ok(told instanceof ApiError && told !== given)
  assert.equal(told.message, 'odd. Look again.')
  assert.equal(told.stack, stack?.replace('odd', 'odd. Look again.'))
  const { code, status, errorCode, name, body } = told
  assert.deepEqual([code, status, errorCode, name, body], ['ERR_SF_API', 400, 'ODD', 'ApiError', [1]])
  assert.deepEqual([told.request, told.errors, told.headers, told.cause], [request, errors, headers, cause])
  assert.deepEqual(Object.keys(told), Object.keys(given))
  assert.ok(!inspect(told).includes('x-sfdc-request-id'))
  assert.equal(withAdvice(told, 'Then go.').message, 'odd. Look again. Then go.')
})
