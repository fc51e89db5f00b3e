import type { ApiRequest, CallOptions, Connection } from '../../src/http/connection.ts'
import { type Answer, type Script, type Sent, script } from './scripted-connection.ts'
import type { Override } from './scripted-ingest-org.ts'

/** What an org does with rows, by the first cell of each. */
export interface Plan {
  /** Answers instead of the org. */
  readonly override?: Override
  /** Whether a row cannot be locked, at its n-th time from 1. */
  readonly isLocked?: (name: string, time: number) => boolean
  /** Whether a row is refused for good. */
  readonly isRefused?: (name: string) => boolean
  /** How many rows the n-th job from 1 does before it fails; all of them where it is undefined. */
  readonly failsAfter?: (job: number) => number | undefined
  /** Leaves rows out of what a job says it never came to. */
  readonly hides?: (name: string) => boolean
}

interface Job {
  readonly number: number
  readonly lineEnding: unknown
  state: string
  header: string
  lines: string[]
  readonly taken: string[]
  readonly failed: string[]
  unprocessed: string[]
}

/** An org that works on the rows of a job at the first look at it. */
export interface WorkingOrg extends Script {
  /** The rows that it took, in the order in which it did. */
  readonly taken: string[]
  /** The lines that were uploaded, job after job. */
  uploads(): string[][]
}

/** Makes an org that keeps its jobs and rows, over any number of clients. */
export function workingOrg(plan: Plan = {}): WorkingOrg {
  const jobs = new Map<string, Job>()
  const times = new Map<string, number>()
  const taken: string[] = []

  function work(job: Job): void {
    const most = plan.failsAfter?.(job.number) ?? job.lines.length
    job.state = most < job.lines.length ? 'Failed' : 'JobComplete'
    job.unprocessed = job.lines.slice(most)
    for (const line of job.lines.slice(0, most)) {
      const name = line.split(',', 1)[0] as string
      const time = (times.get(name) ?? 0) + 1
      times.set(name, time)
      if (plan.isLocked?.(name, time)) job.failed.push(`"","UNABLE_TO_LOCK_ROW:unable to obtain access:--",${line}`)
      else if (plan.isRefused?.(name)) job.failed.push(`"","REQUIRED_FIELD_MISSING:missing:Name --",${line}`)
      else {
        job.taken.push(`"001","true",${line}`)
        taken.push(name)
      }
    }
  }

  function results(job: Job, below: string): string {
    if (below === 'successfulResults') return csv(`"sf__Id","sf__Created",${job.header}`, job.taken)
    if (below === 'failedResults') return csv(`"sf__Id","sf__Error",${job.header}`, job.failed)
    return csv(
      job.header,
      job.unprocessed.filter((line) => !plan.hides?.(line)),
    )
  }

  async function answer(line: string, sent: Sent): Promise<Answer> {
    const own = await plan.override?.(line, sent)
    if (own !== undefined) return own
    const [method, path = ''] = line.split(' ')
    const [, , , id = '', below] = path.split('/')
    if (method === 'POST') {
      const number = jobs.size + 1
      const name = String(750_000_000_000_000 + number)
      const order = JSON.parse(sent.body)
      const { lineEnding } = order
      jobs.set(name, {
        number,
        lineEnding,
        state: 'Open',
        header: '',
        lines: [],
        taken: [],
        failed: [],
        unprocessed: [],
      })
      return { body: { id: name, ...order, state: 'Open', apiVersion: 67 } }
    }
    const job = jobs.get(id)
    if (job === undefined) return { status: 404, body: 'NOT_FOUND' }
    if (method === 'PUT') {
      const [header = '', ...lines] = sent.body.trimEnd().split('\n')
      Object.assign(job, { header, lines })
      return { status: 201 }
    }
    if (method === 'PATCH') {
      job.state = JSON.parse(sent.body).state
      if (job.state === 'Aborted') job.unprocessed = job.lines
      return { body: { id, state: job.state } }
    }
    if (below !== undefined) return { body: results(job, below) }
    if (job.state === 'UploadComplete') work(job)
    const counters = {
      numberRecordsProcessed: job.taken.length + job.failed.length,
      numberRecordsFailed: job.failed.length,
    }
    const { state, lineEnding } = job
    return { body: { id, object: 'Account', operation: 'insert', state, lineEnding, apiVersion: 67, ...counters } }
  }

  return { ...script(answer), taken, uploads: () => [...jobs.values()].map(({ lines }) => lines) }
}

function csv(header: string, lines: readonly string[]): string {
  return `${[header, ...lines].join('\n')}\n`
}

/** The connection of a process that ends. Nothing leaves it after that. */
export interface Mortal {
  readonly connection: Connection
  readonly isAlive: boolean
  /** It ends at the n-th request from now, if it has not been told before. */
  endsAfter(requests: number): void
}

/**
 * A process that ends at one of its requests: before it is sent, or before its answer is there.
 */
export function mortal(connection: Connection, answerLost: boolean): Mortal {
  let left = Number.POSITIVE_INFINITY
  async function living<T>(send: () => Promise<T>): Promise<T> {
    left -= 1
    if (left === 0 && answerLost) await send()
    if (left <= 0) throw new Error('the process is gone')
    return send()
  }
  return {
    connection: {
      ...connection,
      stream: (request, call) => living(() => connection.stream(request, call)),
      json: <T>(request: ApiRequest, call?: CallOptions) => living(() => connection.json<T>(request, call)),
      jsonAnswer: (request, call) => living(() => connection.jsonAnswer(request, call)),
    },
    get isAlive() {
      return left > 0
    },
    endsAfter(requests) {
      if (left === Number.POSITIVE_INFINITY) left = requests
    },
  }
}
