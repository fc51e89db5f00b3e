import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProtocolError, type Salesforce } from '@forcewire/core'
import { type Answer, type Script, scriptedOrg } from '../support/scripted-org.ts'

const id = '750000000000001AAA'
const soql = 'SELECT Id FROM Account'
const job = { id, object: 'Account', operation: 'query', state: 'JobComplete', apiVersion: 67 }
const html = { text: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } }

async function isProtocolError(work: Promise<unknown>, what: unknown): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ProtocolError, `${JSON.stringify(what)}: ${error}`)
    return true
  })
}

describe('an answer that is no info of a job', () => {
  const answers: readonly Answer[] = [
    ...[{}, null, [], [job], 'text', 5, { id: 5, state: 'Open' }, { id: '', state: 'Open' }].map((json) => ({ json })),
    ...[{ id: '../evil', state: 'Open' }, { id: 'j1', state: 'Open' }, { id }, { id, state: 5 }].map((json) => ({
      json,
    })),
    html,
    { status: 204 },
    { status: 200 },
  ]
  const calls: Readonly<Record<string, (salesforce: Salesforce) => Promise<unknown>>> = {
    'ingest().run': ({ bulk }) => bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'a' }]).run(),
    'ingest().upload': ({ bulk }) => bulk.ingest({ object: 'Account', operation: 'insert' }, 'Name\na\n').upload(),
    'query().all': ({ bulk }) => bulk.query(soql).all(),
    'query().job': ({ bulk }) => bulk.query(soql).job(),
    'ingestJobs.get': ({ bulk }) => bulk.ingestJobs.get(id),
    'ingestJobs.abort': ({ bulk }) => bulk.ingestJobs.abort(id),
    'ingestJobs.results': ({ bulk }) => bulk.ingestJobs.results(id).failed().all(),
    'queryJobs.get': ({ bulk }) => bulk.queryJobs.get(id),
    'queryJobs.abort': ({ bulk }) => bulk.queryJobs.abort(id),
    'queryJobs.results': ({ bulk }) => bulk.queryJobs.results(id).all(),
  }
  for (const [name, call] of Object.entries(calls)) {
    it(`is a ProtocolError of ${name}`, async () => {
      for (const answer of answers) {
        const { salesforce } = scriptedOrg([answer], { retry: false })
        await isProtocolError(call(salesforce), answer)
      }
    })
  }
})

describe('an answer that is no list', () => {
  for (const json of [{}, null, [], { records: {} }, { records: [5] }, { records: [], done: false }]) {
    it(`is a ProtocolError where jobs are listed: ${JSON.stringify(json)}`, async () => {
      const { salesforce } = scriptedOrg([{ json }], { retry: false })
      await isProtocolError(salesforce.bulk.ingestJobs.list().all(), json)
      await isProtocolError(salesforce.bulk.queryJobs.list().all(), json)
    })
  }

  const lists = [{}, [], null, { resultPages: [5] }, { resultPages: [{}] }, { resultPages: [], done: false }]
  for (const json of lists) {
    it(`is a ProtocolError where result pages are listed: ${JSON.stringify(json)}`, async () => {
      const { salesforce } = scriptedOrg(finished({ resultPages: { json } }))
      await isProtocolError(salesforce.bulk.query(soql).all(), json)
    })
  }

  it('is a ProtocolError where the fields of an object are described', async () => {
    for (const json of [{}, { fields: 'none' }, [], null]) {
      const { salesforce } = scriptedOrg(finished({ describe: { json } }), { retry: false })
      await isProtocolError(salesforce.bulk.query(soql).all(), json)
    }
  })
})

describe('a result that is no CSV', () => {
  const results: Readonly<Record<string, Answer>> = {
    HTML: html,
    'HTML that calls itself a CSV': { ...html, headers: { 'content-type': 'text/csv' } },
    'HTML without a type': { text: '\n  <html></html>' },
    JSON: { json: [{ Id: '001' }] },
    'JSON that calls itself a CSV': { text: '{"Id":"001"}', headers: { 'content-type': 'text/csv' } },
  }
  for (const [name, result] of Object.entries(results)) {
    const marked = { ...result, headers: { 'sforce-locator': 'null', ...(result as { headers?: object }).headers } }
    const complete = { ...job, operation: 'insert', numberRecordsProcessed: 1, numberRecordsFailed: 0 }
    it(`is a ProtocolError, and no rows: ${name}`, async () => {
      const make = (): Salesforce['bulk'] => scriptedOrg(finished({ results: marked })).salesforce.bulk
      await isProtocolError(make().query(soql).all(), name)
      await isProtocolError(make().query(soql, { maxRecords: 5 }).all(), name)
      await isProtocolError(Array.fromAsync(make().query(soql).csv()), name)
      const ingest: Script = ({ url }) => (url.endsWith('Results') ? result : { json: complete })
      await isProtocolError(scriptedOrg(ingest).salesforce.bulk.ingestJobs.results(id).successful().all(), name)
      const failed: Script = ({ url }) =>
        url.endsWith('Results') ? result : { json: { ...complete, state: 'Failed' } }
      await isProtocolError(scriptedOrg(failed).salesforce.bulk.ingestJobs.results(id).failed().all(), name)
    })
  }
})

/** An org with a query job that has ended, and one answer of another shape. */
function finished(other: { readonly [road in 'describe' | 'resultPages' | 'results']?: Answer }): Script {
  const link = `/services/data/v67.0/jobs/query/${id}/results?locator=a`
  return ({ url }) => {
    if (url.endsWith('/describe')) return other.describe ?? { json: { fields: [] } }
    if (url.endsWith('/resultPages')) {
      return other.resultPages ?? { json: { resultPages: [{ resultUrl: link }], done: true } }
    }
    if (url.includes('/results'))
      return other.results ?? { text: '"Id"\n"001"\n', headers: { 'sforce-locator': 'null' } }
    return { json: job }
  }
}
