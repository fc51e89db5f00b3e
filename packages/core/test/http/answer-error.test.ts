import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import {
  ApiError,
  accessToken,
  DuplicateError,
  LimitError,
  MultipleMatchesError,
  NotFoundError,
  ProtocolError,
  Salesforce,
  SessionError,
} from '@forcewire/core'
import { loopbackServer } from '../support/loopback-server.ts'
import { recordedCase, recordingsMissing } from '../support/recorded-case.ts'
import { type Answer, errors, scriptedOrg } from '../support/scripted-org.ts'

/** Fetches one answer and gives back the error that it turned into. */
async function errorOf(answer: Answer): Promise<ApiError> {
  const { salesforce } = scriptedOrg([answer], { retry: false })
  const error: unknown = await salesforce.limits().catch((reason: unknown) => reason)
  assert.ok(error instanceof ApiError)
  return error
}

/** Serves a recorded answer over loopback and gives back the error that it turned into. */
async function recordedError(id: string, status?: number): Promise<unknown> {
  const { response } = recordedCase(id)
  await using server = await loopbackServer((_, answer) => {
    const { 'content-type': type } = response.headers
    answer.writeHead(status ?? response.status ?? 500, type === undefined ? {} : { 'content-type': type })
    answer.end(response.body)
  })
  const auth = accessToken({ accessToken: 'T', instanceUrl: server.url })
  await using salesforce = new Salesforce({ auth, retry: false })
  return await salesforce.limits().catch((error: unknown) => error)
}

