import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, type Json, query } from '../query/calls.ts'
import { bulkQuery, createIngest, ingest } from './jobs.ts'

const DAY = 86_400_000

describe('rules of bulk jobs', () => {
  let emulator: Emulator
  let call: Call
  let now = Date.UTC(2026, 10, 22, 12)
  before(async () => {
    const users = [{ username: 'loader@forcewire.example', password: 'Loader-1', securityToken: 'T' }]
    emulator = await createEmulator({ seed: 'demo', clock: { now: () => now }, users })
    call = caller(emulator)
  })
  beforeEach(() => emulator.pace.set({ reads: 1 }))
  after(() => emulator.close())

  const insert = { object: 'Account', operation: 'insert', contentType: 'CSV' }
  const BOUNDARY = 'BOUNDARY'
  const multipart = (job: object, content: string): ReturnType<Call> =>
    call('POST', '/jobs/ingest', {
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      body: [
        `--${BOUNDARY}`,
        'Content-Type: application/json',
        'Content-Disposition: form-data; name="job"',
        '',
        JSON.stringify(job),
        `--${BOUNDARY}`,
        'Content-Type: text/csv',
        'Content-Disposition: form-data; name="content"; filename="content"',
        '',
        content,
        `--${BOUNDARY}--`,
        '',
      ].join('\r\n'),
    })

  it('a small job brings its data along and is closed at once', async () => {
    const { status, json: job } = await multipart(insert, 'Name,Site\nÅkerlund,m1\nBo,m1\n')
    assert.deepEqual([status, job.state, 'contentUrl' in job], [200, 'UploadComplete', false])
    const info = (await call('GET', `/jobs/ingest/${job.id}`)).json
    assert.deepEqual([info.state, info.numberRecordsProcessed, info.numberRecordsFailed], ['JobComplete', 2, 0])
    const { records } = await query(call, "SELECT Name FROM Account WHERE Site = 'm1' ORDER BY Name DESC")
    assert.equal(records[0].Name, 'Åkerlund')
  })

  it('a job with its data has up to 100,000 characters of them', async () => {
    const fits = `Name\n${'x'.repeat(99_994)}\n`
    assert.equal(fits.length, 100_000)
    assert.equal((await multipart(insert, fits)).status, 200)
    const refused = await multipart(insert, `${fits}y`)
    assert.deepEqual([refused.status, refused.json[0].errorCode], [400, 'INVALIDJOB'])
  })

  it('an incomplete multipart body is refused with the part that it lacks', async () => {
    const body = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="job"\r\n\r\n{}\r\n--${BOUNDARY}--\r\n`
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
    const answer = await call('POST', '/jobs/ingest', { headers, body })
    assert.deepEqual(answer.json, [
      { errorCode: 'INVALIDJOB', message: 'InvalidJob : The multipart body has no part named content' },
    ])
  })

  it('a multipart body that ends within its data is refused, and the process goes on', async () => {
    const part = 'Content-Type: text/csv\r\nContent-Disposition: form-data; name="content"; filename="content"'
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
    const answer = await call('POST', '/jobs/ingest', { headers, body: `--${BOUNDARY}\r\n${part}\r\n\r\nName\nAc` })
    assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'INVALIDJOB'])
  })

  it('a multipart body without its boundary is refused', async () => {
    const headers = { 'content-type': 'multipart/form-data' }
    const answer = await call('POST', '/jobs/ingest', { headers, body: `--${BOUNDARY}--` })
    assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'INVALIDJOB'])
    assert.match(answer.json[0].message, /Boundary not found/)
  })

  it('an upload that cannot be unpacked is refused, and the job waits for another', async () => {
    const { id } = await createIngest(call, insert)
    const put = (body: Uint8Array): ReturnType<Call> =>
      call('PUT', `/jobs/ingest/${id}/batches`, { body, headers: { 'content-encoding': 'gzip' } })
    const packed = gzipSync(`Name\n${'Packed\n'.repeat(5)}`)
    for (const body of [Buffer.from('Name\nPlain\n'), packed.subarray(0, -9)]) {
      const { status, json } = await put(body)
      assert.deepEqual([status, json[0].errorCode], [400, 'BAD_REQUEST'])
    }
    assert.equal((await put(packed)).status, 201)
    await call('PATCH', `/jobs/ingest/${id}`, { body: { state: 'UploadComplete' } })
    assert.equal((await call('GET', `/jobs/ingest/${id}`)).json.numberRecordsProcessed, 5)
  })

  it('only a user with the permission hard deletes', async () => {
    const id = await create(call, 'Account', { Name: 'Stays' })
    const { username, password } = { username: 'loader@forcewire.example', password: 'Loader-1T' }
    const { clientId, clientSecret } = emulator.credentials
    const login = await fetch(`${emulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: clientId,
        client_secret: clientSecret,
        username,
        password,
      }),
    })
    const { access_token: token } = (await login.json()) as { access_token: string }
    const body = { object: 'Account', operation: 'hardDelete' }
    const refused = await call('POST', '/jobs/ingest', { body, headers: { authorization: `Bearer ${token}` } })
    assert.equal(refused.status, 400)
    assert.deepEqual(refused.json, [
      {
        errorCode: 'FEATURENOTENABLED',
        message:
          'FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator',
      },
    ])
    assert.equal((await ingest(call, body, `Id\n${id}\n`)).info.numberRecordsFailed, 0)
  })

  it('leads follow their assignment rule only where the job names it', async () => {
    const order = { object: 'Lead', operation: 'insert' }
    const csv = 'LastName,Company,LeadSource\nRuled,C,Web\n'
    const plain = await ingest(call, order, csv)
    const ruled = await ingest(call, { ...order, assignmentRuleId: '01Q000000000001AAA' }, csv)
    assert.equal(ruled.info.assignmentRuleId, '01Q000000000001AAA')
    const prefixes: string[] = []
    for (const { successful } of [plain, ruled]) {
      const [, id = ''] = /^"(00Q\w{15})"/m.exec(successful) ?? []
      prefixes.push((await query(call, `SELECT OwnerId FROM Lead WHERE Id = '${id}'`)).records[0].OwnerId.slice(0, 3))
    }
    assert.deepEqual(prefixes, ['005', '00G'])
  })

  const refusals: Record<string, [string, object, string]> = {
    'an assignment rule that is none': [
      '/jobs/ingest',
      { object: 'Lead', operation: 'insert', assignmentRuleId: 'rule' },
      "Invalid value: 'rule' supplied for property: 'assignmentRuleId'",
    ],
    'serial work': [
      '/jobs/ingest',
      { ...insert, concurrencyMode: 'Serial' },
      "Invalid value: 'Serial' supplied for property: 'concurrencyMode'",
    ],
    'a query that runs serially': [
      '/jobs/query',
      { operation: 'query', query: 'SELECT Id FROM Account', concurrencyMode: 'Serial' },
      "Invalid value: 'Serial' supplied for property: 'concurrencyMode'",
    ],
  }
  for (const [mistake, [road, body, message]] of Object.entries(refusals)) {
    it(`refuses ${mistake}`, async () => {
      const answer = await call('POST', road, { body })
      assert.deepEqual([answer.status, answer.json], [400, [{ message, errorCode: 'API_ERROR' }]])
    })
  }

  it('lists take filters, which come along to the next page', async () => {
    emulator.reset()
    emulator.pace.set({ reads: 1 })
    await createIngest(call, insert)
    await call('POST', '/jobs/query', { body: { operation: 'query', query: 'SELECT Id FROM Account' } })
    const count = async (road: string): Promise<number> => (await call('GET', road)).json.records.length
    assert.equal(await count('/jobs/ingest?jobType=V2Ingest&isPkChunkingEnabled=false'), 1)
    assert.equal(await count('/jobs/ingest?jobType=Classic'), 0)
    assert.equal(await count('/jobs/ingest?isPkChunkingEnabled=true'), 0)
    assert.equal(await count('/jobs/query?jobType=V2Query&concurrencyMode=parallel'), 1)
    assert.equal(await count('/jobs/query?concurrencyMode=serial'), 0)
    for (const filter of ['jobType=V3', 'isPkChunkingEnabled=maybe', 'concurrencyMode=both', 'queryLocator=7']) {
      assert.equal((await call('GET', `/jobs/query?${filter}`)).status, 400, filter)
    }
    for (let made = 1; made < 1001; made += 1) await createIngest(call, insert)
    const { nextRecordsUrl } = (await call('GET', '/jobs/ingest?jobType=V2Ingest')).json
    assert.match(nextRecordsUrl, /^\/services\/data\/v67\.0\/jobs\/ingest\?jobType=V2Ingest&queryLocator=/)
    assert.equal(await count(nextRecordsUrl), 1)
  })

  it('jobs live seven days', async () => {
    emulator.reset()
    emulator.pace.set({ reads: 1 })
    const { id } = await createIngest(call, insert)
    const asked: Json = await bulkQuery(call, 'SELECT Id FROM Account')
    now += 7 * DAY
    emulator.expireSessions()
    call = caller(await loggedIn(emulator))
    assert.equal((await call('GET', `/jobs/ingest/${id}`)).status, 200)
    assert.equal((await call('GET', `/jobs/query/${asked.id}/results`)).status, 200)
    now += 1
    assert.equal((await call('GET', `/jobs/ingest/${id}`)).status, 404)
    assert.equal((await call('GET', `/jobs/query/${asked.id}/results`)).status, 404)
    assert.deepEqual((await call('GET', '/jobs/ingest')).json.records, [])
  })
})

/** The emulator with a fresh session in place of its first one. */
async function loggedIn({ url, credentials }: Emulator): Promise<Emulator> {
  const { clientId, clientSecret } = credentials
  const login = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  })
  const { access_token: accessToken } = (await login.json()) as { access_token: string }
  return { url, credentials: { ...credentials, accessToken } } as Emulator
}
