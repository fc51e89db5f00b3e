import assert from 'node:assert/strict'
import {
  accessToken,
  BulkJobError,
  customClock,
  type IngestOptions,
  Salesforce,
  type SalesforceEvents,
} from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type LoopbackScript, loopbackOrg } from '../support/loopback-org.ts'
import { TestClock } from '../support/test-clock.ts'
import type { Behaviours } from './behaviour.ts'

const insert: IngestOptions = { object: 'Account', operation: 'insert' }
const names = (count: number): { Name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ Name: `n${index}` }))

/** A client before an empty org of its own; `sent()` are the requests for jobs so far: `PUT batches`. */
interface Bench extends AsyncDisposable {
  readonly emulator: Emulator
  readonly salesforce: Salesforce
  sent(): string[]
}

async function bench(): Promise<Bench> {
  const emulator = await createEmulator({ seed: 'empty' })
  // The look itself waits for the work, so that no test depends on how fast the emulator is.
  emulator.pace.set({ reads: 1 })
  const { accessToken: token } = emulator.credentials
  const salesforce = new Salesforce({
    auth: accessToken({ accessToken: token, instanceUrl: emulator.url }),
    // Waits between looks are skipped, time-outs of 10 seconds and more are not.
    [customClock]: new TestClock(9_000),
  })
  return {
    emulator,
    salesforce,
    sent: () => {
      const requests = emulator.requests().filter(({ path }) => path.includes('/jobs/'))
      return requests.map(
        ({ method, path }) =>
          `${method} ${path
            .split('/')
            .slice(5)
            .join('/')
            .replace(/\b750\w+/, '{id}')}`,
      )
    },
    async [Symbol.asyncDispose]() {
      await salesforce.close()
      await emulator.close()
    },
  }
}

/** The CSV of each upload of a load. */
async function uploads(options: Partial<IngestOptions>, rows: readonly object[] | string): Promise<string[]> {
  const csv: string[] = []
  let created = 0
  await using org = await loopbackOrg(({ method, body }) => {
    if (method === 'PUT') csv.push(body)
    if (method === 'POST') created += 1
    const id = String(750_000_000_000_000 + created)
    return method === 'PUT' ? { status: 201 } : { json: { id, state: method === 'POST' ? 'Open' : 'UploadComplete' } }
  })
  await org.salesforce.bulk
    .ingest(
      { ...insert, jobsInFlight: 1, ...options },
      (typeof rows === 'string' ? new TextEncoder().encode(rows) : rows) as never,
    )
    .upload()
  return csv
}

