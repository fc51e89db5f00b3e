import { type Call, nothingToRead } from './calls.ts'

const id = '750000000000001AAA'

/** The methods of bulk jobs that read an answer, as `calls.ts` lists the others. */
export const bulkCalls: Readonly<Record<string, Call>> = {
  'bulk.ingest': {
    run: (salesforce) => salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'A' }]).run(),
  },
  'bulk.query': { run: (salesforce) => salesforce.bulk.query('SELECT Id FROM Account').all() },
  'bulk.ingestJobs.list': { run: (salesforce) => salesforce.bulk.ingestJobs.list().all() },
  'bulk.ingestJobs.get': { run: (salesforce) => salesforce.bulk.ingestJobs.get(id) },
  'bulk.ingestJobs.abort': { run: (salesforce) => salesforce.bulk.ingestJobs.abort(id) },
  'bulk.ingestJobs.delete': { run: (salesforce) => salesforce.bulk.ingestJobs.delete(id), legit: nothingToRead },
  'bulk.ingestJobs.results': { run: (salesforce) => salesforce.bulk.ingestJobs.results(id).successful().all() },
  'bulk.queryJobs.list': { run: (salesforce) => salesforce.bulk.queryJobs.list().all() },
  'bulk.queryJobs.get': { run: (salesforce) => salesforce.bulk.queryJobs.get(id) },
  'bulk.queryJobs.abort': { run: (salesforce) => salesforce.bulk.queryJobs.abort(id) },
  'bulk.queryJobs.delete': { run: (salesforce) => salesforce.bulk.queryJobs.delete(id), legit: nothingToRead },
  'bulk.queryJobs.results': { run: (salesforce) => salesforce.bulk.queryJobs.results(id).all() },
}
