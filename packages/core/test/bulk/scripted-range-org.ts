import { type Answer, type Script, script } from './scripted-connection.ts'

/** What a job of the org comes to, once it is complete: a reason to fail, or nothing. */
export type Fate = (ids: readonly string[], soql: string) => string | undefined

/** A job of the org. */
export interface RangeJob {
  readonly id: string
  readonly soql: string
  readonly operation: string
  state: string
  errorMessage?: string
  looks: number
}

export interface RangeOrg extends Script {
  readonly jobs: RangeJob[]
  /** SOQL of the queries over REST. */
  readonly asked: string[]
  /** Looks after which a job comes to its end. */
  looksNeeded: number
  /** Most jobs that ran at the same time. */
  most: number
}

const unquoted = (text: string | undefined): string | undefined => text?.replaceAll("'", '')

/** An org with these Ids, that understands conditions on them and nothing else of SOQL. */
export function rangeOrg(ids: readonly string[], fate: Fate = () => undefined): RangeOrg {
  const sorted = [...ids].sort((one, other) => (one < other ? -1 : 1))
  const jobs: RangeJob[] = []
  const asked: string[] = []

  function found(soql: string): string[] {
    const from = unquoted(/Id >= ('\w+')/.exec(soql)?.[1]) ?? ''
    const before = unquoted(/Id < ('\w+')/.exec(soql)?.[1]) ?? '~'
    return sorted.filter((id) => id >= from && id < before)
  }

  function info({ id, operation, state, errorMessage, soql }: RangeJob): object {
    // One that failed may have found some by then.
    const numberRecordsProcessed = { JobComplete: found(soql).length, Failed: 1 }[state] ?? 0
    return { id, object: 'Account', operation, apiVersion: 67, state, errorMessage, numberRecordsProcessed }
  }

  function looked(job: RangeJob): object {
    job.looks += 1
    if (job.state === 'UploadComplete' && job.looks >= own.looksNeeded) {
      const reason = fate(found(job.soql), job.soql)
      job.state = reason === undefined ? 'JobComplete' : 'Failed'
      if (reason !== undefined) job.errorMessage = reason
    }
    return info(job)
  }

  function create(body: string): object {
    const { query: soql, operation } = JSON.parse(body) as { query: string; operation: string }
    const id = `750R0000001${String(jobs.length).padStart(4, '0')}`
    const job: RangeJob = { id, soql, operation, state: 'UploadComplete', looks: 0 }
    jobs.push(job)
    own.most = Math.max(own.most, jobs.filter(({ state }) => state === 'UploadComplete').length)
    return info(job)
  }

  const own: RangeOrg = Object.assign(
    script((line, { body }): Answer => {
      const [, encoded] = /\?q=(.+)/.exec(line) ?? []
      if (encoded !== undefined) {
        const soql = decodeURIComponent(encoded)
        asked.push(soql)
        const records = soql.includes(' DESC ') ? found(soql).slice(-1) : found(soql).slice(0, 1)
        return { body: { totalSize: records.length, done: true, records: records.map((Id) => ({ Id })) } }
      }
      if (line === 'POST /jobs/query') return { body: create(body) }
      if (line.endsWith('/describe')) return { body: { fields: [] } }
      const job = jobs.find(({ id }) => line.includes(id))
      if (job === undefined) return { status: 404, body: 'NOT_FOUND' }
      if (line.startsWith('PATCH')) job.state = 'Aborted'
      if (line.startsWith('PATCH')) return { body: info(job) }
      if (/resultpages/i.test(line)) {
        const resultUrl = `/services/data/v67.0/jobs/query/${job.id}/results?locator=p0`
        return { body: { resultPages: [{ resultUrl }], done: true } }
      }
      if (!line.includes('/results')) return { body: looked(job) }
      const rows = found(job.soql)
      const headers = { 'sforce-numberofrecords': String(rows.length), 'sforce-locator': 'null' }
      return { headers, body: ['"Id"', ...rows.map((id) => `"${id}"`), ''].join('\n') }
    }),
    { jobs, asked, looksNeeded: 2, most: 0 },
  )
  return own
}
