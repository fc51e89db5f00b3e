import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, query } from '../query/calls.ts'
import { recordedBody, skipRecorded } from '../query/recorded.ts'
import { createIngest, ingest } from './jobs.ts'

describe('the life of an ingest job', () => {
  let emulator: Emulator
  let call: Call
  let now = Date.UTC(2026, 10, 22, 12)
  before(async () => {
    emulator = await createEmulator({ seed: 'empty', clock: { now: () => now } })
    call = caller(emulator)
  })
  beforeEach(() => emulator.pace.set({ reads: 1 }))
  after(() => emulator.close())

  const insert = { object: 'Account', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' }
  const open = async (csv?: string): Promise<string> => {
    const { id } = await createIngest(call, insert)
    if (csv !== undefined) await call('PUT', `/jobs/ingest/${id}/batches`, { body: csv })
    return id
  }
  const setState = (id: string, state: string): ReturnType<Call> =>
    call('PATCH', `/jobs/ingest/${id}`, { body: { state } })
  const info = async (id: string): ReturnType<Call> => await call('GET', `/jobs/ingest/${id}`)

  it('answers each step with the keys of the documented examples', { skip: skipRecorded }, async () => {
    const created = await createIngest(call, insert)
    assert.deepEqual(Object.keys(created), Object.keys(recordedBody('doc-bulk2-open')))
    assert.equal(created.contentUrl, `services/data/v67.0/jobs/ingest/${created.id}/batches`)
    assert.equal(created.apiVersion, 67)
    const put = await call('PUT', `/${created.contentUrl}`, { body: 'Name\nA\n' })
    assert.deepEqual([put.status, put.text], [201, ''])
    const closed = (await setState(created.id, 'UploadComplete')).json
    assert.deepEqual(Object.keys(closed), Object.keys(recordedBody('doc-bulk2-uploadcomplete')))
    assert.equal(closed.state, 'UploadComplete')
    assert.deepEqual(Object.keys((await info(created.id)).json), Object.keys(recordedBody('doc-bulk2-jobcomplete')))
  })

  const refusals: Record<string, [object, string, string]> = {
    'an unknown object': [
      { object: 'Foo', operation: 'insert' },
      'INVALIDJOB',
      'InvalidJob : Unable to find object: Foo',
    ],
    'an unknown operation': [
      { object: 'Account', operation: 'merge' },
      'API_ERROR',
      "Invalid value: 'merge' supplied for property: 'operation'",
    ],
    'an upsert without an external id': [
      { object: 'Account', operation: 'upsert' },
      'INVALIDJOB',
      'InvalidJob : Field name provided,  does not match an External ID for Account',
    ],
    'an upsert by a field that is none': [
      { object: 'Account', operation: 'upsert', externalIdFieldName: 'Name' },
      'INVALIDJOB',
      'InvalidJob : Field name provided, Name does not match an External ID for Account',
    ],
    'another content type': [
      { object: 'Account', operation: 'insert', contentType: 'JSON' },
      'API_ERROR',
      "Invalid value: 'JSON' supplied for property: 'contentType'",
    ],
    'an unknown delimiter': [
      { object: 'Account', operation: 'insert', columnDelimiter: ';' },
      'API_ERROR',
      "Invalid value: ';' supplied for property: 'columnDelimiter'",
    ],
  }
  for (const [mistake, [order, errorCode, message]] of Object.entries(refusals)) {
    it(`refuses ${mistake}`, async () => {
      const answer = await call('POST', '/jobs/ingest', { body: order })
      assert.deepEqual([answer.status, answer.json], [400, [{ message, errorCode }]])
    })
  }

  it('takes one upload and no second', async () => {
    const id = await open('Name\nA\n')
    const again = await call('PUT', `/jobs/ingest/${id}/batches`, { body: 'Name\nB\n' })
    assert.deepEqual([again.status, again.json[0].errorCode], [400, 'BULK_API_ERROR'])
  })

  it('cannot be closed while its upload is arriving, and takes another upload when one breaks off', async () => {
    const id = await open()
    const stop = new AbortController()
    const road = `/services/data/v67.0/jobs/ingest/${id}/batches`
    const upload = fetch(`${emulator.url}${road}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${emulator.credentials.accessToken}`, 'content-type': 'text/csv' },
      body: new ReadableStream({
        async pull(controller) {
          controller.enqueue(new TextEncoder().encode('Name\nHalf'))
          await once(stop.signal, 'abort')
        },
      }),
      duplex: 'half',
      signal: stop.signal,
    } as RequestInit)
    while (!emulator.requests().some(({ path }) => path === road)) await info(id)
    let close = await setState(id, 'UploadComplete')
    assert.deepEqual([close.status, close.json[0].errorCode], [400, 'INVALIDJOBSTATE'])
    stop.abort()
    await assert.rejects(upload)
    let put = await call('PUT', `/jobs/ingest/${id}/batches`, { body: 'Name\nWhole\n' })
    while (put.status !== 201) put = await call('PUT', `/jobs/ingest/${id}/batches`, { body: 'Name\nWhole\n' })
    close = await setState(id, 'UploadComplete')
    assert.equal(close.status, 200)
    assert.equal((await info(id)).json.numberRecordsProcessed, 1)
  })

  it('aborts an open job: its rows are all unprocessed and nothing can follow', async () => {
    const id = await open('Name\nNever\n')
    assert.equal((await setState(id, 'Aborted')).json.state, 'Aborted')
    assert.equal((await call('GET', `/jobs/ingest/${id}/unprocessedrecords`)).text, 'Name\nNever\n')
    const close = await setState(id, 'UploadComplete')
    assert.deepEqual([close.status, close.json[0].errorCode], [400, 'INVALIDJOBSTATE'])
    assert.equal((await query(call, "SELECT COUNT() FROM Account WHERE Name = 'Never'")).totalSize, 0)
  })

  it('refuses to abort a finished job', async () => {
    const { info: done } = await ingest(call, insert, 'Name\nA\n')
    const answer = await setState(done.id, 'Aborted')
    assert.deepEqual(answer.json, [
      { message: 'Aborting already Completed Job not allowed', errorCode: 'INVALIDJOBSTATE' },
    ])
  })

  it('shows every state when the pace counts reads', async () => {
    emulator.pace.set({ reads: 3 })
    const id = await open('Name\nSlow\n')
    await setState(id, 'UploadComplete')
    const states: string[] = []
    for (let read = 0; read < 4; read += 1) states.push((await info(id)).json.state)
    assert.deepEqual(states, ['UploadComplete', 'InProgress', 'JobComplete', 'JobComplete'])
  })

  it("waits for the org's clock when the pace is in milliseconds", async () => {
    emulator.pace.set({ milliseconds: 60_000 })
    const id = await open('Name\nLater\n')
    await setState(id, 'UploadComplete')
    assert.equal((await info(id)).json.state, 'UploadComplete')
    now += 60_000
    const { state, createdDate, systemModstamp } = (await info(id)).json
    assert.equal(state, 'JobComplete')
    assert.equal(
      Date.parse(systemModstamp.replace('+0000', 'Z')) - Date.parse(createdDate.replace('+0000', 'Z')),
      60_000,
    )
  })

  it('finishes by itself when the pace is at-once', async () => {
    emulator.pace.set('at-once')
    const id = await open('Name\nQuick\n')
    assert.equal((await setState(id, 'UploadComplete')).json.state, 'UploadComplete')
    let state = ''
    while (state !== 'JobComplete') {
      state = (await info(id)).json.state
      assert.notEqual(state, 'Failed')
    }
    assert.equal((await query(call, "SELECT COUNT() FROM Account WHERE Name = 'Quick'")).totalSize, 1)
  })

  it('deletes a finished job, refuses an open one', async () => {
    const id = await open()
    const refused = await call('DELETE', `/jobs/ingest/${id}`)
    assert.deepEqual(
      [refused.status, refused.json],
      [
        400,
        [
          {
            message: 'Error encountered when deleting the job because the job is not terminated',
            errorCode: 'API_ERROR',
          },
        ],
      ],
    )
    await setState(id, 'Aborted')
    assert.equal((await call('DELETE', `/jobs/ingest/${id}`)).status, 204)
    const gone = await info(id)
    assert.deepEqual([gone.status, gone.json[0].errorCode], [404, 'NOT_FOUND'])
  })

  it('gives no results before the end', async () => {
    const id = await open('Name\nA\n')
    const answer = await call('GET', `/jobs/ingest/${id}/successfulResults`)
    assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'INVALIDJOBSTATE'])
  })

  it('lists jobs in the order of their creation, a thousand a page, without counters', async () => {
    emulator.reset()
    emulator.pace.set({ reads: 1 })
    const ids: string[] = []
    for (let made = 0; made < 1001; made += 1) ids.push((await createIngest(call, insert)).id)
    const first = (await call('GET', '/jobs/ingest?isPkChunkingEnabled=false&jobType=V2Ingest')).json
    assert.equal(first.done, false)
    assert.equal(first.records[0].jobType, 'V2Ingest')
    assert.equal('numberRecordsProcessed' in first.records[0], false)
    const second = (await call('GET', first.nextRecordsUrl)).json
    assert.equal(second.done, true)
    assert.deepEqual(
      [...first.records, ...second.records].map((job: { id: string }) => job.id),
      ids,
    )
  })

  it('forgets its jobs when the org is reset, a running one included', async () => {
    emulator.pace.set('at-once')
    const rows = Array.from({ length: 5000 }, (_, index) => `Gone ${index}`)
    const id = await open(`Name\n${rows.join('\n')}\n`)
    await setState(id, 'UploadComplete')
    emulator.reset()
    assert.equal((await info(id)).status, 404)
    assert.equal((await query(call, "SELECT COUNT() FROM Account WHERE Name LIKE 'Gone%'")).totalSize, 0)
  })
})