describe('the error of an answer', () => {
  it('lists every error of a JSON array with its fields', async () => {
    const error = await errorOf({
      status: 400,
      json: [
        { message: '\nfirst ', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] },
        { message: 'second', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
      ],
    })
    assert.equal(error.message, 'REQUIRED_FIELD_MISSING: first; FIELD_CUSTOM_VALIDATION_EXCEPTION: second')
    assert.equal(error.errorCode, 'REQUIRED_FIELD_MISSING')
    assert.deepEqual(error.errors[0], { errorCode: 'REQUIRED_FIELD_MISSING', message: 'first', fields: ['Name'] })
    assert.deepEqual(error.errors[1]?.fields, [])
    assert.deepEqual(error.request, { method: 'GET', path: '/services/data/v67.0/limits', attempts: 1 })
  })

  it('keeps the parsed body for shapes of an Apex class, out of sight of logs', async () => {
    const json = { problem: 'no stock', item: 7 }
    const error = await errorOf({ status: 422, json })
    assert.deepEqual(error.body, json)
    assert.doesNotMatch(inspect(error), /no stock/)
    assert.equal((await errorOf({ status: 500, text: '<html>down</html>' })).body, undefined)
  })

  it('is a NotFoundError for 404, with the code that Salesforce gave', async () => {
    const error = await errorOf({ status: 404, json: errors('ENTITY_IS_DELETED') })
    assert.ok(error instanceof NotFoundError && error.has('ENTITY_IS_DELETED'))
  })

  it('names the candidates of a 300', async () => {
    const base = '/services/data/v67.0/sobjects/Account'
    const error = await errorOf({ status: 300, json: [`${base}/001A`, `${base}/001B`] })
    assert.ok(error instanceof MultipleMatchesError)
    assert.deepEqual(error.candidates, [`${base}/001A`, `${base}/001B`])
    assert.match(error.message, /2 records match .*: 001A, 001B/)
  })

  it('exposes what a duplicate rule found', async () => {
    const duplicateResut = {
      allowSave: false,
      duplicateRule: 'Accounts',
      matchResults: [
        {
          entityType: 'Account',
          matchEngine: 'ExactMatchEngine',
          rule: 'By_Name',
          matchRecords: [{ matchConfidence: 100, record: { attributes: { type: 'Account' }, Id: '001A' } }],
        },
      ],
    }
    const error = await errorOf({
      status: 400,
      json: [{ duplicateResut, errorCode: 'DUPLICATES_DETECTED', message: 'Use one?' }],
    })
    assert.ok(error instanceof DuplicateError)
    assert.deepEqual(error.matches, [
      { id: '001A', type: 'Account', confidence: 100, engine: 'ExactMatchEngine', rule: 'By_Name' },
    ])
  })

  it('tells the daily from the concurrent limit', async () => {
    const daily = await errorOf({
      status: 403,
      json: errors('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
    })
    assert.ok(daily instanceof LimitError && daily.scope === 'daily')
    const message = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'
    const concurrent = await errorOf({ status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', message) })
    assert.ok(concurrent instanceof LimitError && concurrent.scope === 'concurrent')
  })

  it('recognises a lost session wherever Salesforce reports it', async () => {
    const lost: readonly Answer[] = [
      { status: 401, json: errors('INVALID_SESSION_ID') },
      { status: 401 },
      {
        status: 400,
        text: '<error><exceptionCode>InvalidSessionId</exceptionCode></error>',
        headers: { 'content-type': 'application/xml' },
      },
      { status: 403, text: 'Bad_OAuth_Token' },
    ]
    for (const answer of lost) assert.ok((await errorOf(answer)) instanceof SessionError)
    assert.ok(!((await errorOf({ status: 403, json: errors('API_DISABLED_FOR_ORG') })) instanceof SessionError))
  })

  it('lists what a tree or a broken body says', async () => {
    const results = [
      { referenceId: 'a', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'no Name', fields: ['Name'] }] },
      { referenceId: 'b', errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', message: 'no address', fields: [] }] },
    ]
    const tree = await errorOf({ status: 400, json: { hasErrors: true, results } })
    assert.deepEqual(tree.errorCodes(), ['REQUIRED_FIELD_MISSING', 'INVALID_EMAIL_ADDRESS'])
    assert.match(
      (await errorOf({ status: 400, text: '[{"errorCode":"CUT' })).message,
      /status 400: \[\{"errorCode":"CUT$/,
    )
    const xml = { status: 400, text: '<other/>', headers: { 'content-type': 'application/xml' } }
    assert.match((await errorOf(xml)).message, /status 400 and no explanation$/)
  })

  it('does not follow redirects', async () => {
    const error = await errorOf({ status: 302, headers: { location: 'https://elsewhere.example' } })
    assert.match(error.message, /was redirected \(status 302\)/)
  })

  it('says what to do about an address that is too long', async () => {
    for (const status of [414, 431]) {
      const page = '<html><body>URI Too Long</body></html>'
      const error = await errorOf({ status, text: page, headers: { 'content-type': 'text/html' } })
      assert.match(error.message, /too long for Salesforce \(status \d+\); ask for fewer fields at once/)
    }
  })

  it('says something useful about HTML, words and nothing', async () => {
    const html =
      '<!DOCTYPE html><html><head><title>Down</title></head><body><p>We are down for <b>maintenance</b>.</p></body></html>'
    assert.match((await errorOf({ status: 503, text: html })).message, /status 503: We are down for maintenance \./)
    assert.match(
      (await errorOf({ status: 502, text: 'upstream connect error' })).message,
      /status 502: upstream connect error$/,
    )
    assert.match((await errorOf({ status: 500 })).message, /status 500 and no explanation$/)
    assert.equal((await errorOf({ status: 500 })).errorCode, undefined)
  })

  it('keeps cookies of the answer out of the error', async () => {
    const error = await errorOf({ status: 400, headers: { 'set-cookie': 'sid=SECRET', 'x-sfdc-request-id': 'R1' } })
    assert.deepEqual(Object.keys(error.headers), ['x-sfdc-request-id'])
  })
})

describe('a success that is none', () => {
  it('is a ProtocolError when it is a page or broken JSON', async () => {
    const page = scriptedOrg([{ text: '<html>log in</html>', headers: { 'content-type': 'text/html' } }], {
      retry: false,
    })
    await assert.rejects(
      page.salesforce.limits(),
      (error) => error instanceof ProtocolError && /a page instead of data \(text\/html\)/.test(error.message),
    )
    const broken = scriptedOrg([{ text: '{"a":', headers: { 'content-type': 'application/json' } }], { retry: false })
    await assert.rejects(broken.salesforce.limits(), /broken JSON \(application\/json\)/)
  })

  it('is a ProtocolError when it is empty though there should be data, and none when the status is 204', async () => {
    const empty = scriptedOrg([{ status: 200 }], { retry: false })
    await assert.rejects(
      empty.salesforce.query('SELECT Id FROM Account').all(),
      (error) => error instanceof ProtocolError && /succeeded with an empty answer/.test(error.message),
    )
    await scriptedOrg([{ status: 204 }])
      .salesforce.sobject('Account')
      .delete('001000000000001AAA')
  })
})

describe('recorded error answers', { skip: recordingsMissing }, () => {
  const table: readonly [id: string, errorClass: new (...input: never[]) => Error, codes: readonly string[]][] = [
    ['jsforce-400-required-field', ApiError, ['REQUIRED_FIELD_MISSING']],
    [
      'jsforce-400-two-validation-errors',
      ApiError,
      ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ],
    ['jsforce-401-error-object', SessionError, ['INVALID_SESSION_ID']],
    ['jsforce-404-html', NotFoundError, []],
    ['jsforce-429-error-object', LimitError, ['INTERNAL_SERVER_ERROR']],
    ['jsforce-rest-error-xml', ApiError, ['NOT_FOUND']],
    ['pasted-400-bulk-invalidentity', ApiError, ['INVALIDENTITY']],
    ['pasted-500-unable-to-lock-row', ApiError, ['UNABLE_TO_LOCK_ROW']],
    ['restforce-upsert-error', NotFoundError, ['NOT_FOUND']],
    ['restforce-write-error', ApiError, ['INVALID_FIELD']],
    ['vcr-400-invalid-query-filter', ApiError, ['INVALID_QUERY_FILTER_OPERATOR']],
    ['doc-bulk2-delete-running', ApiError, ['API_ERROR']],
  ]
  for (const [id, errorClass, codes] of table) {
    it(`${id} is a ${errorClass.name} with ${codes.length === 0 ? 'no code' : codes.join(', ')}`, async () => {
      const error = await recordedError(id)
      assert.ok(error instanceof errorClass && error instanceof ApiError)
      assert.deepEqual(
        error.errors.map(({ errorCode }) => errorCode),
        codes,
      )
      assert.doesNotMatch(error.message, /^\s|\s$/)
    })
  }

  it('a maintenance page becomes one readable line', async () => {
    const error = await recordedError('pasted-html-long-uri', 503)
    assert.ok(error instanceof ApiError)
    assert.match(error.message, /status 503: We are down for maintenance\./)
    assert.ok(error.message.length < 320)
  })
})
