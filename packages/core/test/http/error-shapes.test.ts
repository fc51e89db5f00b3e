import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ApiError, accessToken, MultipleMatchesError, Salesforce } from '@forcewire/core'
import { loopbackServer } from '../support/loopback-server.ts'
import { scriptedOrg } from '../support/scripted-org.ts'

async function refusal(status: number, json: unknown): Promise<ApiError> {
  const { salesforce } = scriptedOrg([{ status, json }], { retry: false })
  const error: unknown = await salesforce.limits().catch((reason: unknown) => reason)
  assert.ok(error instanceof ApiError)
  return error
}

describe('the errors of an answer', () => {
  it('are found inside an object', async () => {
    const error = await refusal(400, { errors: [{ errorCode: 'A', message: 'one' }, { statusCode: 'B' }, 'three'] })
    assert.deepEqual(error.errors, [
      { errorCode: 'A', message: 'one', fields: [] },
      { errorCode: 'B', message: '', fields: [] },
      { errorCode: '', message: 'three', fields: [] },
    ])
    assert.equal(error.message, 'A: one; B; three')
    assert.deepEqual([error.errorCode, error.has('B')], ['A', true])
  })

  it('are both what the object says itself and what it holds', async () => {
    const error = await refusal(400, { message: 'invalid', errors: ['one'] })
    assert.deepEqual(
      error.errors.map(({ message }) => message),
      ['invalid', 'one'],
    )
    assert.equal((await refusal(400, { errorCode: 'A', errors: [] })).errors.length, 1)
  })

  it('are found inside the results of a list', async () => {
    const inside = {
      success: false,
      errors: [{ statusCode: 'NO_APPLICABLE_PROCESS', message: 'none fits', fields: [] }],
    }
    const error = await refusal(400, [inside, { errorCode: 'B', message: 'two', errors: [] }])
    assert.equal(error.message, 'NO_APPLICABLE_PROCESS: none fits; B: two')
    assert.deepEqual([error.errorCode, error.has('B')], ['NO_APPLICABLE_PROCESS', true])
  })

  it('are quoted where a body of a shape of its own says something', async () => {
    const composite = { compositeResponse: [{ body: [{ errorCode: 'A', message: 'deep' }], httpStatusCode: 400 }] }
    for (const [body, words] of [
      [{ graphs: [{ graphId: 'g', graphResponse: composite }] }, 'A; deep'],
      [{ error: { code: 7, message: 'no stock', secret: 'x' } }, 'no stock'],
      [{ title: 'Bad', detail: 'no such order', status: 400 }, 'Bad; no such order'],
    ] as const) {
      const error = await refusal(400, body)
      assert.equal(error.message, `GET /services/data/v67.0/limits was answered with status 400: ${words}`)
    }
    assert.match((await refusal(400, { ok: false })).message, /status 400 and no explanation$/)
  })

  it('are no candidates where texts are listed, unless several records match (300)', async () => {
    const error = await refusal(400, ['one', 'two'])
    assert.ok(!(error instanceof MultipleMatchesError))
    assert.match(error.message, /was answered with status 400: one; two$/)
    const many = await refusal(300, ['/services/data/v67.0/sobjects/Account/001A'])
    assert.ok(many instanceof MultipleMatchesError)
    assert.match(many.message, /^1 records match GET .*: 001A$/)
  })
})

describe('an answer that means harm', () => {
  it('is read in no time, however its marks are repeated', async () => {
    const marks = ['<', '<a ', '<head ', '<head>', '<title', '</', '<!--', '&', ' ', '\\', '%25', '<script>']
    for (const mark of marks) {
      const text = `x${mark.repeat(100_000 / mark.length)}`
      const before = process.cpuUsage()
      await assert.rejects(scriptedOrg([{ status: 500, text }], { retry: false }).salesforce.limits(), { status: 500 })
      const { user } = process.cpuUsage(before)
      assert.ok(user < 2_000_000, `${mark} took ${user} µs`)
    }
  })

  it('is an ApiError with its status, whatever stands where words belong', async () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
    const odd = { toString: 1, valueOf: 2 }
    const match = { record: { Id: odd }, matchConfidence: odd }
    const texts = [
      deep,
      `[{"errorCode":"A","message":${deep}}]`,
      JSON.stringify([{ errorCode: 'A', message: odd, fields: [odd, 'Name'] }]),
      JSON.stringify({ error: 'a', error_description: odd }),
      JSON.stringify([
        { errorCode: 'DUPLICATES_DETECTED', duplicateResut: { matchResults: [{ matchRecords: [match] }] } },
      ]),
    ]
    for (const text of texts) {
      const { salesforce } = scriptedOrg([{ status: 400, text }], { retry: false })
      await assert.rejects(salesforce.limits(), (error) => error instanceof ApiError && error.status === 400)
    }
  })

  it('has the words of its page only, not what stands in its head', async () => {
    const page =
      '<!DOCTYPE html><html><head><title>Oops</title><style>p{}</style><body><script>go()</script><p>Down for repair'
    const { message } = await refusalOf(page)
    assert.match(message, /status 500: Down for repair$/)
    assert.match((await refusalOf('<html><head><title>Oops</title>')).message, /: Oops$/)
  })
})

async function refusalOf(text: string): Promise<Error> {
  const { salesforce } = scriptedOrg([{ status: 500, text }], { retry: false })
  return (await salesforce.limits().catch((reason: unknown) => reason)) as Error
}

it('several choices (300) without the paths of records are no records that match', async () => {
  for (const json of [[1, { a: 1 }], {}]) assert.ok(!((await refusal(300, json)) instanceof MultipleMatchesError))
})

it('a body is decompressed whatever the case of its coding, and by its other name', async () => {
  for (const coding of ['gzip', 'GZIP', 'x-gzip', 'X-GZip']) {
    await using server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding })
      response.end(gzipSync('{"DailyApiRequests":{"Max":5,"Remaining":4}}'))
    })
    const auth = accessToken({ accessToken: 'TOKEN', instanceUrl: server.url })
    await using salesforce = new Salesforce({ auth, retry: false })
    assert.deepEqual(await salesforce.limits(), { DailyApiRequests: { Max: 5, Remaining: 4 } }, coding)
  }
})
