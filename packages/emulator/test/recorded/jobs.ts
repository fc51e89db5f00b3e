import type { Answer } from '../support/harness.ts'
import type { AskedOrg, Exchanges } from './asked-org.ts'
import { featureLicenseMetric } from './recorded-schemas.ts'
import { smallResultPages } from './small-result-pages.ts'

const INGEST = '/services/data/v66.0/jobs/ingest'
const QUERY = '/services/data/v66.0/jobs/query'

/** Bulk API 2.0 jobs. */
export const jobs: Exchanges = {
  'airbyte-bulk2-queryall-created': {
    org: () => ({ describes: [featureLicenseMetric] }),
    ask: (org) => org.ask({ body: { operation: 'queryAll', query: 'SELECT Id FROM ActiveFeatureLicenseMetric' } }),
  },
  'doc-bulk2-delete': {
    ask: async (org) => {
      org.emulator.pace.set({ reads: 1 })
      const id = await createQueryJob(org)
      await org.send('GET', `${QUERY}/${id}`)
      return org.ask()
    },
  },
  'doc-bulk2-delete-running': {
    ask: async (org) => {
      org.emulator.pace.set({ reads: 2 })
      await createQueryJob(org)
      return org.ask()
    },
  },
  'doc-bulk2-jobcomplete': {
    ask: async (org) => {
      org.emulator.pace.set({ reads: 1 })
      await uploadSevenRows(org)
      await org.ask({ method: 'PATCH', body: { state: 'UploadComplete' } })
      return org.ask()
    },
  },
  'doc-bulk2-open': { ask: (org) => org.ask() },
  'doc-bulk2-query-aborted': {
    ask: async (org) => {
      org.emulator.pace.set({ reads: 2 })
      await createQueryJob(org)
      return org.ask()
    },
  },
  'doc-bulk2-resultpages': { ask: smallResultPages },
  'doc-bulk2-uploadcomplete': {
    ask: async (org) => {
      await uploadSevenRows(org)
      return org.ask()
    },
  },
}

/** Creates the job that the recorded path names and gives its Id. */
async function createQueryJob(org: AskedOrg): Promise<string> {
  const version = /v\d+\.0/.exec(org.recorded.request.path)?.[0] ?? ''
  const body = { operation: 'query', query: 'SELECT Id FROM Account' }
  return named(org, await org.send('POST', `/services/data/${version}/jobs/query`, { body }))
}

async function uploadSevenRows(org: AskedOrg): Promise<void> {
  const body = { object: 'Account', contentType: 'CSV', operation: 'insert', lineEnding: 'LF' }
  const id = named(org, await org.send('POST', INGEST, { body }))
  const rows = Array.from({ length: 7 }, (_, index) => `Row ${index}\n`).join('')
  await org.send('PUT', `${INGEST}/${id}/batches`, { body: `Name\n${rows}`, headers: { 'content-type': 'text/csv' } })
}

/** Lets a new job stand for the recorded one. */
function named(org: AskedOrg, { json }: Answer): string {
  org.same(/\/(\w{18})(?:\/|$)/.exec(org.recorded.request.path)?.[1] ?? '', json.id)
  return json.id
}