export const bulkBehaviours: Behaviours = {
  66: {
    says: 'a load is a job, its CSV, UploadComplete, looks until it has ended, and three results',
    async shows() {
      await using org = await bench()
      org.emulator.pace.set({ reads: 2 })
      const load = org.salesforce.bulk.ingest(insert, [...names(2), { Phone: '1' }])
      await load.run()
      const results = [load.successful(), load.failed(), load.unprocessed()]
      const counts = await Promise.all(results.map(async (rows) => (await rows.all()).length))
      assert.deepEqual(counts, [2, 1, 0])
      const sent = org.sent()
      const looks = sent.filter((line) => line === 'GET ingest/{id}').length
      assert.ok(looks >= 2, `${looks} looks`)
      const others = sent.filter((line) => line !== 'GET ingest/{id}')
      assert.deepEqual(others.slice(0, 3), ['POST ingest', 'PUT ingest/{id}/batches', 'PATCH ingest/{id}'])
      // A result without rows is known from the counters of a complete job; asking for it would be a call for nothing.
      // Failed rows are looked through once more, for locked ones that are to be loaded again.
      const asked = ['failedResults', 'failedResults', 'successfulResults'].map((kind) => `GET ingest/{id}/${kind}`)
      assert.deepEqual(others.slice(3).sort(), asked)
      // An aborted job has all three.
      org.emulator.pace.set({ reads: 99 })
      const [job] = await org.salesforce.bulk.ingest(insert, names(2)).upload()
      await org.salesforce.bulk.ingestJobs.abort(job?.id ?? '')
      const ended = org.salesforce.bulk.ingestJobs.results(job?.id ?? '')
      const before = org.sent().length
      assert.equal((await ended.successful().all()).length, 0)
      assert.equal((await ended.failed().all()).length, 0)
      assert.equal((await ended.unprocessed().all()).length, 2)
      const last = org.sent().slice(before)
      for (const kind of ['successfulResults', 'failedResults', 'unprocessedrecords']) {
        assert.ok(last.includes(`GET ingest/{id}/${kind}`), kind)
      }
    },
  },
  67: {
    says: 'each operation is sent by its name, with its external ID field and its assignment rule',
    async shows() {
      for (const operation of ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const) {
        await using org = await loopbackOrg([{ json: { id: '750000000000001', state: 'Open' } }])
        const key = operation === 'upsert' ? { externalIdField: 'Code__c' } : {}
        const options = { object: 'Lead', operation, ...key, assignmentRuleId: '01Q000000000001' }
        await org.salesforce.bulk
          .ingest(
            options,
            [{ Id: '00Q', Code__c: 'A' }].map((row) => (operation.includes('elete') ? { Id: row.Id } : row)),
          )
          .upload()
        assert.partialDeepStrictEqual(JSON.parse(String(org.requests[0]?.body)), {
          object: 'Lead',
          operation,
          assignmentRuleId: '01Q000000000001',
          ...(operation === 'upsert' ? { externalIdFieldName: 'Code__c' } : {}),
        })
      }
    },
  },
  68: {
    says: 'a limit of 50 rows makes two jobs of 100 rows, and their results add up',
    async shows() {
      await using org = await bench()
      const load = org.salesforce.bulk.ingest({ ...insert, maxRows: 50 }, names(100))
      const { jobs, rows, processed } = await load.run()
      assert.deepEqual([jobs.length, rows, processed], [2, 100, 100])
      assert.deepEqual(
        jobs.map((job) => job.numberRecordsProcessed),
        [50, 50],
      )
      const loaded = await load.successful().all()
      assert.deepEqual(
        loaded.map(({ Name }) => Name).sort(),
        names(100)
          .map(({ Name }) => Name)
          .sort(),
      )
    },
  },
  69: {
    says: '100 rows at 30 a job are 30, 30, 30 and 10, each with the header',
    async shows() {
      const csv = await uploads({ maxRows: 30 }, names(100))
      assert.deepEqual(
        csv.map((text) => text.trim().split('\n').length - 1),
        [30, 30, 30, 10],
      )
      assert.ok(csv.every((text) => text.startsWith('Name\n')))
    },
  },
  70: {
    says: 'no job is larger than its limit and no row is lost, also when the last one overflows',
    async shows() {
      for (let count = 1; count <= 30; count += 1) {
        // Three bytes each, so that characters and bytes differ.
        const Names = names(count).map(({ Name }) => `\u20ac${Name}`)
        const csv = await uploads(
          { maxBytes: 40 },
          Names.map((Name) => ({ Name })),
        )
        assert.ok(csv.every((text) => Buffer.byteLength(text) <= 40))
        assert.ok(csv.every((text) => text.startsWith('Name\n')))
        const rows = csv.flatMap((text) => text.trim().split('\n').slice(1))
        assert.deepEqual(rows, Names)
        const given = ['Name', ...Names, ''].join('\n')
        assert.deepEqual((await uploads({ maxBytes: 40 }, given)).join(''), csv.join(''), 'the same of CSV bytes')
      }
    },
  },
  71: {
    says: 'values and relationships are written by their kind, columns are those of all rows',
    async shows() {
      const at = new Date('2026-05-01T07:25:37.120Z')
      const rows = [
        { Name: 'a,b', IsActive: true, Phone: null },
        { Name: 'c"d', Since__c: at, Amount: 1.5, Parent__r: { Code__c: 'P-1' }, Interests__c: ['x', 'y'] },
      ]
      const [csv] = await uploads({}, rows)
      assert.equal(
        csv,
        'Name,IsActive,Phone,Since__c,Amount,Parent__r.Code__c,Interests__c\n' +
          '"a,b",true,#N/A,,,,\n' +
          '"c""d",,,2026-05-01T07:25:37.120Z,1.5,P-1,x;y\n',
      )
    },
  },
  72: {
    says: 'an empty input causes no request and has empty results',
    async shows() {
      await using org = await bench()
      const load = org.salesforce.bulk.ingest(insert, [])
      const counts = { rows: 0, processed: 0, successful: 0, failed: 0, rejected: 0, unprocessed: 0 }
      assert.deepEqual(await load.run(), { jobs: [], ...counts })
      assert.deepEqual(await load.successful().all(), [])
      assert.deepEqual(org.emulator.requests(), [])
    },
  },
  73: {
    says: 'line breaks, quotes, commas and U+2028 survive the upload and the results',
    async shows() {
      await using org = await bench()
      const Description = 'one\ntwo, "three"\u2028four\u0085five'
      const load = org.salesforce.bulk.ingest(insert, [{ Name: 'A', Description }])
      await load.run()
      const [row] = await load.successful().all()
      assert.equal(row?.Description, Description)
      const [stored] = await org.salesforce.query<{ Description: string }>('SELECT Description FROM Account').all()
      assert.equal(stored?.Description, Description)
    },
  },
  74: {
    says: 'a job that failed or was aborted is an error with its state and its message',
    async shows() {
      await using org = await bench()
      await assert.rejects(org.salesforce.bulk.ingest(insert, [{ Nonsense__c: 'A' }]).run(), (error) => {
        assert.ok(error instanceof BulkJobError)
        assert.equal(error.state, 'Failed')
        assert.match(error.message, /InvalidBatch.*Nonsense__c/)
        assert.match(error.jobId, /^750/)
        return true
      })
      const abortedElsewhere: LoopbackScript = ({ method, url }) => {
        if (method === 'PUT') return { status: 201 }
        const state = method === 'POST' ? 'Open' : method === 'PATCH' ? 'UploadComplete' : 'Aborted'
        const errorMessage = url.endsWith('/ingest') ? undefined : 'stopped by an administrator'
        return { json: { id: '750000000000001AAA', state, object: 'Account', errorMessage } }
      }
      await using other = await loopbackOrg(abortedElsewhere)
      await assert.rejects(other.salesforce.bulk.ingest(insert, names(1)).run(), (error) => {
        assert.ok(error instanceof BulkJobError)
        assert.deepEqual([error.state, error.jobId], ['Aborted', '750000000000001AAA'])
        assert.match(error.message, /stopped by an administrator/)
        return true
      })
    },
  },
  75: {
    says: 'jobs are listed page by page, aborted by PATCH and deleted by DELETE',
    async shows() {
      await using org = await bench()
      org.emulator.pace.set({ reads: 99 })
      const [job] = await org.salesforce.bulk.ingest(insert, names(1)).upload()
      const id = job?.id ?? assert.fail()
      const { ingestJobs } = org.salesforce.bulk
      assert.deepEqual(
        (await ingestJobs.list().all()).map((listed) => listed.id),
        [id],
      )
      assert.equal((await ingestJobs.abort(id)).state, 'Aborted')
      await ingestJobs.delete(id)
      assert.deepEqual(org.sent().slice(3), ['GET ingest', 'PATCH ingest/{id}', 'DELETE ingest/{id}'])
      const next = '/services/data/v67.0/jobs/ingest?queryLocator=2'
      await using pages = await loopbackOrg([
        { json: { done: false, records: [{ id: '1' }], nextRecordsUrl: next } },
        { json: { done: true, records: [{ id: '2' }], nextRecordsUrl: null } },
      ])
      assert.deepEqual(
        (await pages.salesforce.bulk.ingestJobs.list().all()).map((listed) => listed.id),
        ['1', '2'],
      )
      assert.ok(pages.requests[1]?.url.endsWith(next))
    },
  },
  76: {
    says: 'a load tells its batches: one for 10,000 rows, two for 10,001, rows counted and not lines',
    async shows() {
      for (const [count, batches] of [
        [10_000, 1],
        [10_001, 2],
      ] as const) {
        await using org = await bench()
        const told: SalesforceEvents['usage'][] = []
        org.salesforce.on('usage', (event) => told.push(event))
        const rows = names(count).map(({ Name }) => ({ Name, Description: 'two\nlines' }))
        await org.salesforce.bulk.ingest(insert, rows).upload()
        assert.deepEqual(told.map((event) => event.bulkBatches).filter(Boolean), [batches])
      }
    },
  },
  77: {
    says: 'when one of several jobs fails the others come to their end, and the error keeps its class',
    async shows() {
      await using org = await bench()
      org.emulator.faults.add({ method: 'PUT', path: '/batches', status: 400, errorCode: 'CLIENT_ERROR', times: 1 })
      const load = org.salesforce.bulk.ingest({ ...insert, maxRows: 1, jobsInFlight: 2 }, names(4))
      await assert.rejects(load.run(), { name: 'ApiError', status: 400, errorCode: 'CLIENT_ERROR' })
      const jobs = await org.salesforce.bulk.ingestJobs.list().all()
      assert.ok(jobs.length > 0)
      assert.deepEqual(
        jobs.filter(({ state }) => !['JobComplete', 'Aborted'].includes(state)),
        [],
      )
      const before = org.emulator.requests().length
      for (let trips = 0; trips < 3; trips += 1) await org.salesforce.limits()
      assert.equal(org.emulator.requests().length, before + 3, 'nothing runs on')
    },
  },
}
