import { type Answer, type Script, type Sent, script } from './scripted-connection.ts'

/** Answers a request in place of the org, or leaves it to the org. */
export type Override = (line: string, sent: Sent) => Answer | Promise<Answer | undefined> | undefined

interface JobState {
  rows: number
  state: string
  data: string
}

/** An org in which every job is complete at the second look, all its rows taken. */
export function org(override: Override = () => undefined, options?: Parameters<typeof script>[1]): Script {
  const jobs = new Map<string, JobState>()
  return script(async (line, sent) => {
    const own = await override(line, sent)
    if (own !== undefined) return own
    const [method, path = ''] = line.split(' ')
    const [, , , id = '', below] = path.split('/')
    const job = jobs.get(id)
    if (method === 'POST') {
      const name = String(750_000_000_000_001 + jobs.size)
      jobs.set(name, { rows: 0, state: 'Open', data: '' })
      const { object, operation } = JSON.parse(sent.body)
      return {
        body: { id: name, object, operation, state: 'Open', apiVersion: 67, contentUrl: 'services/data/67.0/x' },
      }
    }
    if (job === undefined) return { status: 404, body: 'NOT_FOUND' }
    if (method === 'PUT') {
      job.data = sent.body
      job.rows = sent.body.trim().split('\n').length - 1
      return { status: 201 }
    }
    if (method === 'PATCH') {
      job.state = JSON.parse(sent.body).state
      return { body: { id, state: job.state } }
    }
    if (below === 'successfulResults') return { body: results(job, '"sf__Id","sf__Created"', '"001","true"') }
    if (below !== undefined) return { body: '' }
    const shown = job.state
    job.state = 'JobComplete'
    const counters = { numberRecordsProcessed: job.rows, numberRecordsFailed: 0 }
    return { body: { id, object: 'Account', operation: 'insert', state: shown, apiVersion: 67, ...counters } }
  }, options)
}

function results(job: JobState, names: string, values: string): string {
  const [header, ...rows] = job.data.trim().split('\n')
  return [`${names},${header}`, ...rows.map((row) => `${values},${row}`), ''].join('\n')
}

export const insert = { object: 'Account', operation: 'insert' } as const
export const five: { readonly Name: string }[] = ['a', 'b', 'c', 'd', 'e'].map((Name) => ({ Name }))
