import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Load } from './measure.ts'
import { accountOf, csvOf } from './rows.ts'
import type { Subject } from './subject.ts'

/** The newest API version's road. */
const data = '/services/data/v67.0'
/** Time between two looks at a job, in milliseconds. */
const pollInterval = 100

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  readonly path: string
  readonly body?: object | Readable
}

/** A client that shares nothing with ours. */
class Client implements AsyncDisposable {
  readonly #pool: Pool
  readonly #token: string

  constructor({ url, token }: Subject, connections = 1) {
    this.#pool = new Pool(url, { connections })
    this.#token = token
  }

  /** Makes one call and gives the body's text; anything but a success is an error. */
  async call({ method, path, body }: Call): Promise<string> {
    const csv = body instanceof Readable
    const answer = await this.#pool.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': csv ? 'text/csv' : 'application/json' }),
      },
      bodyTimeout: 0,
      headersTimeout: 0,
      ...(body && { body: csv ? body : JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`)
    return text
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.close()
  }
}

/** Creates records one call each, ten at a time. */
export function creates(path: string, rows: number): Load {
  return async (subject) => {
    const connections = 10
    await using client = new Client(subject, connections)
    let next = 0
    const worker = async (): Promise<void> => {
      while (next < rows) {
        const [Name, BillingCity, AnnualRevenue] = accountOf(next++)
        await client.call({ method: 'POST', path, body: { Name, BillingCity, AnnualRevenue } })
      }
    }
    await Promise.all(Array.from({ length: connections }, worker))
  }
}

/** Loads rows with one Bulk API 2.0 job and waits for its end. */
export function ingest(rows: number): Load {
  return async (subject) => {
    await using client = new Client(subject)
    const order = { object: 'Account', operation: 'insert' }
    const { id } = JSON.parse(await client.call({ method: 'POST', path: `${data}/jobs/ingest`, body: order }))
    const job = `${data}/jobs/ingest/${id}`
    await client.call({ method: 'PUT', path: `${job}/batches`, body: Readable.from(csvOf(rows)) })
    await client.call({ method: 'PATCH', path: job, body: { state: 'UploadComplete' } })
    for (;;) {
      const info = JSON.parse(await client.call({ method: 'GET', path: job }))
      if (info.state === 'JobComplete' && info.numberRecordsProcessed === rows) return
      if (info.state === 'Failed' || info.state === 'JobComplete')
        throw new Error(`${info.state}: ${info.errorMessage}`)
      await sleep(pollInterval)
    }
  }
}

/** Reads all accounts page by page over REST. */
export const query: Load = async (subject) => {
  await using client = new Client(subject)
  const soql = 'SELECT Id, Name, BillingCity, AnnualRevenue FROM Account'
  let path: string | undefined = `${data}/query?q=${encodeURIComponent(soql)}`
  while (path !== undefined) {
    const page = await client.call({ method: 'GET', path })
    path = /"nextRecordsUrl":"([^"]+)"/.exec(page.slice(0, 200))?.[1]
  }
}

/** Makes the bare server prepare rows, insert them, or read them. */
export function bare(method: 'GET' | 'POST', path: string, body?: object): Load {
  return async (subject) => {
    await using client = new Client(subject)
    await client.call({ method, path, ...(body && { body }) })
  }
}
