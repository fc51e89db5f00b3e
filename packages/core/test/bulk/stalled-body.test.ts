import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { describe, it } from 'node:test'
import { accessToken, Salesforce } from '@forcewire/core/portable'
import { instanceUrl, type Script, scriptedTransport } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'
import { settled } from './scripted-connection.ts'

const id = '750000000000001AAA'
const job = { id, object: 'Account', operation: 'query', state: 'JobComplete', apiVersion: 67 }
const soql = 'SELECT Id FROM Account'

const org: Script = ({ url }) => {
  if (url.endsWith('/describe')) return { json: { fields: [] } }
  if (url.endsWith('/resultPages')) {
    return {
      json: { resultPages: [{ resultUrl: `/services/data/v67.0/jobs/query/${id}/results?locator=a` }], done: true },
    }
  }
  return { json: { ...job, numberRecordsProcessed: 2, numberRecordsFailed: 2 } }
}

/** A client whose results stall after a record, over a transport that takes no notice of signals. */
function stalling(): { salesforce: Salesforce; left: () => number } {
  let left = 0
  const { transport } = scriptedTransport(org)
  const stuck = (): AsyncIterable<Uint8Array> => {
    const chunks = [new TextEncoder().encode('"Id"\n"001"\n')]
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const value = chunks.shift()
          return value === undefined ? new Promise(() => {}) : { done: false, value }
        },
        return: async () => {
          left += 1
          return { done: true, value: undefined }
        },
      }),
    }
  }
  const salesforce = new Salesforce({
    auth: accessToken({ accessToken: 'TOKEN', instanceUrl }),
    transport: async (request) =>
      /\/results\?|Results$/.test(request.url) ? { status: 200, headers: {}, body: stuck() } : transport(request),
    clock: new TestClock(),
    random: () => 1,
  })
  return { salesforce, left: () => left }
}

const ways: Readonly<Record<string, (salesforce: Salesforce, signal?: AbortSignal) => Promise<unknown>>> = {
  'the records of a query': ({ bulk }, signal) => bulk.query(soql, {}, { signal }).all(),
  'the CSV of a query': ({ bulk }, signal) => Array.fromAsync(bulk.query(soql, {}, { signal }).csv()),
  'the rows of an ingest job': ({ bulk }, signal) => bulk.ingestJobs.results(id, { signal }).failed().all(),
}

describe('a result that stalls', () => {
  for (const [what, read] of Object.entries(ways)) {
    it(`ends by the signal: ${what}`, async () => {
      const { salesforce, left } = stalling()
      const stop = new AbortController()
      const ended = read(salesforce, stop.signal)
      ended.catch(() => {})
      await settled()
      stop.abort(new Error('enough'))
      await assert.rejects(ended, { message: 'enough' })
      await settled()
      assert.equal(left(), 1)
      assert.equal(getEventListeners(stop.signal, 'abort').length, 0)
    })

    it(`ends when the client is closed: ${what}`, async () => {
      const { salesforce, left } = stalling()
      const ended = read(salesforce)
      ended.catch(() => {})
      await settled()
      await salesforce.close()
      await assert.rejects(ended, { message: /^This Salesforce client was closed/ })
      await settled()
      assert.equal(left(), 1)
    })
  }
})
